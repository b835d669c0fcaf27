/**
 * Experiment E: a file fetched in chunks, each asked for when the one before has come.
 *
 * A case is the rate reached with one size of chunks.
 */
import { basename } from "node:path";
import { sum } from "d3-array";
import { z } from "zod";
import type { Causes } from "../network/causes.ts";
import { SEGMENT_PAYLOAD } from "../network/wire.ts";
import { type Row, readRows, readScenario } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, type Runs, typical } from "./prediction.ts";
import type { Train } from "./replay.ts";
import { capOf, QUEUE_PACKETS, type Testbed } from "./testbed.ts";

const SERVER = "server";
const CLIENT = "client";

const scenario = z.object({
  server_up_mbit: z.number().positive(),
  client_down_mbit: z.number().positive().nullish(),
  rtt_ms_no_queue: z.number().positive(),
  receiver_tcp_rmem_max: z.number().positive().nullish(),
  queue_packets: z.number().positive().default(QUEUE_PACKETS),
  tbf_burst_bytes: z.number().positive().optional(),
});

/**
 * Part of a receive buffer that Linux offers as window: the payload of a full segment over the memory
 * it takes, 2,304 bytes with its descriptor (scaling_ratio in tcp_input.c, since Linux 6.6).
 */
const OFFERED_SHARE = SEGMENT_PAYLOAD / 2304;

export function chunkFetch(folder: string, causes?: Causes): Case[] {
  const testbed = testbedOf(readScenario(folder, scenario));
  return readRows(folder, "outcomes.csv").map((row) => {
    const { simulated, naive } = predict(testbed, [chunks(row)], causes);
    const size = row.number("size");
    const rate = (runs: Runs) => size / typical(runs, ([train]) => sum(train));
    return {
      scenario: `${basename(folder)} chunk ${row.text("chunk")}`,
      measured: size / row.number("total_s"),
      simulated: rate(simulated),
      naive: rate(naive),
    };
  });
}

/** The last chunk is what is left of the file. */
function chunks(row: Row): Train {
  const size = row.number("size");
  const chunk = row.number("chunk");
  const downloads = Array.from({ length: Math.ceil(size / chunk) }, (_, at) => ({
    source: SERVER,
    bytes: Math.min(chunk, size - at * chunk),
  }));
  return { client: CLIENT, at: 0, downloads, keepAlive: true };
}

function testbedOf(spec: z.output<typeof scenario>): Testbed {
  const server = { up: capOf(spec.server_up_mbit, spec.tbf_burst_bytes), down: null };
  const client = { up: null, down: capOf(spec.client_down_mbit) };
  const buffer = spec.receiver_tcp_rmem_max ?? null;
  return {
    machine: (name) => (name === SERVER ? server : client),
    roundTrip: spec.rtt_ms_no_queue / 1000,
    queuePackets: spec.queue_packets,
    receiveWindow: buffer === null ? null : buffer * OFFERED_SHARE,
  };
}
