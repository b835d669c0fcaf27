import type { ChangeRow, ComparedWith } from "../comparison-data.ts";
import { COLOURS } from "../theme.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

/** The changes of one metric at a time, policy by policy, with their intervals in percent. */
export function changesChart(other: ComparedWith, number: number | null): Chart | null {
  const changes = other.changes.filter(isDrawn);
  const metrics = [...new Set(changes.map(({ metric }) => metric))];
  if (metrics.length === 0) return null;
  const options = metrics.map((name) => ({ name, data: rowsOf(changes, name) }));
  const y = {
    field: "policy",
    type: "nominal" as const,
    sort: null,
    title: null,
    axis: { ticks: false, domain: false, labelLimit: 220 },
  };
  const title = "change of the mean, % of the first run";
  return {
    id: `changes${number ?? ""}`,
    title: `Changes by policy${number === null ? "" : ` in run ${number + 1}`}`,
    caption:
      "Points are changes of the mean against the first run, in percent of it; lines are " +
      "confidence intervals at the levels at which Holm's method decided. Filled points differ by " +
      "more than chance explains.",
    isLabelled: true,
    choice: { label: "Metric", options },
    spec: {
      width: "container",
      height: { step: 18 },
      autosize: { type: "fit-x", contains: "padding" },
      description: "Changes of a metric by policy, with confidence intervals.",
      data: { values: options[0].data as object[] },
      layer: [
        { mark: { type: "rule", strokeDash: [3, 3] }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: "rule" },
          encoding: {
            y,
            x: { field: "low", type: "quantitative", title },
            x2: { field: "high" },
          },
        },
        {
          mark: { type: "point", size: 60, opacity: 1 },
          encoding: {
            y,
            x: { field: "change", type: "quantitative", title },
            fillOpacity: {
              condition: {
                test: "datum.says !== 'unclear' && datum.says !== 'equal' && datum.says !== 'untested'",
                value: 1,
              },
              value: 0,
            },
            fill: { value: COLOURS.light.accent },
            tooltip: ["policy", "metric", "change", "low", "high", "says"].map((field) => ({
              field,
            })),
          },
        },
      ],
    },
  };
}

function rowsOf(changes: readonly ChangeRow[], name: string) {
  return changes
    .filter(({ metric }) => metric === name)
    .map(({ policy, metric, before, difference, says }) => {
      const percent = (value: number) => rounded((100 * value) / Math.abs(before.mean));
      const [low, high] = [difference.low, difference.high].map((end) =>
        Number.isFinite(end) ? percent(end) : null,
      );
      return { policy, metric, change: percent(difference.mean), low, high, says };
    });
}

/** A change has a percentage only of something. */
function isDrawn({ before }: ChangeRow): boolean {
  return before.mean !== 0;
}
