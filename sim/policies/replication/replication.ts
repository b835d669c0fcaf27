import type { ParamSpecs, Policy } from "../policy.ts";

/** One file at the moment it is placed: when the run starts, or when it is released. */
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
}

export interface Placeable {
  readonly node: number;
  /** Bytes of disk not yet promised to any file; `Infinity` where no limit is known. */
  readonly free: number;
  /** True when the volunteer comes and goes. */
  readonly volatile: boolean;
}

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
