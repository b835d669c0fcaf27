import type { ParamSpecs, Policy } from "../policy.ts";
import { amount, list, moment, number, record, type Shape, unbounded, whole } from "../shape.ts";

/** What a volunteer holds, when it looks for what to delete. */
export interface EvictionView {
  /** Seconds on the host's clock. */
  readonly now: number;
  /** Bytes of disk that the volunteer has offered; `Infinity` where no limit is known. */
  readonly disk: number;
  /** Ordered by `file`. */
  readonly held: readonly Held[];
  /** How many of `held` count: the host's array may be longer. */
  readonly count: number;
}

export interface Held {
  readonly file: number;
  /** Bytes. */
  readonly size: number;
  /** Host time at which the copy was complete. */
  readonly since: number;
  /** Host time at which it was last sent to a customer, or `since` if it never was. */
  readonly usedAt: number;
}

const HELD: Shape<Held> = { file: whole(), size: amount, since: moment, usedAt: moment };

export const EVICTION_VIEW: Shape<EvictionView> = {
  now: number,
  disk: unbounded,
  held: list(record(HELD), { count: "count", ascending: "file" }),
  count: whole(),
};

export interface Eviction {
  /** Indices into `held` of what is to be deleted. */
  readonly evict: readonly number[];
  readonly reason: string;
}

export type EvictionPolicy<Params extends ParamSpecs = ParamSpecs> = Policy<
  EvictionView,
  Eviction,
  never,
  Params,
  undefined
>;

/** The indices of what `isDue`. */
export function due({ held, count }: EvictionView, isDue: (held: Held) => boolean): number[] {
  const indices: number[] = [];
  for (let i = 0; i < count; i++) if (isDue(held[i])) indices.push(i);
  return indices;
}
