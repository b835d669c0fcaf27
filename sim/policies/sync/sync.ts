import type { ParamSpecs, Policy } from "../policy.ts";
import { amount, moment, number, type Shape, unbounded, whole } from "../shape.ts";

/**
 * A volunteer that is to synchronise, as it sees itself.
 *
 * The host asks when a synchronisation has ended and when a file was released, and acts on the
 * latest answer; while one is under way it asks at intervals of its own for the rate.
 */
export interface SyncView {
  /** The volunteer's number. */
  readonly node: number;
  /** Host time, in seconds. */
  readonly now: number;
  /** Seconds since midnight where the volunteer is. */
  readonly timeOfDay: number;
  /** Host time at which its last synchronisation began; -Infinity before the first. */
  readonly lastSync: number;
  /** Files, and their bytes, that it is to hold and does not. */
  readonly pendingFiles: number;
  readonly pendingBytes: number;
  /** Host time of the newest release among the files it is to hold; -Infinity if there was none. */
  readonly releasedAt: number;
  /** Bytes per second that its uplink or its shared connection carries. */
  readonly capacity: number;
  /** Bytes per second of that which deliveries use now. */
  readonly delivering: number;
}

export const SYNC_VIEW: Shape<SyncView> = {
  node: whole(),
  now: number,
  timeOfDay: amount,
  lastSync: moment,
  pendingFiles: whole(),
  pendingBytes: amount,
  releasedAt: moment,
  capacity: unbounded,
  delivering: amount,
};

export interface Sync {
  /** Host time at which to begin, or `now` to go on; `Infinity` for not before something changes. */
  readonly at: number;
  /** Bytes per second, at most; above 0, `Infinity` for no limit. */
  readonly rate: number;
  /** The volunteer to fetch from, each file as soon as that one has it; or `SERVER`, or `SWARM`. */
  readonly from: number;
  readonly reason: string;
}

/** `Sync.from` when every volunteer that fetches or holds a file passes on its pieces. */
export const SWARM = -2;

export type SyncPolicy<Params extends ParamSpecs = ParamSpecs> = Policy<
  SyncView,
  Sync,
  never,
  Params,
  undefined
>;

/** Begins as soon as something is pending, and not before. */
export function atOnce({ now, pendingFiles }: SyncView, how: Omit<Sync, "at">): Sync {
  return pendingFiles > 0
    ? { at: now, ...how }
    : { ...how, at: Number.POSITIVE_INFINITY, reason: "nothing new" };
}
