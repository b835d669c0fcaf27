import type { SetupData } from "./setup-data.ts";

/** What a report shows: plain rows, already averaged over the replications. */
export interface ReportData {
  /** Short name of the experiment; exported charts are named after it. */
  readonly experiment: string;
  readonly title: string;
  readonly question: string;
  readonly setup: SetupData;
  /** The verdict in a few sentences. */
  readonly answer: string;
  /** Who is best by each of the main metrics; empty where nobody can be called best. */
  readonly answerTable: readonly AnswerRow[];
  /** Labels of the policies that the answer names, the most telling first. */
  readonly named: readonly string[];
  /** How to make the results again: seed, replications, version, fingerprint, … */
  readonly facts: readonly Fact[];
  /** Warnings that a reader should weigh, such as lines rejected from a log. */
  readonly notes: readonly string[];
  /** Runs of each policy, or of each cell where more varies. */
  readonly replications: number;
  /** Labels of the compared policies in the order of the report. No two are equal. */
  readonly policies: readonly string[];
  /** By label the labels of those that decided alike in every run, for which it stands. */
  readonly also?: ReadonlyMap<string, readonly string[]>;
  /** Seconds at which times stand in all measures that are longer, or never ended. */
  readonly horizon: number;
  /** What all others are compared with, or null: a policy's label, or what several share. */
  readonly baseline: string | null;
  readonly metrics: readonly MetricRow[];
  /** Rate of the server in bytes/s, by seconds since the start. */
  readonly serverRate: readonly CourseRow[];
  /** How long visits take, and how long requests: distributions. */
  readonly visits: readonly QuantileRow[];
  readonly delay: readonly QuantileRow[];
  /** Why customers were sent where they were, over time; a course for each policy. */
  readonly decisions: readonly DecisionCourse[];
  /** What the server believed of transfers in flight, and what was true; empty unless measured. */
  readonly beliefs: readonly BeliefRow[];
  readonly load: readonly LoadRow[];
  /** Requests that wait or are served, by seconds since the start. */
  readonly backlog: readonly CourseRow[];
  /** How busy each volunteer was over time, a grid for each policy. */
  readonly busy: readonly BusyGrid[];
  /** Hours that volunteers synchronised on each day. */
  readonly syncDays: readonly SyncDayRow[];
  /** Labels of policies of the reader's own. */
  readonly own?: readonly string[];
  /** What synchronisation took by the size of chunks, where experiments compare fixed sizes. */
  readonly chunkSizes?: readonly ChunkSizeRow[];
  /** What varies beside policies, where anything does. */
  readonly variation?: Variation;
  /** Who wins at which levels, by the main metrics; only where anything varies. */
  readonly winners?: readonly WinnerRow[];
  /** Seconds since the start at which something of the system, or the policy, changes. */
  readonly moments?: readonly number[];
}

/** Who is best by a metric, and how surely. */
export interface AnswerRow {
  readonly metric: string;
  readonly summary: string;
  /** Its label; null where all are alike. */
  readonly best: string | null;
  /** Labels of others with the same value, but not all. */
  readonly ties: readonly string[];
  /** The mean with its 95 % interval. */
  readonly value: string;
  /**
   * How far it is from its baseline, as a share of that, and the interval with its level where it was
   * tested; null without a baseline.
   */
  readonly change: { readonly mean: string; readonly interval: string | null } | null;
  /** Labels of further ones that cannot be told apart from the best. */
  readonly rivals: readonly string[];
  /** The most by which the best may fall short of the truly best one; null without rivals. */
  readonly within: string | null;
}

/** The axes along which an experiment varies, each with at least two levels. */
export interface Variation {
  readonly axes: readonly ReportAxis[];
  /** One for each label in `policies`, in their order. */
  readonly cells: readonly VariedCell[];
}

export interface ReportAxis {
  readonly name: string;
  readonly levels: readonly string[];
  /** What the levels stand for where all are numbers, or null. */
  readonly numbers: readonly number[] | null;
}

export interface VariedCell {
  readonly label: string;
  /** The label without levels: what cells at different levels have in common. */
  readonly policy: string;
  /** The level on each axis, in their order. */
  readonly levels: readonly string[];
}

/** Who wins by a metric at one combination of levels. */
export interface WinnerRow {
  readonly metric: string;
  readonly unit: string;
  readonly better: Direction;
  /** The level on each axis, by its name. */
  readonly levels: Readonly<Record<string, string>>;
  readonly best: PolicyMean;
  /** Those that are as good as the best, the best mean first. */
  readonly tied: readonly PolicyMean[];
  /** Those that are really worse, the best mean first; empty where all are as good. */
  readonly worse: readonly WorsePolicy[];
}

/** A policy, without levels, with its mean in the metric's unit. */
export interface PolicyMean {
  readonly policy: string;
  readonly mean: number;
}

export interface WorsePolicy extends PolicyMean {
  /** How far the best is from it, as a share of its mean: −0.3 is 30 % less; null where it has none. */
  readonly gain: number | null;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** An estimate with its 95 % confidence interval. A single run has an unbounded interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** An estimate that may be known to be a lower bound: some of what was averaged stands at the horizon. */
export interface Estimate extends Interval {
  readonly isAtLeast?: true;
}

/** A difference, with its interval at the confidence level at which it was decided among many. */
export interface DecidedInterval extends Interval {
  /** Null where nothing was tested. */
  readonly level: number | null;
}

export type Direction = "lower" | "higher" | "none";

export interface MetricRow {
  readonly name: string;
  readonly unit: string;
  readonly summary: string;
  readonly better: Direction;
  /** One for each policy for which the metric is defined. */
  readonly values: readonly MetricValue[];
}

export interface MetricValue extends Estimate {
  readonly policy: string;
  /** Paired difference to the baseline; null for the baseline itself. */
  readonly difference: DecidedInterval | null;
  /** Label of its own baseline, where there are several. */
  readonly against?: string | null;
}

/** A value at a time, in seconds since the start. */
export interface CourseRow extends Interval {
  readonly policy: string;
  readonly time: number;
}

export interface BusyGrid {
  readonly policy: string;
  /** Class of each volunteer, by its number. */
  readonly classes: readonly string[];
  /** Width of a column in seconds. */
  readonly width: number;
  /** Share of its uplink that each volunteer sent over: all columns of the first, then of the next. */
  readonly share: readonly number[];
}

/** Hours that volunteers synchronised on a day, the first of which is 1; over the volunteers. */
export interface SyncDayRow {
  readonly policy: string;
  readonly day: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** A share of visits, or of requests, took at most so many seconds. */
export interface QuantileRow {
  readonly policy: string;
  readonly share: number;
  readonly seconds: number;
  /** Whether it took longer than that: in some replication it stands at the horizon. */
  readonly isAtLeast?: boolean;
}

export interface DecisionCourse {
  readonly policy: string;
  /** Width of a column in seconds. */
  readonly width: number;
  /** Most frequent first; `other` is last, where some are pooled. */
  readonly reasons: readonly string[];
  /** Decisions of a run: all columns of the first reason, then of the next. */
  readonly counts: readonly number[];
}

/** Transfers in flight from a volunteer that might have been chosen, on average over a column. */
export interface BeliefRow {
  readonly policy: string;
  /** Start of the column and its width, in seconds. */
  readonly time: number;
  readonly width: number;
  readonly believed: number;
  readonly actual: number;
}

export interface LoadRow {
  readonly policy: string;
  readonly volunteer: number;
  readonly class: string;
  /** Share of the volunteer's uplink that deliveries used. */
  readonly utilisation: number;
}

export interface ChunkSizeRow {
  readonly policy: string;
  /** Method of synchronisation. */
  readonly method: string;
  /** The levels at which it was fetched, where any vary. */
  readonly at?: string;
  /** Bytes in a chunk. */
  readonly chunk: number;
  /** Bytes from the server, bytes in all, and mean seconds until a volunteer holds a file. */
  readonly serverBytes: number;
  readonly wireBytes: number;
  readonly age: number;
}
