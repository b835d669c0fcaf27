import { type MetricName, metricNamed } from "../../sim/metrics/metric.ts";
import { formatInterval, formatMean } from "../../sim/report/format.ts";

/** The results of an experiment as a notebook reads them; `build/notebooks/result-rows.js` writes it. */
export interface Results {
  readonly title: string;
  readonly question: string;
  /** What makes them again. */
  readonly command: string;
  readonly replications: number;
  readonly fingerprint: string;
  /** Commit of mirrorlab that ran it, with `+` when its files differed; null outside a checkout. */
  readonly commit: string | null;
  /** Seconds of a bin of `serverRate`. */
  readonly bin: number;
  /** Seconds at which times stand that are longer, or never ended. */
  readonly horizon: number;
  /** Shares at which `visits` and `delays` stand, from 0 to 1. */
  readonly shares: readonly number[];
  readonly cells: readonly ResultCell[];
}

/** One combination of policies, method and levels; means over the replications. */
export interface ResultCell {
  /** What varies of policies and methods, as one name. */
  readonly policy: string;
  /** The level of each axis, by its name. */
  readonly levels: Readonly<Record<string, string>>;
  readonly synchronisation: string;
  /** Bytes of a chunk where it is fixed, or null. */
  readonly chunk: number | null;
  /** Of each replication: a hash over all its events and decisions. */
  readonly fingerprints: readonly string[];
  /** With 95 % intervals; absent where a metric is not defined. */
  readonly metrics: Readonly<Partial<Record<MetricName, ResultInterval>>>;
  /** Bytes per second in each bin of the window. */
  readonly serverRate: readonly number[];
  /** Seconds within which each of `shares` of visits, and of requests, had ended. */
  readonly visits: readonly number[];
  readonly delays: readonly number[];
  /** Share of each volunteer's uplink that deliveries used. */
  readonly loads: readonly number[];
}

export interface ResultInterval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Where it is known to be a lower bound: some run stands at the horizon. */
  readonly isAtLeast?: true;
}

/** The mean of a metric, which the cell must have. */
export function meanOf({ policy, metrics }: ResultCell, name: MetricName): number {
  const interval = metrics[name];
  if (interval === undefined) throw new Error(`${policy}: missing metric ${name}`);
  return interval.mean;
}

/** The cell of a policy, which must be among the results. */
export function cellOf({ title, cells }: Results, policy: string): ResultCell {
  const found = cells.find((cell) => cell.policy === policy);
  if (found === undefined) throw new Error(`${title}: missing policy ${policy}`);
  return found;
}

/** A metric of a single run for people: `4.50 min`, `> 12.0 h` where it stands at the horizon. */
export function runText(
  metrics: Readonly<Record<MetricName, number | null>>,
  name: MetricName,
  horizon: number,
): string {
  const value = metrics[name];
  if (value === null) return "–";
  const { unit, horizon: kind } = metricNamed(name);
  const isAtLeast = kind === "quantile" && value >= horizon;
  return formatMean(isAtLeast ? { mean: value, isAtLeast } : { mean: value }, unit);
}

/** A metric with its interval for people: `170 s (166 to 173)`. */
export function intervalText({ metrics }: ResultCell, name: MetricName, unit: string): string {
  const interval = metrics[name];
  if (interval === undefined) return "–";
  const { low, high } = interval;
  return formatInterval({ ...interval, low: low ?? Number.NaN, high: high ?? Number.NaN }, unit);
}
