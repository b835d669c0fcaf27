/**
 * rsync against what it was measured to do: bytes where the link is not capped, seconds where it is.
 *
 * A pair of versions is known by the share that two block lengths found. What the others send is
 * predicted. The naive model sends the whole file, at the rate of the narrower link.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { group } from "d3-array";
import { z } from "zod";
import { type RsyncLink, rsyncSeconds, SESSION_DOWN, SESSION_UP } from "../model/rsync/session.ts";
import { type MeasuredShare, type Similarity, similarityFrom } from "../model/rsync/similarity.ts";
import { type RsyncTransfer, rsyncTransfer } from "../model/rsync/transfer.ts";
import type { Causes } from "../network/causes.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
import { type Row, readRows, readScenario } from "./folder.ts";
import type { Case } from "./measure.ts";
import { parallelPulls } from "./parallel-pulls.ts";
import { PROCESS_START } from "./process-start.ts";

/**
 * Block lengths, in bytes, at which a pair's similarity is given; the nearest measured are taken.
 * They lie a factor of 16 apart in the middle of what rsync allows, 300 B to 128 KiB.
 */
const GIVEN_BLOCKS = [1024, 16_384] as const;

const BYTES_PER_MEGABIT = 125_000;

const megabits = z.number().positive().nullish();

const scenario = z.object({
  server_up_mbit: megabits,
  client_up_mbit: megabits,
  client_down_mbit: megabits,
  rtt_ms_no_queue: z.number().nonnegative().default(0),
});

/** Bytes both ways, as rsync counts them, at block lengths other than the two given. */
export function rsyncBytes(folder: string): Case[] {
  if (linkOf(folder) !== null) return [];
  const rows = finished(folder).filter((row) => row.has("pair"));
  return [...group(rows, (row) => row.text("pair"))].flatMap(([pair, ofPair]) => {
    const given = givenShares(ofPair);
    if (given.length < GIVEN_BLOCKS.length) return [];
    const similarity = similarityOf(given, ofPair[0].number("new_bytes"));
    return ofPair
      .filter((row) => !given.some(({ block }) => block === row.number("block_used")))
      .map((row) => {
        const { upBytes, downBytes } = transferOf(row, similarity);
        return {
          scenario: `${basename(folder)} ${pair} block ${row.text("block")}`,
          simulated: upBytes + downBytes,
          measured: row.number("total_bytes"),
          naive: row.number("new_bytes"),
        };
      });
  });
}

/** Seconds from the start of rsync to its end. Given are shares, so that every row is a case. */
export function rsyncTime(folder: string, causes?: Causes): Case[] {
  const rows = finished(folder);
  const pulls = parallelPulls(folder, rows, causes);
  const link = linkOf(folder);
  return link === null ? pulls : [...pulls, ...timedPairs(folder, rows, link)];
}

function timedPairs(folder: string, rows: readonly Row[], link: RsyncLink): Case[] {
  const ofPairs = rows.filter((row) => row.has("pair"));
  return [...group(ofPairs, (row) => row.text("pair"))].flatMap(([pair, ofPair]) => {
    const size = ofPair[0].number("new_bytes");
    const similarity = similarityOf(givenShares(ofPair), size);
    return ofPair.map((row) => ({
      scenario: `${basename(folder)} ${pair} block ${row.text("block")}`,
      simulated: rsyncSeconds(transferOf(row, similarity), link, PROCESS_START),
      measured: row.number("wall_s"),
      naive: size / (link.down * WIRE_EFFICIENCY),
    }));
  });
}

function transferOf(row: Row, similarity: Similarity): RsyncTransfer {
  const transfer = rsyncTransfer({
    size: row.number("new_bytes"),
    basisSize: row.number("old_bytes"),
    basis: similarity,
    blockLength: row.number("block_used"),
  });
  transfer.upBytes += SESSION_UP;
  transfer.downBytes += SESSION_DOWN;
  return transfer;
}

function similarityOf([small, large]: readonly MeasuredShare[], size: number): Similarity {
  return large === undefined ? { ...small, index: 0 } : similarityFrom(small, large, size);
}

/** The shares measured at the block lengths that are nearest to the two, each once, in order. */
function givenShares(rows: readonly Row[]): MeasuredShare[] {
  const shares = new Map<number, MeasuredShare>();
  for (const wanted of GIVEN_BLOCKS) {
    const distance = (row: Row) => Math.abs(Math.log(row.number("block_used") / wanted));
    const nearest = rows.reduce((best, row) => (distance(row) < distance(best) ? row : best));
    const block = nearest.number("block_used");
    shares.set(block, { block, share: nearest.number("matched") / nearest.number("new_bytes") });
  }
  return [...shares.values()].sort((a, b) => a.block - b.block);
}

/** Rows that ended well. Compression (`-z`) is not modelled, so rows with it are left out. */
function finished(folder: string): Row[] {
  return readRows(folder, "outcomes.csv").filter(
    (row) => row.text("rc") === "0" && !(row.has("compress") && row.text("compress") === "1"),
  );
}

/** The link of a scenario; null where it is not capped, or each row has caps of its own. */
function linkOf(folder: string): RsyncLink | null {
  if (!existsSync(join(folder, "scenario.json"))) return null;
  const spec = readScenario(folder, scenario);
  const rate = (cap: number | null | undefined) =>
    cap === null || cap === undefined ? Number.POSITIVE_INFINITY : cap * BYTES_PER_MEGABIT;
  const down = Math.min(rate(spec.server_up_mbit), rate(spec.client_down_mbit));
  if (down === Number.POSITIVE_INFINITY) return null;
  return { up: rate(spec.client_up_mbit), down, rtt: spec.rtt_ms_no_queue / 1000 };
}
