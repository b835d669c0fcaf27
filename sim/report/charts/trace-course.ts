import { max } from "d3-array";
import { formatTime, formatValue, scaleOf } from "../format.ts";
import type { AccessRows } from "../trace-data.ts";
import { timeTicks } from "./axis-labels.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

const MEASURES = {
  requests: { title: "Requests over time", unit: "count", what: "Requests" },
  bytes: { title: "Bytes over time", unit: "bytes", what: "Bytes delivered" },
} as const;

/** Orange of Okabe and Ito, behind a line in either mode. */
const CROWD = "#d55e00";

/** Bins that the page holds at most; more are summed. */
const MOST_BINS = 2000;

/** Requests or bytes an hour, or in larger bins, with the flash crowds behind them. */
export function traceCourseChart(
  { course, crowds }: AccessRows,
  measure: keyof typeof MEASURES,
): Chart | null {
  const times = Math.ceil(course.requests.length / MOST_BINS);
  const width = times * course.width;
  const sums = coarser(course[measure], times);
  if (sums.length < 2 || (max(sums) ?? 0) === 0) return null;
  const { title, unit, what } = MEASURES[measure];
  const scale = scaleOf(max(sums) ?? 0, unit);
  const values = sums.map((sum, bin) => ({
    time: Math.max(0, course.start + bin * width),
    end: course.start + (bin + 1) * width,
    value: rounded(sum / scale.divisor),
  }));
  const end = course.start + sums.length * width;
  const peak = values.reduce((most, row) => (row.value > most.value ? row : most));
  const x = { field: "time", type: "quantitative" as const };
  return {
    id: `course-${measure}`,
    title,
    caption:
      `${what} in each ${width === 3600 ? "hour" : formatTime(width)}. Time counts from the start ` +
      `of the trace.${crowds.length === 0 ? "" : " Shaded: flash crowds, from start to end."}`,
    isLabelled: true,
    spec: {
      width: "container",
      height: 240,
      description: `${what} over time, most in the ${formatTime(width)} after ${formatTime(peak.time)}: ${formatValue(peak.value * scale.divisor, unit)}. ${crowds.length} flash crowds.`,
      layer: [
        {
          data: { values: crowds.map(({ start, end, label }) => ({ time: start, end, label })) },
          mark: { type: "rect", opacity: 0.22 },
          encoding: {
            x,
            x2: { field: "end" },
            color: { value: CROWD },
            tooltip: { field: "label" },
          },
        },
        {
          data: { values },
          mark: { type: "line", strokeWidth: 1.4, interpolate: "step-after" },
          encoding: {
            x: {
              ...x,
              title: "time since start",
              axis: timeTicks(end),
              scale: { domain: [0, end], nice: false },
            },
            y: {
              field: "value",
              type: "quantitative",
              title: scale.suffix || measure,
              axis: { tickCount: 5 },
              scale: { zero: true },
            },
          },
        },
      ],
    },
  };
}

function coarser(values: readonly number[], times: number): number[] {
  const sums = new Array<number>(Math.ceil(values.length / times)).fill(0);
  for (const [bin, value] of values.entries()) {
    const place = Math.floor(bin / times);
    sums[place] = (sums[place] ?? 0) + value;
  }
  return sums;
}
