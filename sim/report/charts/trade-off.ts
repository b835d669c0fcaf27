import { max, min } from "d3-array";
import { formatInterval, type Scale, scaleOf } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { Interval, MetricRow, ReportData } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { type Directions, paretoFront } from "./pareto.ts";
import { labelPlaces } from "./point-labels.ts";
import { DRAWN, FAINT, policyColour, policyFilter, policyShape, SHOWN } from "./policy-encoding.ts";
import { drawn, inWords } from "./rows.ts";

/** Pairs worth weighing against each other; the first that two policies have is drawn. */
const PAIRS = [
  { x: "volunteers.jain", y: "visit.mean" },
  { x: "server.bytes", y: "visit.mean" },
  { x: "server.bytes", y: "volunteers.jain" },
  { x: "sync.serverBytes", y: "sync.age" },
] as const;

/** Policies that a caption can list. */
const MOST_NAMED = 3;

const HEIGHT = 340;

/** Width of the plot for which labels are placed; on one of less than half there are none. */
const NOMINAL_WIDTH = 700;

/** What a policy costs in one metric for what it gains in another, and the Pareto front. */
export function tradeOffChart(
  { metrics, policies, variation }: Pick<ReportData, "metrics" | "policies" | "variation">,
  styles: readonly PolicyStyle[],
): Chart | null {
  const pair = pairOf(metrics);
  if (pair === null) return null;
  const [x, y] = [axis(pair.x, pair.policies), axis(pair.y, pair.policies)];
  const points = policies.flatMap((policy) => {
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
  const [xDomain, yDomain] = [domainOf(points, "x"), domainOf(points, "y")];
  const names = new Map(variation?.cells.map(({ label, policy }) => [label, policy]));
  const values = withLabels(points, { styles, names, xDomain, yDomain });
  const absent = policies.filter((policy) => !values.some((row) => row.policy === policy));
  const front = frontOf(pair);

  const color = policyColour(styles);
  const across = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: x.title,
    scale: { domain: xDomain, nice: true, zero: false },
    axis: { tickCount: 5 },
  });
  const up = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: y.title,
    scale: { domain: yDomain, nice: true, zero: false },
    axis: { tickCount: 5 },
  });
  const tooltip = [
    { field: "policy", title: "policy" },
    { field: "xText", title: pair.x.name },
    { field: "yText", title: pair.y.name },
  ];
  return {
    id: "trade-off",
    title: "What is gained for what",
    caption:
      `${sentence(pair.y.summary)} against ${pair.x.summary}, with 95 % intervals.` +
      (front === null
        ? ""
        : " The line is the Pareto front: by the means, no policy beats those on it in one without " +
          "losing in the other.") +
      (absent.length > 0 ? ` Not defined for ${named(absent)}.` : ""),
    isLabelled: false,
    file: "replications.csv",
    spec: {
      width: "container",
      height: HEIGHT,
      description: `Scatter chart. ${inWords(
        values,
        ({ policy, xText, yText }) =>
          `${policy}: ${pair.x.name} ${xText}, ${pair.y.name} ${yText}.`,
      )}`,
      data: { values },
      params: policyFilter(styles),
      layer: [
        ...(front === null
          ? []
          : [
              {
                transform: [...DRAWN, ...paretoFront(front)],
                mark: {
                  type: "line" as const,
                  style: "quiet",
                  strokeWidth: 1.4,
                  strokeDash: [5, 3],
                  interpolate:
                    front.x === "lower" ? ("step-after" as const) : ("step-before" as const),
                  aria: false,
                },
                encoding: { x: across("x"), y: up("y"), order: { field: "x" } },
              },
            ]),
        {
          transform: FAINT,
          mark: { type: "point", filled: true, size: 60, opacity: 1, style: "faint" },
          encoding: { x: across("x"), y: up("y"), tooltip },
        },
        {
          transform: SHOWN,
          mark: { type: "rule", strokeWidth: 1.5, aria: false, clip: true },
          encoding: { x: across("xLow"), x2: { field: "xHigh" }, y: up("y"), color },
        },
        {
          transform: SHOWN,
          mark: { type: "rule", strokeWidth: 1.5, aria: false, clip: true },
          encoding: { x: across("x"), y: up("yLow"), y2: { field: "yHigh" }, color },
        },
        {
          transform: SHOWN,
          mark: { type: "point", filled: true, size: 110, opacity: 1 },
          encoding: { x: across("x"), y: up("y"), color, shape: policyShape(styles), tooltip },
        },
        ...["halo", "label"].map((style) => ({
          transform: SHOWN,
          mark: { ...LABEL, style },
          encoding: { x: across("x"), y: up("y"), text: { field: "label" } },
        })),
      ],
    },
  };
}

/** A name beside its point; on a narrow plot there is room for none. */
const LABEL = {
  type: "text" as const,
  aria: false,
  fontSize: 11,
  dx: { expr: "datum.dx" },
  dy: { expr: "datum.dy" },
  align: { expr: "datum.align" },
  opacity: { expr: `width < ${NOMINAL_WIDTH / 2} ? 0 : 1` },
};

interface Point {
  readonly policy: string;
  readonly x: number;
  readonly xLow: number;
  readonly xHigh: number;
  readonly y: number;
  readonly yLow: number;
  readonly yHigh: number;
}

/** The points with places for their names; those in colour at first choose first. */
function withLabels<Row extends Point>(
  points: readonly Row[],
  plane: {
    readonly styles: readonly PolicyStyle[];
    /** Shorter names of cells: their levels stand in the legend. */
    readonly names: ReadonlyMap<string, string>;
    readonly xDomain: readonly [number, number];
    readonly yDomain: readonly [number, number];
  },
) {
  const { styles, names } = plane;
  const [[left, right], [bottom, top]] = [plane.xDomain, plane.yDomain];
  const faint = new Set(styles.flatMap(({ policy, isFaint }) => (isFaint ? [policy] : [])));
  const isFaint = ({ policy }: Point) => Number(faint.has(policy));
  const sorted = points.toSorted((a, b) => isFaint(a) - isFaint(b));
  const plot = { width: NOMINAL_WIDTH, height: HEIGHT };
  const places = labelPlaces(
    sorted.map(({ policy, x, y }) => ({
      x: ((x - left) / (right - left)) * plot.width,
      y: (1 - (y - bottom) / (top - bottom)) * plot.height,
      text: names.get(policy) ?? policy,
    })),
    plot,
  );
  return sorted.map((row, at) => ({ ...row, ...places[at] }));
}

/** From the least to the largest value, and of wide intervals of few runs only a part. */
function domainOf(points: readonly Point[], of: "x" | "y"): [number, number] {
  const [least = 0, most = 0] = [min(points, (row) => row[of]), max(points, (row) => row[of])];
  const spare = 0.35 * (most - least || Math.abs(most) || 1);
  const low = min(points, (row) => row[`${of}Low`]) ?? least;
  const high = max(points, (row) => row[`${of}High`]) ?? most;
  const start = Math.min(Math.max(low, least - spare), least - 0.06 * (most - least));
  return [
    least >= 0 ? Math.max(0, start) : start,
    Math.max(Math.min(high, most + spare), most + 0.06 * (most - least)),
  ];
}

/** Which way the front faces, where both metrics have a better end. */
function frontOf({ x, y }: Pair): Directions | null {
  if (x.better === "none" || y.better === "none") return null;
  return { x: x.better, y: y.better };
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
