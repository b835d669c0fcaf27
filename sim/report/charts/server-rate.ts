import { max } from "d3-array";
import { formatTime, formatValue, scaleOf } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { ReportData } from "../report-data.ts";
import { timeTicks } from "./axis-labels.ts";
import type { Chart } from "./chart.ts";
import { crosshair } from "./crosshair.ts";
import { timeExpression } from "./expressions.ts";
import { policyColour, policyDash, policyFilter } from "./policy-encoding.ts";
import { averaged, byPolicy, drawn } from "./rows.ts";

/** Rows of all policies together that the page holds at most; more are averaged. */
const MOST_ROWS = 8000;

/** The rate of the server over time, a line with its interval for each policy. */
export function serverRateChart(
  { serverRate, policies }: Pick<ReportData, "serverRate" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  if (serverRate.length === 0) return null;
  const width = Math.ceil(serverRate.length / MOST_ROWS);
  const thinned = byPolicy(serverRate, policies).map(
    ([policy, rows]) => [policy, averaged(rows, width)] as const,
  );
  const all = thinned.flatMap(([, rows]) => rows);
  const end = max(serverRate, ({ time }) => time) ?? 0;
  const scale = scaleOf(max(all, (row) => row.mean) ?? 0, "bytes/s");
  const scaled = (rate: number) => rate / scale.divisor;
  const values = thinned.flatMap(([policy, rows]) =>
    rows.map(({ time, mean, low, high }) => ({
      policy,
      time,
      ...drawn({ mean: scaled(mean), low: scaled(low), high: scaled(high) }),
    })),
  );

  const x = { field: "time", type: "quantitative" as const };
  const filter = policyFilter(styles);
  const color = policyColour(styles);
  return {
    id: "server-rate",
    title: "Server rate over time",
    caption:
      `Mean rate at which the server sends, in ${scale.suffix}, with 95 % intervals. Time counts ` +
      `from the start of the simulation.${width > 1 ? ` Each point is the mean of ${width} bins.` : ""}`,
    isLabelled: false,
    spec: {
      width: "container",
      height: 320,
      description: `Line chart of the server's rate. ${thinned.map(peak).join(" ")}`,
      data: { values },
      params: filter.params,
      transform: filter.transform,
      encoding: {
        x: {
          ...x,
          title: "time since start",
          axis: timeTicks(end),
          scale: { domain: [0, end], nice: false },
        },
      },
      layer: [
        {
          mark: { type: "area", aria: false, opacity: 1, fillOpacity: 0.18, strokeOpacity: 0 },
          encoding: {
            y: { field: "low", type: "quantitative", title: scale.suffix },
            y2: { field: "high" },
            color,
          },
        },
        {
          mark: { type: "line", strokeWidth: 1.6, interpolate: "monotone" },
          encoding: {
            y: { field: "mean", type: "quantitative", title: scale.suffix },
            color,
            strokeDash: policyDash(styles),
          },
        },
        crosshair(styles, {
          channel: "x",
          field: "time",
          value: "mean",
          place: { title: "time", text: timeExpression("datum.time") },
          text: (value) => `format(${value}, '.3r') + ' ${scale.suffix}'`,
        }),
      ],
    },
  };
}

/** The sentence that a screen reader tells of a line. */
function peak([policy, rows]: readonly [
  string,
  readonly { readonly time: number; readonly mean: number }[],
]): string {
  const highest = rows.reduce((best, row) => (row.mean > best.mean ? row : best));
  return `${policy} peaks at ${formatValue(highest.mean, "bytes/s")} after ${formatTime(highest.time)}.`;
}
