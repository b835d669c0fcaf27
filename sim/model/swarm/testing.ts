/** Small swarms for tests: alike peers on one network. */
import { Engine } from "../../engine/engine.ts";
import { streams } from "../../engine/random.ts";
import { Network } from "../../network/network.ts";
import { libtorrent, type SwarmClient } from "./client.ts";
import type { Peer, PeerSpec } from "./peer.ts";
import { Pieces } from "./pieces.ts";
import type { SwarmSpec } from "./spec.ts";
import { Swarm } from "./swarm.ts";

export interface TinySwarm {
  readonly size: number;
  readonly pieceSize: number;
  readonly leechers: number;
  /** Bytes per second. */
  readonly up?: number;
  readonly down?: number;
  readonly delay?: number;
  readonly client?: SwarmClient;
  readonly seed?: number;
  readonly changes?: (peer: PeerSpec, id: number) => PeerSpec;
  /** Called with the swarm before it runs. */
  readonly prepare?: (swarm: Swarm, engine: Engine) => void;
  /** What the swarm is told beyond its peers; the network is for links of its own. */
  readonly extras?: (network: Network) => Partial<SwarmSpec>;
}

export interface TinyResult {
  /** When the last peer had everything; `Infinity` if one has not. */
  readonly seconds: number;
  readonly peers: readonly Peer[];
  /** Bytes each uplink has carried. */
  readonly carried: readonly number[];
  /** Hash of all events. */
  readonly fingerprint: string;
}

const LONG = 100_000;

/** Runs one seed and some leechers that start together, until all have everything. */
export function runTiny(tiny: TinySwarm): TinyResult {
  const { up = 1e6, down = 1e9, delay = 0, client = libtorrent } = tiny;
  const engine = new Engine({ maxEvents: 5_000_000 });
  const network = new Network(engine);
  const specs = Array.from({ length: tiny.leechers + 1 }, (_, id): PeerSpec => {
    const peer: PeerSpec = {
      client,
      role: id === 0 ? "seed" : "leecher",
      uplink: network.addLink(up),
      downlink: network.addLink(down),
      delay,
      at: 0,
      seeds: Number.POSITIVE_INFINITY,
    };
    return tiny.changes?.(peer, id) ?? peer;
  });
  let seconds = Number.POSITIVE_INFINITY;
  const swarm = new Swarm({
    name: "tiny",
    engine,
    network,
    pieces: new Pieces(tiny.size, tiny.pieceSize),
    peers: specs,
    queue: 0,
    tracker: { interval: 1800, wanted: 50 },
    stream: streams(tiny.seed ?? 1),
    ...tiny.extras?.(network),
    onComplete: () => {
      if (swarm.unfinished > 0) return;
      seconds = engine.now;
      swarm.stop();
    },
  });
  tiny.prepare?.(swarm, engine);
  engine.run(LONG);
  return {
    seconds,
    peers: swarm.peers,
    carried: specs.map(({ uplink }) => network.carried(uplink)),
    fingerprint: engine.fingerprint.toString(),
  };
}
