import type { ParamSpecs, Policy } from "../policy.ts";
import { amount, flag, list, record, type Shape, whole } from "../shape.ts";

/** A peer is to choose whom it sends to. */
export interface ChokingView {
  /** The connections whose other side wants something. */
  readonly peers: readonly Wanting[];
  /** How many it sends to at once. */
  readonly slots: number;
}

export interface Wanting {
  readonly connection: number;
  /** Bytes received from it since the last choice; sent to it, if the chooser has everything. */
  readonly bytes: number;
  /** Whether it is being sent to. */
  readonly unchoked: boolean;
}

const WANTING: Shape<Wanting> = { connection: whole(), bytes: amount, unchoked: flag };

export const CHOKING_VIEW: Shape<ChokingView> = { peers: list(record(WANTING)), slots: whole() };

export interface Choking {
  /** Connections, best first; no more than there are slots, unless chokes are not used at all. */
  readonly unchoke: readonly number[];
  readonly reason: string;
}

export type ChokingPolicy<Params extends ParamSpecs = ParamSpecs> = Policy<
  ChokingView,
  Choking,
  never,
  Params,
  undefined
>;
