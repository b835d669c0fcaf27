/**
 * Swarms against what real clients were measured to do: when the last leecher has finished, and
 * what the seed has sent by then.
 *
 * The naive model is the fluid bound of Kumar and Ross (2006): every byte sent once is at once at
 * the disposal of all, and the seed sends all the time.
 */
import { basename } from "node:path";
import { z } from "zod";
import { Engine } from "../engine/engine.ts";
import { streams } from "../engine/random.ts";
import { peerToPeerTime } from "../model/swarm/bounds.ts";
import { amongPrivate, clientNamed } from "../model/swarm/client.ts";
import { Pieces } from "../model/swarm/pieces.ts";
import { Swarm } from "../model/swarm/swarm.ts";
import { Network } from "../network/network.ts";
import { SEGMENT_ON_WIRE, WIRE_EFFICIENCY } from "../network/wire.ts";
import { type Row, readRows, readScenario } from "./folder.ts";
import type { Case } from "./measure.ts";
import { QUEUE_PACKETS } from "./testbed.ts";

const BYTES_PER_MEGABIT = 125_000;

/** Seconds after which a run is given up, as the measured ones were. */
const GIVEN_UP = 600;

/** opentracker's default: half an hour between announces, 50 peers an answer. */
const TRACKER = { interval: 1800, wanted: 50 };

const MAX_EVENTS = 50_000_000;

const megabits = z.number().positive();

const scenarioSpec = z.object({
  seed_up_mbit: megabits,
  leecher_up_mbit: megabits,
  leecher_down_mbit: megabits,
  rtt_ms_no_queue: z.number().nonnegative().default(0),
  queue_packets: z.number().positive().default(QUEUE_PACKETS),
  client: z.string(),
});

interface Topology {
  /** Bytes per second on the wire. */
  readonly seedUp: number;
  readonly leecherUp: number;
  readonly leecherDown: number;
  /** Seconds from a host to the core. */
  readonly delay: number;
  /** Bytes. */
  readonly queue: number;
  readonly client: string;
}

interface Outcome {
  /** Seconds from its start to its end, of the leecher that took longest. */
  readonly finish: number;
  /** Bytes on the wire from the seed. */
  readonly serverBytes: number;
}

export interface SwarmCases {
  readonly finish: readonly Case[];
  readonly serverBytes: readonly Case[];
}

/** Every run of a scenario in which all leechers finished. */
export function swarmCases(folder: string): SwarmCases {
  const topology = topologyOf(folder);
  const outcomes = readRows(folder, "outcomes.csv");
  const schedule = readRows(folder, "schedule.csv");
  const finish: Case[] = [];
  const serverBytes: Case[] = [];
  for (const run of readRows(folder, "swarms.csv")) {
    if (run.text("done") !== run.text("n")) continue;
    const scenario = `${basename(folder)} n=${run.text("n")} ${run.text("size")}/${run.text("piece")} #${run.text("rep")}`;
    const leechers = outcomes.filter((row) => isOf(row, run));
    const seed = schedule.find(
      (row) => row.text("n") === run.text("n") && row.text("role") === "seed",
    );
    const starts = leechers.map((row) => row.number("at_s") + row.number("start_err"));
    const simulated = replay(run, topology, seed?.number("at_s") ?? 0, starts, scenario);
    const naive = bound(run.number("size"), leechers.length, topology);
    finish.push({
      scenario,
      simulated: simulated.finish,
      measured: run.number("max_s"),
      naive: naive.finish,
    });
    serverBytes.push({
      scenario,
      simulated: simulated.serverBytes,
      measured: run.number("seed_wire_up"),
      naive: naive.serverBytes,
    });
  }
  return { finish, serverBytes };
}

function replay(
  run: Row,
  { seedUp, leecherUp, leecherDown, delay, queue, client }: Topology,
  seedAt: number,
  starts: readonly number[],
  scenario: string,
): Outcome {
  const engine = new Engine({ maxEvents: MAX_EVENTS });
  const network = new Network(engine);
  const link = (rate: number) => network.addLink(rate * WIRE_EFFICIENCY);
  const first = Math.min(seedAt, ...starts);
  // The hosts of the testbed have private addresses.
  const common = {
    client: amongPrivate(clientNamed(client)),
    delay,
    seeds: Number.POSITIVE_INFINITY,
  };
  const uplink = link(seedUp);
  const peers = [
    {
      ...common,
      role: "seed" as const,
      uplink,
      // It receives next to nothing, so that any width will do.
      downlink: link(seedUp),
      at: seedAt - first,
    },
    ...starts.map((start) => ({
      ...common,
      role: "leecher" as const,
      uplink: link(leecherUp),
      downlink: link(leecherDown),
      at: start - first,
    })),
  ];
  let serverBytes = 0;
  const swarm = new Swarm({
    name: "swarm",
    engine,
    network,
    pieces: new Pieces(run.number("size"), run.number("piece")),
    peers,
    queue: queue * WIRE_EFFICIENCY,
    tracker: TRACKER,
    stream: streams(scenario),
    onComplete: () => {
      if (swarm.unfinished > 0) return;
      serverBytes = network.carried(uplink) / WIRE_EFFICIENCY;
      swarm.stop();
    },
  });
  engine.run(GIVEN_UP);
  const seconds = swarm.peers.slice(1).map(({ completedAt, joinedAt }) => completedAt - joinedAt);
  return { finish: Math.max(...seconds), serverBytes };
}

function bound(size: number, leechers: number, { seedUp, leecherUp, leecherDown }: Topology) {
  const finish =
    peerToPeerTime(size, seedUp, new Array(leechers).fill(leecherUp), leecherDown) /
    WIRE_EFFICIENCY;
  return { finish, serverBytes: finish * seedUp };
}

function topologyOf(folder: string): Topology {
  const spec = readScenario(folder, scenarioSpec);
  return {
    seedUp: spec.seed_up_mbit * BYTES_PER_MEGABIT,
    leecherUp: spec.leecher_up_mbit * BYTES_PER_MEGABIT,
    leecherDown: spec.leecher_down_mbit * BYTES_PER_MEGABIT,
    // A round trip crosses two access links each way.
    delay: spec.rtt_ms_no_queue / 1000 / 4,
    queue: spec.queue_packets * SEGMENT_ON_WIRE,
    client: spec.client,
  };
}

function isOf(row: Row, run: Row): boolean {
  return ["rep", "n", "size", "piece"].every((key) => row.text(key) === run.text(key));
}
