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
import { InputError } from "../engine/input-error.ts";
import type { Causes } from "../network/causes.ts";
import { type Row, readRows, readScenario } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, typical, typicalOfRank } from "./prediction.ts";
import type { Train } from "./replay.ts";
import { capOf, type Machine, QUEUE_PACKETS, type Testbed } from "./testbed.ts";

/** Files of this many bytes and more are bulk. */
export const BULK = 1e6;

const SERVER = "server";

const megabits = z.number().positive().nullish();

const sharing = z.object({
  server: z.object({ up_mbit: megabits, down_mbit: megabits }),
  clients: z.array(z.object({ name: z.string(), up_mbit: megabits, down_mbit: megabits })),
  rtt_ms_no_queue: z.number().positive(),
  queue_packets: z.number().positive().default(QUEUE_PACKETS),
  tbf_burst_bytes: z.record(z.string(), z.number().positive()).optional(),
});

const trains = z.object({
  server_up_mbit: megabits,
  client_down_mbit: megabits,
  new_connection_per_file: z.boolean(),
  rtt_ms_no_queue: z.number().positive(),
  queue_packets: z.number().positive().default(QUEUE_PACKETS),
  tbf_burst_bytes: z.number().positive().optional(),
});

const scenario = z.union([trains, sharing]);

/** A case with what says which measures it counts for. */
export interface SharingCase extends Case {
  /** Bytes of the file, or of the mean file of a train. */
  readonly bytes: number;
  /** Seconds. */
  readonly roundTrip: number;
}

export function httpSharing(folder: string, causes?: Causes): SharingCase[] {
  const spec = readScenario(folder, scenario);
  const rows = readRows(folder, "outcomes.csv");
  const repetitions = [...group(rows, (row) => row.text("rep")).values()];
  return repetitions.flatMap((repetition) =>
    "server" in spec
      ? transfers(folder, sharingTestbed(folder, spec), repetition, causes)
      : wholeTrains(folder, spec, repetition, causes),
  );
}

function transfers(
  folder: string,
  testbed: Testbed,
  rows: readonly Row[],
  causes: Causes | undefined,
): SharingCase[] {
  const done = rows.filter((row) => row.text("rc") === "0");
  const prediction = predict(testbed, done.map(single), causes);
  const alike = group(done.keys(), (at) => kindOf(testbed, done[at]));
  return [...alike.values()].flatMap((members) => {
    const measured = members.map((at) => done[at].number("time_total_s")).sort((a, b) => a - b);
    return measured.map((seconds, rank) => ({
      scenario: `${basename(folder)} ${done[members[rank]].text("client")} rep ${done[members[rank]].text("rep")}`,
      measured: seconds,
      simulated: typicalOfRank(prediction.simulated, members, rank),
      naive: typicalOfRank(prediction.naive, members, rank),
      bytes: done[members[rank]].number("bytes"),
      roundTrip: testbed.roundTrip,
    }));
  });
}

/** What the schedule says of a transfer; those that share it are alike. */
function kindOf(testbed: Testbed, row: Row): string {
  const { up, down } = testbed.machine(row.text("client"));
  return [row.text("bytes"), row.text("at_s"), up?.rate, down?.rate].join(" ");
}

/**
 * A transfer as a train of one. It starts when curl did: the process took from the scheduled time
 * until then to start, which is not the network's doing and is no part of its time.
 */
function single(row: Row): Train {
  const late = row.has("exec_to_exit_s")
    ? row.number("exec_to_exit_s") - row.number("time_total_s")
    : 0;
  return {
    client: row.text("client"),
    at: row.number("at_s") + Math.max(0, late),
    launched: row.number("at_s"),
    downloads: [{ source: SERVER, bytes: row.number("bytes") }],
    keepAlive: false,
  };
}

function wholeTrains(
  folder: string,
  spec: z.output<typeof trains>,
  rows: readonly Row[],
  causes: Causes | undefined,
): SharingCase[] {
  const testbed = trainTestbed(spec);
  const byClient = [...group(rows, (row) => row.text("client")).entries()];
  const replayed = byClient.map(([client, files]) => ({
    client,
    at: 0,
    downloads: files.map((row) => ({ source: SERVER, bytes: row.number("bytes") })),
    keepAlive: !spec.new_connection_per_file,
  }));
  const { simulated, naive } = predict(testbed, replayed, causes);
  return byClient.map(([client, files], at) => ({
    scenario: `${basename(folder)} ${client} rep ${files[0].text("rep")}`,
    measured: sum(files, (row) => row.number("time_total_s")),
    simulated: typical(simulated, (run) => sum(run[at])),
    naive: typical(naive, (run) => sum(run[at])),
    bytes: sum(files, (row) => row.number("bytes")) / files.length,
    roundTrip: testbed.roundTrip,
  }));
}

function sharingTestbed(folder: string, spec: z.output<typeof sharing>): Testbed {
  const { server, clients, tbf_burst_bytes: bursts } = spec;
  const machine = (caps: typeof server): Machine => ({
    up: capOf(caps.up_mbit, bursts),
    down: capOf(caps.down_mbit, bursts),
  });
  const machines = new Map(clients.map((client) => [client.name, machine(client)]));
  machines.set(SERVER, machine(server));
  return {
    machine: (name) => {
      const known = machines.get(name);
      if (known !== undefined) return known;
      throw new InputError([`${folder}: unknown client: ${name}; known: ${[...machines.keys()]}`]);
    },
    roundTrip: spec.rtt_ms_no_queue / 1000,
    queuePackets: spec.queue_packets,
    receiveWindow: null,
  };
}

/** All clients of a train scenario are alike, and the burst given is the server's. */
function trainTestbed(spec: z.output<typeof trains>): Testbed {
  const server = { up: capOf(spec.server_up_mbit, spec.tbf_burst_bytes), down: null };
  const client = { up: null, down: capOf(spec.client_down_mbit, undefined) };
  return {
    machine: (name) => (name === SERVER ? server : client),
    roundTrip: spec.rtt_ms_no_queue / 1000,
    queuePackets: spec.queue_packets,
    receiveWindow: null,
  };
}
