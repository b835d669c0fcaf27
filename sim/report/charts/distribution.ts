import { extent, least, max } from "d3-array";
import { formatShare, formatTime, formatValue } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { QuantileRow, ReportData } from "../report-data.ts";
import { delayTicks } from "./axis-labels.ts";
import type { Chart } from "./chart.ts";
import { crosshair } from "./crosshair.ts";
import { valueExpression } from "./expressions.ts";
import { FAINT, policyColour, policyDash, policyFilter, SHOWN } from "./policy-encoding.ts";
import { byPolicy, evenlySpaced, inWords, rounded } from "./rows.ts";

/** Rows of all policies together that the page holds at most. */
const MOST_ROWS = 8000;

/** What takes its time, and the words around it. */
interface Distribution {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** What is counted, in the plural. */
  readonly what: string;
  /** What they take. */
  readonly axis: string;
  /** When one of them counts, as the end of the first sentence of the caption. */
  readonly counts: string;
}

/** The cumulative distribution of how long visits take, a curve for each policy. */
export function visitDistributionChart(
  { visits, policies, horizon }: Pick<ReportData, "visits" | "policies" | "horizon">,
  styles: readonly PolicyStyle[],
): Chart | null {
  return distributionChart(visits, policies, styles, horizon, {
    id: "visit-distribution",
    title: "How long visits take",
    file: "visit-times.csv",
    what: "visits",
    axis: "time of a visit",
    counts: "had their last file within a time after they arrived",
  });
}

/** The same of single requests. */
export function delayDistributionChart(
  { delay, policies, horizon }: Pick<ReportData, "delay" | "policies" | "horizon">,
  styles: readonly PolicyStyle[],
): Chart | null {
  return distributionChart(delay, policies, styles, horizon, {
    id: "delay-distribution",
    title: "How long requests take",
    file: "delay.csv",
    what: "requests",
    axis: "delay",
    counts: "were served within a delay",
  });
}

function distributionChart(
  given: readonly QuantileRow[],
  policies: readonly string[],
  styles: readonly PolicyStyle[],
  horizon: number,
  { id, title, file, what, axis, counts }: Distribution,
): Chart | null {
  // A logarithmic axis has no place for a time of zero, and nobody knows how long is at least so long.
  const isKnown = ({ seconds, isAtLeast }: QuantileRow) => seconds > 0 && !isAtLeast;
  const all = byPolicy(given, policies);
  const curves = all.map(([policy, rows]) => [policy, rows.filter(isKnown)] as const);
  const limit = Math.floor(MOST_ROWS / Math.max(1, curves.length));
  const isCut = new Set(given.filter(({ isAtLeast }) => isAtLeast).map(({ policy }) => policy));
  const values = curves.flatMap(([policy, rows]) => {
    const thinned = evenlySpaced(rows, limit);
    return thinned.map((row, at) => ({
      policy,
      share: row.share,
      seconds: rounded(row.seconds),
      // Until the horizon no more of them end: a line along it.
      until: at === thinned.length - 1 && isCut.has(policy) ? horizon : null,
    }));
  });
  const [shortest, longest] = extent(values, ({ seconds, until }) => until ?? seconds);
  if (shortest === undefined) return null;

  const x = {
    field: "seconds",
    type: "quantitative" as const,
    title: axis,
    axis: delayTicks(shortest, longest, isCut.size === 0 ? [] : [horizon]),
    scale: { type: "log" as const, domain: [shortest, longest], nice: false },
  };
  const share = { field: "share", type: "quantitative" as const };
  const color = policyColour(styles);
  const line = { type: "line" as const, strokeWidth: 2 };
  const tail = { type: "rule" as const, strokeWidth: 2, aria: false };
  const faint = { strokeWidth: 1, style: "faint", aria: false };
  const toEnd = { x, x2: { field: "until" } };
  const hasTail = { filter: "isValid(datum.until)" };
  return {
    id,
    title,
    caption:
      `Share of ${what} that ${counts}. The axis of times is logarithmic; a curve further to the ` +
      `left is faster. Averaged over the replications, quantile by quantile.${unfinished(all, { what, horizon })}`,
    isLabelled: false,
    file,
    spec: {
      width: "container",
      height: 320,
      description: `Cumulative distribution: ${axis}. ${inWords(all, (each) => quantiles(each, what))}`,
      data: { values },
      params: policyFilter(styles),
      encoding: {
        y: {
          ...share,
          title: `share of ${what}`,
          axis: { format: ".0%", values: [0, 0.25, 0.5, 0.75, 0.95, 1] },
          scale: { domain: [0, 1] },
        },
      },
      layer: [
        {
          transform: FAINT,
          mark: { ...line, ...faint },
          encoding: { x, detail: { field: "policy" }, order: share },
        },
        { transform: [...FAINT, hasTail], mark: { ...tail, ...faint }, encoding: toEnd },
        {
          transform: SHOWN,
          mark: line,
          encoding: { x, color, strokeDash: policyDash(styles), order: share },
        },
        {
          transform: [...SHOWN, hasTail],
          mark: tail,
          encoding: { ...toEnd, color, strokeDash: policyDash(styles) },
        },
        crosshair(styles, {
          channel: "y",
          field: "share",
          value: "seconds",
          place: { title: `share of ${what}`, text: "format(datum.share, '.1%')" },
          text: (value) => valueExpression(value, "s"),
        }),
      ],
    },
  };
}

type Curve = readonly [policy: string, rows: readonly QuantileRow[]];

/** What part of each curve is missing, and why; nothing where all is there. */
function unfinished(
  curves: readonly Curve[],
  { what, horizon }: { readonly what: string; readonly horizon: number },
): string {
  const cut = curves
    .map(([policy, rows]) => ({
      policy,
      share: 1 - (max(rows, (row) => (row.isAtLeast ? 0 : row.share)) ?? 1),
    }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share);
  const [most] = cut;
  if (most === undefined) return "";
  return (
    ` A curve that ends below 100 % leaves out ${what} that failed or took longer than ` +
    `${formatTime(horizon)}, where the axis ends: up to ${formatShare(most.share)}, under ${most.policy}.`
  );
}

/** The sentence that a screen reader tells of a curve. */
function quantiles([policy, rows]: Curve, what: string): string {
  const at = (share: number) => {
    const row = least(rows, (each) => Math.abs(each.share - share));
    const seconds = formatValue(row?.seconds ?? Number.NaN, "s");
    return row?.isAtLeast ? `more than ${seconds}` : `at most ${seconds}`;
  };
  return `Under ${policy}, half of the ${what} take ${at(0.5)} and 95 % ${at(0.95)}.`;
}
