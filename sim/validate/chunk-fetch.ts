/**
 * Experiment E: a file fetched in chunks, each asked for when the one before has come.
 *
 * A case is the rate reached with one size of chunks.
 */
import { basename } from "node:path";
import { sum } from "d3-array";
import { z } from "zod";
import type { Causes } from "../network/http/causes.ts";
import { SEGMENT_PAYLOAD } from "../network/wire.ts";
import { isDone, type Row, readEach, readScenario, type Tell } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, type Runs, typical } from "./prediction.ts";
import type { Train } from "./replay.ts";
import {
  bursts,
  capOf,
  links,
  megabits,
  queueOf,
  roundTripOf,
  statedMegabits,
  type Testbed,
} from "./testbed.ts";

const SERVER = "server";
const CLIENT = "client";

const scenario = links.extend({
  server_up_mbit: statedMegabits,
  client_down_mbit: megabits,
  receiver_tcp_rmem_max: z.number().positive().nullish(),
  tbf_burst_bytes: bursts,
});

/**
 * Part of a receive buffer that Linux offers as window: the payload of a full segment over the memory
 * it takes, 2,304 bytes with its descriptor (scaling_ratio in tcp_input.c, since Linux 6.6).
 */
const OFFERED_SHARE = SEGMENT_PAYLOAD / 2304;

/** A file that was fetched. */
interface Fetch {
  /** Bytes. */
  readonly size: number;
  readonly chunk: number;
  /** What was measured. */
  readonly seconds: number;
}

export function chunkFetch(folder: string, causes?: Causes, tell: Tell = () => {}): Case[] {
  const testbed = testbedOf(readScenario(folder, scenario));
  return readEach(folder, "outcomes.csv", fetchOf, tell).map((fetch) => {
    const { simulated, naive } = predict(testbed, [chunks(fetch)], causes);
    const rate = (runs: Runs) => fetch.size / typical(runs, ([train]) => sum(train));
    return {
      scenario: `${basename(folder)} chunk ${fetch.chunk}`,
      measured: fetch.size / fetch.seconds,
      simulated: rate(simulated),
      naive: rate(naive),
    };
  });
}

function fetchOf(row: Row): Fetch | null {
  if (!isDone(row)) return null;
  return {
    size: row.positive("size"),
    chunk: row.positive("chunk"),
    seconds: row.positive("total_s"),
  };
}

/** The last chunk is what is left of the file. */
function chunks({ size, chunk }: Fetch): Train {
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
    known: `${SERVER}, ${CLIENT}`,
    roundTrip: roundTripOf(spec),
    queuePackets: queueOf(spec),
    receiveWindow: buffer === null ? null : buffer * OFFERED_SHARE,
  };
}
