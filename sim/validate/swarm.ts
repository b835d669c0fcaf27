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
import { type Row, readEach, readRows, readScenario, type Tell } from "./folder.ts";
import type { Case } from "./measure.ts";
import { capOf, links, queueOf, roundTripOf, statedMegabits, UNSHAPED } from "./testbed.ts";

/** Seconds after which a run is given up, as the measured ones were. */
const GIVEN_UP = 600;

/** opentracker's default: half an hour between announces, 50 peers an answer. */
const TRACKER = { interval: 1800, wanted: 50 };

const MAX_EVENTS = 50_000_000;

const scenarioSpec = links.extend({
  seed_up_mbit: statedMegabits,
  leecher_up_mbit: statedMegabits,
  leecher_down_mbit: statedMegabits,
  client: z.string().nullish(),
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
export function swarmCases(folder: string, tell: Tell = () => {}): SwarmCases {
  const topology = topologyOf(folder);
  const outcomes = readRows(folder, "outcomes.csv");
  const schedule = readRows(folder, "schedule.csv");
  const runs = readEach(
    folder,
    "swarms.csv",
    (run) => runCases(basename(folder), topology, outcomes, schedule, run),
    tell,
  );
  return {
    finish: runs.map(({ finish }) => finish),
    serverBytes: runs.map(({ serverBytes }) => serverBytes),
  };
}

function runCases(
  name: string,
  topology: Topology,
  outcomes: readonly Row[],
  schedule: readonly Row[],
  run: Row,
): { readonly finish: Case; readonly serverBytes: Case } | null {
  if (run.text("done") !== run.text("n")) return null;
  const scenario = `${name} n=${run.text("n")} ${run.text("size")}/${run.text("piece")} #${run.text("rep")}`;
  const leechers = outcomes.filter((row) => isOf(row, run));
  if (leechers.length === 0) throw run.problem(`missing leechers of ${scenario} in outcomes.csv`);
  const measured = { finish: run.positive("max_s"), serverBytes: run.positive("seed_wire_up") };
  const seed = schedule.find(
    (row) => row.text("n") === run.text("n") && row.text("role") === "seed",
  );
  const starts = leechers.map(
    (row) => row.number("at_s") + (row.has("start_err") ? row.number("start_err") : 0),
  );
  const simulated = replay(run, topology, seed?.number("at_s") ?? 0, starts, scenario);
  const naive = bound(run.positive("size"), leechers.length, topology);
  const caseOf = (quantity: keyof Outcome): Case => ({
    scenario,
    simulated: simulated[quantity],
    measured: measured[quantity],
    naive: naive[quantity],
  });
  return { finish: caseOf("finish"), serverBytes: caseOf("serverBytes") };
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
  const rate = (cap: number | null) => capOf(cap)?.rate ?? UNSHAPED;
  return {
    seedUp: rate(spec.seed_up_mbit),
    leecherUp: rate(spec.leecher_up_mbit),
    leecherDown: rate(spec.leecher_down_mbit),
    // A round trip crosses two access links each way.
    delay: roundTripOf(spec) / 4,
    queue: queueOf(spec) * SEGMENT_ON_WIRE,
    client: spec.client ?? "",
  };
}

function isOf(row: Row, run: Row): boolean {
  return ["rep", "n", "size", "piece"].every((key) => row.text(key) === run.text(key));
}
