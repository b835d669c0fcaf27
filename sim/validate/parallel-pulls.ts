/**
 * Several clients that pull the same file with rsync at once and share the server's uplink.
 *
 * Nothing tells them apart before they start, so the fastest is compared with the fastest predicted,
 * the second with the second, and so on. The naive model sends each the whole file at an equal share.
 */
import { group } from "d3-array";
import { SESSION_ROUND_TRIPS } from "../model/rsync/session.ts";
import { type RsyncTransfer, rsyncTransfer } from "../model/rsync/transfer.ts";
import { ALL_CAUSES, type Causes } from "../network/http/causes.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
import type { Row } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, typicalOfRank } from "./prediction.ts";
import { PROCESS_START } from "./process-start.ts";
import { BASE_ROUND_TRIP, type Cap, capOf, QUEUE_PACKETS, type Testbed } from "./testbed.ts";

const SERVER = "server";

/** Round trips of a session that the replay of its delta counts itself. */
const REPLAYED_ROUND_TRIPS = 2;

/** One of several clients that pull at once. */
export interface Pull {
  /** Names those that pull at once. */
  readonly run: string;
  readonly client: string;
  /** Bytes of the file, and the share of it that the client has already. */
  readonly size: number;
  readonly share: number;
  /** What was measured. */
  readonly seconds: number;
  readonly serverUp: Cap | null;
  readonly up: Cap | null;
  readonly down: Cap | null;
}

export function pullOf(row: Row): Pull {
  const size = row.positive("bytes");
  const cap = (column: string) => capOf(row.positiveOrNull(column));
  return {
    run: row.text("scenario"),
    client: row.text("client"),
    size,
    share: row.has("matched") ? row.notNegative("matched") / size : 0,
    seconds: row.positive("time_s"),
    serverUp: cap("server_up_mbit"),
    up: cap("client_up_mbit"),
    down: cap("client_down_mbit"),
  };
}

export function parallelPulls(name: string, pulls: readonly Pull[], causes?: Causes): Case[] {
  const runs = [...group(pulls, ({ run }) => run).values()];
  return runs.flatMap((run) => together(name, run, causes));
}

function together(name: string, pulls: readonly Pull[], causes: Causes = ALL_CAUSES): Case[] {
  const starts = pulls.map(deltaStart);
  const deltas = pulls.map((pull, at) => ({
    client: pull.client,
    at: starts[at],
    downloads: [{ source: SERVER, bytes: transferOf(pull).downBytes }],
    keepAlive: false,
  }));
  // What answers is not nginx: nothing is sent before the delta.
  const own = { ...causes, responseHeader: false, handling: false };
  const { simulated } = predict(testbedOf(pulls), deltas, own);
  const seconds = simulated.map((run) => run.map(([delta], at) => [starts[at] + delta]));
  const ranked = pulls.toSorted((a, b) => a.seconds - b.seconds);
  return ranked.map((pull, rank) => ({
    scenario: `${name} ${pull.run} ${pull.client}`,
    simulated: typicalOfRank(seconds, [...pulls.keys()], rank),
    measured: pull.seconds,
    naive: pull.size / naiveRate(pull, pulls.length),
  }));
}

/** Seconds until the sender has the whole signature and answers. */
function deltaStart(pull: Pull): number {
  const signature =
    pull.up === null ? 0 : transferOf(pull).upBytes / (pull.up.rate * WIRE_EFFICIENCY);
  const before = (SESSION_ROUND_TRIPS - REPLAYED_ROUND_TRIPS) * BASE_ROUND_TRIP;
  return PROCESS_START + before + signature;
}

function transferOf({ size, share }: Pull): RsyncTransfer {
  return rsyncTransfer({ size, basis: share > 0 ? { block: 1, share, index: 0 } : null });
}

function testbedOf(pulls: readonly Pull[]): Testbed {
  const server = { up: pulls[0].serverUp, down: null };
  const clients = new Map(pulls.map(({ client, up, down }) => [client, { up, down }]));
  return {
    machine: (name) => (name === SERVER ? server : (clients.get(name) ?? null)),
    known: [SERVER, ...clients.keys()].join(", "),
    roundTrip: BASE_ROUND_TRIP,
    queuePackets: QUEUE_PACKETS,
    receiveWindow: null,
  };
}

function naiveRate({ serverUp, down }: Pull, sharers: number): number {
  const share = serverUp === null ? Number.POSITIVE_INFINITY : serverUp.rate / sharers;
  return Math.min(down?.rate ?? Number.POSITIVE_INFINITY, share) * WIRE_EFFICIENCY;
}
