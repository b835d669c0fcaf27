import { max } from "d3-array";
import { formatInterval, type Scale, scaleOf } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { Interval, MetricRow, ReportData } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { policyColour, policyFilter, policyShape } from "./policy-encoding.ts";
import { drawn } from "./rows.ts";

/** Pairs worth weighing against each other; the first that two policies have is drawn. */
const PAIRS = [
  { x: "volunteers.jain", y: "delay.p95" },
  { x: "server.bytes", y: "delay.p95" },
  { x: "server.bytes", y: "volunteers.jain" },
  { x: "sync.serverBytes", y: "sync.age" },
] as const;

/** Policies that a caption can list. */
const MOST_NAMED = 3;

/** What a policy costs in one metric for what it gains in another. */
export function tradeOffChart(
  { metrics, policies }: Pick<ReportData, "metrics" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  const pair = pairOf(metrics);
  if (pair === null) return null;
  const [x, y] = [axis(pair.x, pair.policies), axis(pair.y, pair.policies)];
  const values = policies.flatMap((policy) => {
    const [across, up] = [valueFor(pair.x, policy), valueFor(pair.y, policy)];
    if (across === undefined || up === undefined) return [];
    const [horizontal, vertical] = [x.drawn(across), y.drawn(up)];
    return [
      {
        ...{ policy, x: horizontal.mean, xLow: horizontal.low, xHigh: horizontal.high },
        ...{ y: vertical.mean, yLow: vertical.low, yHigh: vertical.high },
        ...{ xText: formatInterval(across, pair.x.unit), yText: formatInterval(up, pair.y.unit) },
      },
    ];
  });
  const absent = policies.filter((policy) => !values.some((row) => row.policy === policy));

  const filter = policyFilter(styles);
  const color = policyColour(styles);
  return {
    id: "trade-off",
    title: "What is gained for what",
    caption:
      `${sentence(pair.y.summary)} against ${pair.x.summary}, with 95 % intervals.` +
      (absent.length > 0 ? ` Not defined for ${named(absent)}.` : ""),
    isLabelled: false,
    spec: {
      width: "container",
      height: 300,
      description: `Scatter chart. ${values
        .map(
          ({ policy, xText, yText }) =>
            `${policy}: ${pair.x.name} ${xText}, ${pair.y.name} ${yText}.`,
        )
        .join(" ")}`,
      data: { values },
      params: filter.params,
      transform: filter.transform,
      encoding: { color },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 1.5, aria: false },
          encoding: {
            x: {
              field: "xLow",
              type: "quantitative",
              title: x.title,
              scale: { zero: false },
              axis: { tickCount: 5 },
            },
            x2: { field: "xHigh" },
            y: { field: "y", type: "quantitative", title: y.title },
          },
        },
        {
          mark: { type: "rule", strokeWidth: 1.5, aria: false },
          encoding: {
            x: { field: "x", type: "quantitative", title: x.title },
            y: { field: "yLow", type: "quantitative", title: y.title, scale: { zero: false } },
            y2: { field: "yHigh" },
          },
        },
        {
          mark: { type: "point", filled: true, size: 110, opacity: 1 },
          encoding: {
            x: { field: "x", type: "quantitative", title: x.title },
            y: { field: "y", type: "quantitative", title: y.title },
            shape: policyShape(styles),
            tooltip: [
              { field: "policy", title: "policy" },
              { field: "xText", title: pair.x.name },
              { field: "yText", title: pair.y.name },
            ],
          },
        },
      ],
    },
  };
}

/** Two metrics and the policies for which both are defined. */
interface Pair {
  readonly x: MetricRow;
  readonly y: MetricRow;
  readonly policies: readonly string[];
}

function pairOf(metrics: readonly MetricRow[]): Pair | null {
  for (const names of PAIRS) {
    const x = metrics.find(({ name }) => name === names.x);
    const y = metrics.find(({ name }) => name === names.y);
    if (x === undefined || y === undefined) continue;
    const both = x.values.map(({ policy }) => policy).filter((policy) => valueFor(y, policy));
    if (both.length >= 2) return { x, y, policies: both };
  }
  return null;
}

/** An axis in the scale of its largest value; its title says which way is better. */
function axis({ name, unit, better, values }: MetricRow, policies: readonly string[]) {
  const drawnValues = values.filter(({ policy }) => policies.includes(policy));
  const scale = scaleOf(max(drawnValues, ({ mean }) => Math.abs(mean)) ?? 0, unit);
  const parts = [scale.suffix, better === "none" ? "" : `${better} is better`];
  const remarks = parts.filter((part) => part !== "").join(", ");
  return {
    title: remarks === "" ? name : `${name} (${remarks})`,
    drawn: (interval: Interval) => drawn(divided(interval, scale)),
  };
}

function divided({ mean, low, high }: Interval, { divisor }: Scale): Interval {
  return { mean: mean / divisor, low: low / divisor, high: high / divisor };
}

function valueFor(metric: MetricRow, policy: string) {
  return metric.values.find((value) => value.policy === policy);
}

/** A few names, or how many there are. */
function named(policies: readonly string[]): string {
  return policies.length > MOST_NAMED ? `${policies.length} cells` : policies.join(", ");
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
