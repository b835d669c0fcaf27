/**
 * Several clients that pull the same file with rsync at once and share the server's uplink.
 *
 * Nothing tells them apart before they start, so the fastest is compared with the fastest predicted,
 * the second with the second, and so on. The naive model sends each the whole file at an equal share.
 */
import { basename } from "node:path";
import { group } from "d3-array";
import { SESSION_ROUND_TRIPS } from "../model/rsync/session.ts";
import { type RsyncTransfer, rsyncTransfer } from "../model/rsync/transfer.ts";
import { ALL_CAUSES, type Causes } from "../network/causes.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
import type { Row } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, typicalOfRank } from "./prediction.ts";
import { PROCESS_START } from "./process-start.ts";
import { BASE_ROUND_TRIP, capOf, QUEUE_PACKETS, type Testbed } from "./testbed.ts";

const SERVER = "server";

/** Round trips of a session that the replay of its delta counts itself. */
const REPLAYED_ROUND_TRIPS = 2;

/** Whether the row is one of several clients that pull at once; its caps stand in the row. */
export function isPull(row: Row): boolean {
  return row.has("method") && row.text("method").startsWith("rsync");
}

export function parallelPulls(folder: string, rows: readonly Row[], causes?: Causes): Case[] {
  const runs = group(rows.filter(isPull), (row) => row.text("scenario"));
  return [...runs.values()].flatMap((run) => together(folder, run, causes));
}

function together(folder: string, rows: readonly Row[], causes: Causes = ALL_CAUSES): Case[] {
  const starts = rows.map(deltaStart);
  const deltas = rows.map((row, at) => ({
    client: row.text("client"),
    at: starts[at],
    downloads: [{ source: SERVER, bytes: transferOf(row).downBytes }],
    keepAlive: false,
  }));
  // What answers is not nginx: nothing is sent before the delta.
  const own = { ...causes, responseHeader: false, handling: false };
  const { simulated } = predict(testbedOf(rows), deltas, own);
  const seconds = simulated.map((run) => run.map(([delta], at) => [starts[at] + delta]));
  const ranked = rows.toSorted((a, b) => a.number("time_s") - b.number("time_s"));
  return ranked.map((row, rank) => ({
    scenario: `${basename(folder)} ${row.text("scenario")} ${row.text("client")}`,
    simulated: typicalOfRank(seconds, [...rows.keys()], rank),
    measured: row.number("time_s"),
    naive: row.number("bytes") / naiveRate(row, rows.length),
  }));
}

/** Seconds until the sender has the whole signature and answers. */
function deltaStart(row: Row): number {
  const { up } = machineOf(row);
  const signature = up === null ? 0 : transferOf(row).upBytes / (up.rate * WIRE_EFFICIENCY);
  const before = (SESSION_ROUND_TRIPS - REPLAYED_ROUND_TRIPS) * BASE_ROUND_TRIP;
  return PROCESS_START + before + signature;
}

function transferOf(row: Row): RsyncTransfer {
  const size = row.number("bytes");
  const share = row.number("matched") / size;
  return rsyncTransfer({ size, basis: share > 0 ? { block: 1, share, index: 0 } : null });
}

function machineOf(row: Row) {
  return {
    up: capOf(row.numberOrNull("client_up_mbit")),
    down: capOf(row.numberOrNull("client_down_mbit")),
  };
}

function testbedOf(rows: readonly Row[]): Testbed {
  const server = { up: capOf(rows[0].numberOrNull("server_up_mbit")), down: null };
  const clients = new Map(rows.map((row) => [row.text("client"), machineOf(row)]));
  return {
    machine: (name) => clients.get(name) ?? server,
    roundTrip: BASE_ROUND_TRIP,
    queuePackets: QUEUE_PACKETS,
    receiveWindow: null,
  };
}

function naiveRate(row: Row, sharers: number): number {
  const own = capOf(row.numberOrNull("client_down_mbit"))?.rate ?? Number.POSITIVE_INFINITY;
  const server = capOf(row.numberOrNull("server_up_mbit"))?.rate ?? Number.POSITIVE_INFINITY;
  return Math.min(own, server / sharers) * WIRE_EFFICIENCY;
}
