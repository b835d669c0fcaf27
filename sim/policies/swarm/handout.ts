import type { ParamSpecs, Policy } from "../policy.ts";
import { flag, list, record, type Shape, text, whole } from "../shape.ts";

/** A peer has asked the tracker for others of its swarm. */
export interface HandoutView {
  /** Who asks. */
  readonly asking: SwarmPeer;
  /** The others that the tracker knows, in no order. */
  readonly known: readonly SwarmPeer[];
  /** How many of `known` count: the host's array may be longer. */
  readonly count: number;
  /** How many the asking peer wants to be told of, at most. */
  readonly wanted: number;
}

export interface SwarmPeer {
  readonly peer: number;
  /** Whether it has every piece. */
  readonly complete: boolean;
  /** Whether it is the server's own. */
  readonly origin: boolean;
  /** The site that the operator has named; "" if none. */
  readonly site: string;
}

const SWARM_PEER: Shape<SwarmPeer> = { peer: whole(-1), complete: flag, origin: flag, site: text };

export const HANDOUT_VIEW: Shape<HandoutView> = {
  asking: record(SWARM_PEER),
  known: list(record(SWARM_PEER), { count: "count" }),
  count: whole(),
  wanted: whole(),
};

export interface Handout {
  /** Indices into `known`, best first. */
  readonly peers: readonly number[];
  readonly reason: string;
}

export type HandoutPolicy<Params extends ParamSpecs = ParamSpecs> = Policy<
  HandoutView,
  Handout,
  never,
  Params,
  undefined
>;
