import { max } from "d3-array";
import type { AccessRows } from "../trace-data.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

/** How demand varies with the hour of the day. */
export function traceRhythmChart({ hours }: AccessRows): Chart | null {
  if (new Set(hours).size < 2) return null;
  const values = hours.map((factor, hour) => ({ hour, factor: rounded(factor) }));
  const busiest = hours.indexOf(max(hours) ?? 0);
  return {
    id: "rhythm",
    title: "Rhythm of the day",
    caption:
      "Requests in each hour of the day as a factor of the day's mean: the mean of the middle half " +
      "of the days, so that a flash crowd does not show. Hours are in UTC for a trace with a date.",
    isLabelled: true,
    spec: {
      width: "container",
      height: 200,
      description: `Bar chart of 24 hours; the busiest begins at ${busiest}:00.`,
      data: { values },
      mark: { type: "bar", cornerRadiusEnd: 2, width: { band: 0.8 } },
      encoding: {
        x: {
          field: "hour",
          type: "ordinal",
          title: "hour of the day",
          axis: { labelAngle: 0, values: [0, 3, 6, 9, 12, 15, 18, 21] },
        },
        y: {
          field: "factor",
          type: "quantitative",
          title: "factor",
          axis: { tickCount: 4, format: ".1f" },
        },
        tooltip: [{ field: "hour" }, { field: "factor" }],
      },
    },
  };
}
