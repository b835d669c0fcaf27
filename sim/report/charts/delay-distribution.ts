import { extent, least } from "d3-array";
import { formatValue } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { DelayRow, ReportData } from "../report-data.ts";
import { delayTicks } from "./axis-labels.ts";
import type { Chart } from "./chart.ts";
import { crosshair } from "./crosshair.ts";
import { valueExpression } from "./expressions.ts";
import { FAINT, policyColour, policyDash, policyFilter, SHOWN } from "./policy-encoding.ts";
import { byPolicy, evenlySpaced, inWords, rounded } from "./rows.ts";

/** Rows of all policies together that the page holds at most. */
const MOST_ROWS = 8000;

/** The cumulative distribution of the request delay, a curve for each policy. */
export function delayDistributionChart(
  { delay, policies }: Pick<ReportData, "delay" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  // A logarithmic axis has no place for a delay of zero.
  const curves = byPolicy(
    delay.filter((row) => row.delay > 0),
    policies,
  );
  const limit = Math.floor(MOST_ROWS / Math.max(1, curves.length));
  const values = curves.flatMap(([policy, rows]) =>
    evenlySpaced(rows, limit).map((row) => ({
      policy,
      share: row.share,
      delay: rounded(row.delay),
    })),
  );
  const [shortest, longest] = extent(values, (row) => row.delay);
  if (shortest === undefined) return null;

  const x = {
    field: "delay",
    type: "quantitative" as const,
    title: "delay",
    axis: delayTicks(shortest, longest),
    scale: { type: "log" as const, domain: [shortest, longest], nice: false },
  };
  const share = { field: "share", type: "quantitative" as const };
  return {
    id: "delay-distribution",
    title: "How long requests take",
    caption:
      "Share of requests that were served within a delay. The axis of delays is logarithmic; a " +
      "curve further to the left is faster. Averaged over the replications, quantile by quantile.",
    isLabelled: false,
    file: "delay.csv",
    spec: {
      width: "container",
      height: 320,
      description: `Cumulative distribution of the request delay. ${inWords(curves, quantiles)}`,
      data: { values },
      params: policyFilter(styles),
      encoding: {
        y: {
          ...share,
          title: "share of requests",
          axis: { format: ".0%", values: [0, 0.25, 0.5, 0.75, 0.95, 1] },
          scale: { domain: [0, 1] },
        },
      },
      layer: [
        {
          transform: FAINT,
          mark: { type: "line", strokeWidth: 1, style: "faint", aria: false },
          encoding: { x, detail: { field: "policy" }, order: share },
        },
        {
          transform: SHOWN,
          mark: { type: "line", strokeWidth: 2 },
          encoding: {
            x,
            color: policyColour(styles),
            strokeDash: policyDash(styles),
            order: share,
          },
        },
        crosshair(styles, {
          channel: "y",
          field: "share",
          value: "delay",
          place: { title: "requests served", text: "format(datum.share, '.1%')" },
          text: (value) => valueExpression(value, "s"),
        }),
      ],
    },
  };
}

/** The sentence that a screen reader tells of a curve. */
function quantiles([policy, rows]: readonly [string, readonly DelayRow[]]): string {
  const at = (share: number) =>
    formatValue(least(rows, (row) => Math.abs(row.share - share))?.delay ?? Number.NaN, "s");
  return `Under ${policy}, half of the requests take at most ${at(0.5)} and 95 % at most ${at(0.95)}.`;
}
