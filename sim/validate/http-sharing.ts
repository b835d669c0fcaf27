/**
 * Experiment A: one server, one capped uplink, clients that download.
 *
 * A case is a transfer of a repetition. Transfers that a scenario makes alike (same size, same start,
 * same caps) cannot be told apart before they happen, so within a repetition the fastest is compared
 * with the fastest predicted, the second with the second, and so on. A train of files that a client
 * fetches one after the other is one case: its length.
 */
import { basename } from "node:path";
import { group, sum } from "d3-array";
import { z } from "zod";
import { ALL_CAUSES, type Causes } from "../network/http/causes.ts";
import { isDone, type Row, readEach, readScenario, type Tell } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, typical, typicalOfRank } from "./prediction.ts";
import type { Train } from "./replay.ts";
import {
  bursts,
  capOf,
  links,
  type Machine,
  megabits,
  queueOf,
  roundTripOf,
  type Testbed,
} from "./testbed.ts";

/** Files of this many bytes and more are bulk. */
export const BULK = 1e6;

const SERVER = "server";

const caps = z.object({ up_mbit: megabits, down_mbit: megabits });

/** Two ways to describe a star: machine by machine, or all clients at once. */
const star = links.extend({
  server: caps.optional(),
  server_up_mbit: megabits,
  /** The clients one by one, or their number, where they are alike. */
  clients: z.union([z.number(), z.array(caps.extend({ name: z.string() }))]).nullish(),
  client_up_mbit: megabits,
  client_down_mbit: megabits,
  new_connection_per_file: z.boolean().nullish(),
  tbf_burst_bytes: bursts,
  /** Where the caps are: at routers, or at the hosts themselves. */
  shaper: z.string().nullish(),
});

const scenario = star.refine(
  ({ server, server_up_mbit }) => server !== undefined || server_up_mbit !== undefined,
  { path: ["server"], message: "expected its caps; got none" },
);

type Scenario = z.output<typeof scenario>;

/** A case with what says which measures it counts for. */
export interface SharingCase extends Case {
  /** Bytes of the file, or of the mean file of a train. */
  readonly bytes: number;
  /** Seconds. */
  readonly roundTrip: number;
}

/** A file that a client fetched. */
interface Download {
  readonly repetition: string;
  readonly client: string;
  /** Seconds from the start at which the client was launched, and at which it asked. */
  readonly launched: number;
  readonly asked: number;
  readonly bytes: number;
  /** What was measured. */
  readonly seconds: number;
  /** Whether the client asked when the file before had come. */
  readonly isOfTrain: boolean;
}

export function httpSharing(folder: string, causes?: Causes, tell: Tell = () => {}): SharingCase[] {
  const spec = readScenario(folder, scenario);
  const testbed = testbedOf(spec);
  const present = spec.shaper === "host" ? withoutLosses(causes) : causes;
  const downloads = readEach(folder, "outcomes.csv", (row) => downloadOf(row, testbed), tell);
  const name = basename(folder);
  const repetitions = [...group(downloads, ({ repetition }) => repetition).values()];
  return repetitions.flatMap((repetition) =>
    repetition.some(({ isOfTrain }) => isOfTrain)
      ? wholeTrains(name, testbed, repetition, spec.new_connection_per_file === false, present)
      : transfers(name, testbed, repetition, present),
  );
}

/**
 * A sender whose own host refuses a segment learns it at once and keeps it (NET_XMIT_CN in
 * tcp_output.c), so that nothing is lost on the way.
 */
function withoutLosses(causes: Causes = ALL_CAUSES): Causes {
  return { ...causes, lossLuck: false, recovery: false };
}

/**
 * A download that ended well. It was asked for when curl had started: the process took from the
 * scheduled time until then, which is not the network's doing and is no part of its time.
 */
function downloadOf(row: Row, testbed: Testbed): Download | null {
  if (!isDone(row)) return null;
  const client = row.text("client");
  const machine = testbed.machine(client);
  if (machine === null) throw row.problem(`unknown client: ${client}; known: ${testbed.known}`);
  const isOfTrain = row.has("seq") && !row.has("at_s");
  const launched = isOfTrain ? 0 : row.notNegative("at_s");
  const seconds = row.positive("time_total_s");
  const late = Math.max(0, (row.positiveOrNull("exec_to_exit_s") ?? seconds) - seconds);
  return {
    repetition: row.has("rep") ? row.text("rep") : "0",
    client,
    launched,
    asked: launched + late,
    bytes: row.notNegative("bytes"),
    seconds,
    isOfTrain,
  };
}

function transfers(
  name: string,
  testbed: Testbed,
  downloads: readonly Download[],
  causes: Causes | undefined,
): SharingCase[] {
  const prediction = predict(testbed, downloads.map(single), causes);
  const alike = group(downloads.keys(), (at) => kindOf(testbed, downloads[at]));
  return [...alike.values()].flatMap((members) => {
    const ranked = members.toSorted((a, b) => downloads[a].seconds - downloads[b].seconds);
    return ranked.map((at, rank) => ({
      scenario: `${name} ${downloads[at].client} rep ${downloads[at].repetition}`,
      measured: downloads[at].seconds,
      simulated: typicalOfRank(prediction.simulated, members, rank),
      naive: typicalOfRank(prediction.naive, members, rank),
      bytes: downloads[at].bytes,
      roundTrip: testbed.roundTrip,
    }));
  });
}

/** What the schedule says of a transfer; those that share it are alike. */
function kindOf(testbed: Testbed, { client, bytes, launched }: Download): string {
  const { up, down } = testbed.machine(client) ?? {};
  return [bytes, launched, up?.rate, down?.rate].join(" ");
}

/** A transfer as a train of one. */
function single({ client, launched, asked, bytes }: Download): Train {
  return {
    client,
    at: asked,
    launched,
    downloads: [{ source: SERVER, bytes }],
    keepAlive: false,
  };
}

function wholeTrains(
  name: string,
  testbed: Testbed,
  downloads: readonly Download[],
  keepAlive: boolean,
  causes: Causes | undefined,
): SharingCase[] {
  const byClient = [...group(downloads, ({ client }) => client).entries()];
  const replayed = byClient.map(([client, files]) => ({
    client,
    at: 0,
    downloads: files.map(({ bytes }) => ({ source: SERVER, bytes })),
    keepAlive,
  }));
  const { simulated, naive } = predict(testbed, replayed, causes);
  return byClient.map(([client, files], at) => ({
    scenario: `${name} ${client} rep ${files[0].repetition}`,
    measured: sum(files, ({ seconds }) => seconds),
    simulated: typical(simulated, (run) => sum(run[at])),
    naive: typical(naive, (run) => sum(run[at])),
    bytes: sum(files, ({ bytes }) => bytes) / files.length,
    roundTrip: testbed.roundTrip,
  }));
}

function testbedOf(spec: Scenario): Testbed {
  const { server, server_up_mbit, clients, tbf_burst_bytes: given } = spec;
  // One burst for all is the server's; the clients then have what is usual.
  const ofClients = typeof given === "number" ? null : given;
  const machines = new Map<string, Machine>();
  const named = Array.isArray(clients) ? clients : [];
  for (const client of named) machines.set(client.name, machineOf(client, ofClients));
  machines.set(SERVER, machineOf(server ?? { up_mbit: server_up_mbit }, given));
  const alike = { up_mbit: spec.client_up_mbit, down_mbit: spec.client_down_mbit };
  const other = named.length > 0 ? null : machineOf(alike, ofClients);
  return {
    machine: (name) => machines.get(name) ?? other,
    known: [...machines.keys()].join(", "),
    roundTrip: roundTripOf(spec),
    queuePackets: queueOf(spec),
    receiveWindow: null,
  };
}

function machineOf(
  { up_mbit, down_mbit }: z.output<typeof caps>,
  given: z.output<typeof bursts>,
): Machine {
  return { up: capOf(up_mbit, given), down: capOf(down_mbit, given) };
}
