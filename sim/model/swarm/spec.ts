import type { Engine } from "../../engine/engine.ts";
import type { Stream } from "../../engine/random.ts";
import type { LinkId, Network } from "../../network/network.ts";
import type { Bound } from "../../policies/policy.ts";
import type { Choking, ChokingView } from "../../policies/swarm/choking.ts";
import type { Handout, HandoutView } from "../../policies/swarm/handout.ts";
import type { PieceChoice, PieceView } from "../../policies/swarm/pieces.ts";
import type { PeerSpec } from "./peer.ts";
import type { Pieces } from "./pieces.ts";

export interface SwarmSpec {
  /** Tells the events of several swarms on one engine apart. */
  readonly name: string;
  readonly engine: Engine;
  readonly network: Network;
  readonly pieces: Pieces;
  readonly peers: readonly PeerSpec[];
  /** Bytes that wait in front of a link that is full: the buffer of its router. */
  readonly queue: number;
  readonly tracker: TrackerSpec;
  readonly policies?: SwarmPolicies;
  readonly stream: (name: string) => Stream;
  /** Links from one peer to another; by default the uplink of the one and the downlink of the other. */
  readonly path?: (from: number, to: number) => readonly LinkId[];
  /** Weight and priority of its flows on the links; 1 and 0 by default. */
  readonly weight?: number;
  readonly priority?: number;
  /** Called when a peer has everything. */
  readonly onComplete?: (peer: number) => void;
  /**
   * Called with all bytes that the flow of a block has moved, when it ends. A flow that is dropped
   * has moved a part; a block's flow carries small messages and ACKs too.
   */
  readonly onSent?: (from: number, to: number, bytes: number) => void;
}

export interface TrackerSpec {
  /** Seconds between announces of a peer. */
  readonly interval: number;
  /** Peers it tells of at most. */
  readonly wanted: number;
}

/** Rules that replace those of the tracker and of the clients, all peers alike. */
export interface SwarmPolicies {
  /** By default any peers, in random order. */
  readonly handout?: Bound<HandoutView, Handout, never>;
  /** Which piece to begin; a piece that is begun is finished first (Cohen 2003, section 2.4.1). */
  readonly pieces?: Bound<PieceView, PieceChoice, never>;
  readonly choking?: Bound<ChokingView, Choking, never>;
}
