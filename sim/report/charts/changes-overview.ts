import type { ComparedWith } from "../comparison-data.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

const SHOWN = [
  "server.bytes",
  "server.peakRate",
  "visit.mean",
  "visit.p50",
  "visit.p95",
  "visit.incomplete",
  "volunteers.jain",
  "requests.failed",
  "bytes.wasted",
  "sync.hours",
  "sync.serverBytes",
  "sync.age",
];

/** Percent of change at which the colour is deepest. */
const DEEPEST = 20;

/** Whether the numbers fit their cells. */
const LEGIBLE = `width < ${36 * SHOWN.length} ? 0 : 1`;

/** What became of the main metrics of every policy at a glance: better one way, worse the other. */
export function changesOverview(other: ComparedWith, number: number | null): Chart | null {
  const values = other.changes
    .filter(
      ({ metric, before, better }) =>
        SHOWN.includes(metric) && before.mean !== 0 && better !== "none",
    )
    .map(({ policy, metric, before, difference, better, says }) => {
      const change = (100 * difference.mean) / Math.abs(before.mean);
      const sign = better === "lower" ? -1 : 1;
      const mark = says === "better" || says === "worse" ? "*" : "";
      const text = says === "equal" ? "=" : `${signed(change)}${mark}`;
      return { policy, metric, change: rounded(change), gain: rounded(sign * change), says, text };
    });
  if (values.length === 0) return null;
  const x = {
    field: "metric",
    type: "nominal" as const,
    sort: SHOWN,
    title: null,
    axis: { orient: "top" as const, labelAngle: -90, labelOverlap: false },
  };
  const y = {
    field: "policy",
    type: "nominal" as const,
    sort: null,
    title: null,
    axis: { labelLimit: 220 },
  };
  return {
    id: `overview${number ?? ""}`,
    title: `Main metrics at a glance${number === null ? "" : ` in run ${number + 1}`}`,
    caption:
      `Change of the mean in percent of the first run: blue is better, orange worse, deepest at ` +
      `${DEEPEST} % and beyond. A star marks what differs by more than chance explains; = is equal in ` +
      "every run.",
    isLabelled: true,
    isWide: true,
    spec: {
      width: "container",
      height: { step: 20 },
      autosize: { type: "fit-x", contains: "padding" },
      description: `Heat map of the changes of ${new Set(values.map(({ metric }) => metric)).size} metrics by policy.`,
      data: { values },
      encoding: { x, y },
      layer: [
        {
          mark: { type: "rect" },
          encoding: {
            color: {
              field: "gain",
              type: "quantitative",
              legend: null,
              scale: {
                domain: [-DEEPEST, 0, DEEPEST],
                range: ["#d9762b", "#e9e9e6", "#3b82c4"],
                clamp: true,
                interpolate: "rgb",
              },
            },
            tooltip: ["policy", "metric", "change", "says"].map((field) => ({ field })),
          },
        },
        {
          // Where the page is too narrow for numbers, colours and tooltips are left.
          mark: { type: "text", fontSize: 11, color: "#111", opacity: { expr: LEGIBLE } },
          encoding: { text: { field: "text", type: "nominal" } },
        },
      ],
    },
  };
}

/** A percentage with its sign, which zero has not. */
function signed(change: number): string {
  if (Math.abs(change) < 0.05) return "0";
  return `${change > 0 ? "+" : ""}${change.toFixed(Math.abs(change) < 10 ? 1 : 0)}`;
}
