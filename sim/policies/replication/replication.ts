import type { ParamSpecs, Policy } from "../policy.ts";
import { amount, flag, list, optional, record, type Shape, unbounded, whole } from "../shape.ts";

/**
 * One file at the moment it is placed: when the run starts, when it is released, and, for policies
 * that answer to demand, whenever the host asks again.
 */
export interface ReplicationView {
  /** The file's number in the host's catalogue. */
  readonly file: number;
  /** Bytes. */
  readonly size: number;
  /** Seconds since the file was released; `Infinity` for what was there before the host started. */
  readonly age: number;
  /** Volunteers whose mirror covers the file, ordered by `node`. */
  readonly volunteers: readonly Placeable[];
  /** How many of `volunteers` count: the host's array may be longer. */
  readonly count: number;
  /** Number of the part of the repository that the file is in, such as a release; absent: 0. */
  readonly subtree?: number;
  /** What is known of the demand for the file; absent: `NO_DEMAND`. */
  readonly demand?: Demand;
}

/** Demand for one file among all, over the host's window of recent requests. */
export interface Demand {
  /** Files of the catalogue. */
  readonly files: number;
  /** Files that are requested more often. */
  readonly rank: number;
  /** Requests for the file, as a share of all. */
  readonly share: number;
  /** Sum over all files of the square roots of their shares. */
  readonly rootSum: number;
  /** Requests for the file that the server had to deliver itself. */
  readonly misses: number;
}

/** One file, never asked for. */
export const NO_DEMAND: Demand = { files: 1, rank: 0, share: 0, rootSum: 1, misses: 0 };

export interface Placeable {
  readonly node: number;
  /** Bytes of disk not yet promised to any file; `Infinity` where no limit is known. */
  readonly free: number;
  /** True when the volunteer comes and goes. */
  readonly volatile: boolean;
  /** Long-run probability of being on line; absent: 1. */
  readonly availability?: number;
  /** Bytes given to it as new releases and not yet dropped; absent: 0. */
  readonly given?: number;
}

const PLACEABLE: Shape<Placeable> = {
  node: whole(),
  free: unbounded,
  volatile: flag,
  availability: optional(amount),
  given: optional(amount),
};

const DEMAND: Shape<Demand> = {
  files: whole(),
  rank: whole(),
  share: amount,
  rootSum: amount,
  misses: amount,
};

export const REPLICATION_VIEW: Shape<ReplicationView> = {
  file: whole(),
  size: amount,
  age: unbounded,
  volunteers: list(record(PLACEABLE), { count: "count", ascending: "node" }),
  count: whole(),
  subtree: optional(whole()),
  demand: optional(record(DEMAND)),
};

export interface Replication {
  /** Indices into `volunteers` of those that should hold the file, most wanted first. */
  readonly copyTo: readonly number[];
  readonly reason: string;
}

export type ReplicationPolicy<Params extends ParamSpecs = ParamSpecs> = Policy<
  ReplicationView,
  Replication,
  never,
  Params,
  undefined
>;
