import type { Engine } from "../../engine/engine.ts";
import type { Stream } from "../../engine/random.ts";
import type { Network } from "../../network/network.ts";
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
  readonly stream: (name: string) => Stream;
  /** Called when a peer has everything. */
  readonly onComplete?: (peer: number) => void;
}

export interface TrackerSpec {
  /** Seconds between announces of a peer. */
  readonly interval: number;
  /** Peers it tells of at most. */
  readonly wanted: number;
}
