/**
 * The exact swarm in its steady state, beside the fluid model of Qiu and Srikant: Modeling and performance
 * analysis of BitTorrent-like peer-to-peer networks, SIGCOMM 2004, section 3.
 *
 * `node --import tsx sim/bench/qiu-srikant.ts` prints a table.
 */
import { fileURLToPath } from "node:url";
import { Engine } from "../engine/engine.ts";
import { exponential, streams } from "../engine/random.ts";
import { amongPrivate, libtorrent } from "../model/swarm/client.ts";
import type { PeerSpec } from "../model/swarm/peer.ts";
import { Pieces } from "../model/swarm/pieces.ts";
import { Swarm } from "../model/swarm/swarm.ts";
import { Network } from "../network/network.ts";
import { meanInterval } from "../outcome/statistics/interval.ts";

/** Peers of one kind that come as a Poisson process, and an origin that stays. Seconds and bytes. */
export interface SteadySwarm {
  readonly size: number;
  readonly pieceSize: number;
  /** Mean seconds between two arrivals. */
  readonly gap: number;
  /** Bytes per second of a peer, and of the origin, which sends alone where nobody else can. */
  readonly up: number;
  readonly down: number;
  readonly origin: number;
  /** Mean seconds that a peer stays once it has everything. */
  readonly stays: number;
  readonly arrivals: number;
  /** Whether peers send to all that want something, or to as many as libtorrent has slots. */
  readonly freely: boolean;
  readonly seed: number;
}

/**
 * Mean seconds of a download: T = 1/β of the paper with θ = 0, that is the greater of 1/c and
 * (1/η)(1/μ − 1/γ), where the origin is a part of the uplink that does not leave: it sends `origin · gap`
 * bytes for each peer that comes.
 */
export function fluidTime(
  { size, up, down, origin, gap, stays }: SteadySwarm,
  eta: number,
): number {
  const ofPeer = size / up - stays - (origin * gap) / up;
  return Math.max(size / down, ofPeer / eta);
}

/** Mean seconds of a download of the peers that came after the first quarter. */
export function swarmTime(steady: SteadySwarm): number {
  const { size, pieceSize, gap, up, down, origin, stays, arrivals, freely, seed } = steady;
  const engine = new Engine({ maxEvents: 100_000_000 });
  const network = new Network(engine);
  const chance = streams(seed);
  const [coming, staying] = [chance("arrivals"), chance("stays")];
  let now = 0;
  const common = { client: freely ? amongPrivate(libtorrent) : libtorrent, delay: 0.001 };
  const peers = Array.from({ length: arrivals }, (): PeerSpec => {
    now += exponential(coming, gap);
    const links = { uplink: network.addLink(up), downlink: network.addLink(down) };
    const seeds = stays === 0 ? 0 : exponential(staying, stays);
    return { ...common, ...links, role: "leecher", at: now, seeds };
  });
  const first: PeerSpec = {
    ...common,
    role: "seed",
    uplink: network.addLink(origin),
    downlink: network.addLink(origin),
    at: 0,
    seeds: Number.POSITIVE_INFINITY,
  };
  const swarm: Swarm = new Swarm({
    name: "steady",
    engine,
    network,
    pieces: new Pieces(size, pieceSize),
    peers: [first, ...peers],
    queue: 0,
    tracker: { interval: 30, wanted: 50 },
    stream: chance,
    onComplete: () => {
      if (swarm.unfinished === 0) swarm.stop();
    },
  });
  while (swarm.unfinished > 0) engine.run(engine.now + 60);
  const steadyOnes = swarm.peers.slice(1 + Math.floor(arrivals / 4));
  const times = steadyOnes.map(({ completedAt, joinedAt }) => completedAt - joinedAt);
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

/** A file of 64 pieces that a peer could send in 40 s; each 2 s one comes. */
export const STEADY: SteadySwarm = {
  ...{ size: 4 * 2 ** 20, pieceSize: 65_536, gap: 2, up: (4 * 2 ** 20) / 40 },
  ...{
    down: (4 * 2 ** 20) / 10,
    origin: (4 * 2 ** 20) / 40,
    stays: 0,
    arrivals: 120,
    freely: false,
    seed: 1,
  },
};

const RUNS = 5;

/** How much longer everything is in the last column: what takes seconds of its own weighs less there. */
const LONGER = 4;

function main(): void {
  console.log(`stays, s | fluid | slots | small pieces | to all | ${LONGER} times as long`);
  for (const stays of [0, 20, 60]) {
    const steady = { ...STEADY, stays };
    const { size, pieceSize, gap } = steady;
    const longer = { size: LONGER * size, gap: LONGER * gap, stays: LONGER * stays };
    const cells = [
      fluidTime(steady, 1).toFixed(1),
      timeText(steady),
      timeText({ ...steady, pieceSize: pieceSize / 4 }),
      timeText({ ...steady, freely: true }),
      timeText({ ...steady, ...longer }, LONGER),
    ];
    console.log([stays, ...cells].join(" | "));
  }
}

/** Seconds over `per`, mean and 95 % interval. */
function timeText(steady: SteadySwarm, per = 1): string {
  const runs = Array.from(
    { length: RUNS },
    (_, at) => swarmTime({ ...steady, seed: at + 1 }) / per,
  );
  const found = meanInterval(runs);
  const [mean, low, high] = [found?.mean, found?.low, found?.high].map((of) => of?.toFixed(1));
  return `${mean} (${low}–${high})`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
