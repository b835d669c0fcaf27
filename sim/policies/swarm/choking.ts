import type { ParamSpecs, Policy } from "../policy.ts";

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
