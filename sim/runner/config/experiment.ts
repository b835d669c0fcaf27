/** An experiment as its file says, with every default filled in and every quantity in base units. */
import type { SystemSpec } from "../../model/system.ts";

export interface Experiment {
  /** The file's name without folder and extension; results are kept under it. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly seed: number;
  /** Runs of each cell, each with its own chance. */
  readonly replications: number;
  readonly system: SystemSpec;
  readonly workload: WorkloadSpec;
  /** Seconds of requests to simulate; `null` when the log says how long it is. */
  readonly window: number | null;
  /** What is run is the product of the lists: see `cells`. */
  readonly policies: Readonly<Record<PolicyFamily, readonly PolicyChoice[]>>;
  readonly measure: MeasureSpec;
  /** The dispatch policy that all others are compared with, or `null`. */
  readonly compare: { readonly dispatch: string } | null;
}

/** The families of policies that an experiment chooses from, in the order in which cells vary. */
export const POLICY_FAMILIES = ["dispatch", "replication", "chunkSize"] as const;
export type PolicyFamily = (typeof POLICY_FAMILIES)[number];

export interface PolicyChoice {
  readonly name: string;
  /** Only the params that the experiment sets, in base units; the others have their defaults. */
  readonly params: Readonly<Record<string, number>>;
}

export type WorkloadSpec = { readonly release: ReleaseSpec } | { readonly log: LogSpec };

/** A flash crowd after a release, over a background of everyday downloads. */
export interface ReleaseSpec {
  /** Path of the catalogue of files, as it can be opened from the working directory. */
  readonly catalogue: string;
  /** Path of the curve of downloads after a release, as it can be opened. */
  readonly curve: string;
  /** Seconds from the start of the window to the release. */
  readonly at: number;
  /** Customers who want the release. */
  readonly customers: number;
  /** Share of those customers who come within a day of the release. */
  readonly firstDay: number;
  /** New machines a day, as a ratio of the number of customers; each installs everything once. */
  readonly background: number;
  /** Day of the week on which the window starts. */
  readonly weekday: Weekday;
}

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface LogSpec {
  /** Path of the access log, as it can be opened from the working directory. */
  readonly file: string;
  /** Share of the lines that may be unreadable before the log is refused. */
  readonly maxBad: number;
}

export interface MeasureSpec {
  /** Seconds from the start of the window before which nothing is measured. */
  readonly from: number;
  /** Width of the bins of time series, in seconds. */
  readonly bin: number;
}
