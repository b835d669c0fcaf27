import { max, mean } from "d3-array";
import { formatValue } from "../format.ts";
import type { SyncRows } from "../trace-data.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

/** Hours that the traced node spends synchronising on each day. */
export function traceSyncHoursChart({ hours }: SyncRows): Chart | null {
  if (hours.length === 0) return null;
  const average = mean(hours) ?? 0;
  const values = hours.map((each, day) => ({ day: day + 1, hours: rounded(each) }));
  return {
    id: "sync-hours",
    title: "Hours a day of the traced node",
    caption:
      `Hours that the traced node, the first, spends synchronising on each day. The line is the ` +
      `mean, ${formatValue(average, "hours")}.`,
    isLabelled: true,
    spec: {
      width: "container",
      height: 260,
      description: `Bar chart of ${hours.length} days: mean ${formatValue(average, "hours")}, most ${formatValue(max(hours) ?? 0, "hours")}.`,
      layer: [
        {
          data: { values },
          mark: { type: "bar", cornerRadiusEnd: 2 },
          encoding: {
            x: {
              field: "day",
              type: "ordinal",
              title: "day",
              axis: { labelAngle: 0, labelOverlap: "parity" },
            },
            y: { field: "hours", type: "quantitative", title: "hours", axis: { tickCount: 6 } },
            tooltip: [{ field: "day" }, { field: "hours" }],
          },
        },
        {
          data: { values: [{ hours: rounded(average) }] },
          mark: { type: "rule", strokeDash: [4, 3] },
          encoding: { y: { field: "hours", type: "quantitative" } },
        },
      ],
    },
  };
}

/** Mean, most and least hours a day of every node, the busiest first. */
export function traceNodesChart({ nodes }: SyncRows): Chart | null {
  if (nodes.length < 2) return null;
  const values = nodes.map(({ node, mean, max, min }) => ({
    node,
    mean: rounded(mean),
    max: rounded(max),
    min: rounded(min),
  }));
  const y = {
    field: "node",
    type: "nominal" as const,
    sort: { field: "mean", order: "descending" as const },
    title: null,
    axis: { ticks: false, domain: false },
  };
  return {
    id: "sync-nodes",
    title: "Hours a day of every node",
    caption: "Points are means over the days; lines reach from the shortest day to the longest.",
    isLabelled: true,
    spec: {
      width: "container",
      height: { step: 14 },
      autosize: { type: "fit-x", contains: "padding" },
      description: `Hours a day of ${nodes.length} nodes, as means with the shortest and the longest day.`,
      data: { values },
      layer: [
        {
          mark: { type: "rule", opacity: 0.7 },
          encoding: {
            y,
            x: { field: "min", type: "quantitative", title: "hours a day" },
            x2: { field: "max" },
          },
        },
        {
          mark: { type: "point", filled: true, size: 45, opacity: 1 },
          encoding: {
            y,
            x: { field: "mean", type: "quantitative" },
            tooltip: [{ field: "node" }, { field: "mean" }, { field: "min" }, { field: "max" }],
          },
        },
      ],
    },
  };
}
