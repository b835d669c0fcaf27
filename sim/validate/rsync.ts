/**
 * rsync against what it was measured to do: bytes where the link is not capped, seconds where it is.
 *
 * A pair of versions is known by the share that two block lengths found. What the others send is
 * predicted. The naive model sends the whole file, at the rate of the narrower link.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { group } from "d3-array";
import { type RsyncLink, rsyncSeconds, SESSION_DOWN, SESSION_UP } from "../model/rsync/session.ts";
import { type MeasuredShare, type Similarity, similarityFrom } from "../model/rsync/similarity.ts";
import { type RsyncTransfer, rsyncTransfer } from "../model/rsync/transfer.ts";
import type { Causes } from "../network/http/causes.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
import { isDone, type Row, readEach, readScenario, type Tell } from "./folder.ts";
import type { Case } from "./measure.ts";
import { type Pull, parallelPulls, pullOf } from "./parallel-pulls.ts";
import { PROCESS_START } from "./process-start.ts";
import { capOf, links, megabits, roundTripOf } from "./testbed.ts";

/**
 * Block lengths, in bytes, at which a pair's similarity is given; the nearest measured are taken.
 * They lie a factor of 16 apart in the middle of what rsync allows, 300 B to 128 KiB.
 */
const GIVEN_BLOCKS = [1024, 16_384] as const;

const scenario = links.extend({
  server_up_mbit: megabits,
  client_up_mbit: megabits,
  client_down_mbit: megabits,
});

/** A version of a file that was pulled where an older one was at hand. Bytes and seconds. */
interface Sync {
  readonly pair: string;
  /** The block length as it was asked for, which may be the default. */
  readonly asked: string;
  readonly block: number;
  readonly size: number;
  readonly basisSize: number;
  /** Share of the new version that was found in the old one. */
  readonly share: number;
  readonly measuredBytes: number | null;
  readonly measuredSeconds: number | null;
}

export interface RsyncCases {
  /** Bytes both ways, as rsync counts them, at block lengths other than the two given. */
  readonly bytes: readonly Case[];
  /** Seconds from the start of rsync to its end. Given are shares, so that every row is a case. */
  readonly time: readonly Case[];
}

export function rsyncCases(folder: string, causes?: Causes, tell: Tell = () => {}): RsyncCases {
  const link = linkOf(folder);
  const rows = readEach(folder, "outcomes.csv", rowOf, tell);
  const pairs = [
    ...group(
      rows.flatMap(({ sync }) => sync ?? []),
      ({ pair }) => pair,
    ).values(),
  ];
  const pulls = rows.flatMap(({ pull }) => pull ?? []);
  const name = basename(folder);
  return {
    bytes: link === null ? pairs.flatMap((pair) => bytesOf(name, pair)) : [],
    time: [
      ...parallelPulls(name, pulls, causes),
      ...(link === null ? [] : pairs.flatMap((pair) => timesOf(name, pair, link))),
    ],
  };
}

interface Read {
  readonly sync?: Sync;
  readonly pull?: Pull;
}

/** A row that ended well. Compression (`-z`) is not modelled, so rows with it do not count. */
function rowOf(row: Row): Read | null {
  if (!isDone(row) || (row.has("compress") && row.number("compress") !== 0)) return null;
  if (row.has("method"))
    return row.text("method").startsWith("rsync") ? { pull: pullOf(row) } : null;
  return { sync: syncOf(row) };
}

function syncOf(row: Row): Sync {
  const size = row.positive("new_bytes");
  const block = row.positive(row.has("block_used") ? "block_used" : "block");
  return {
    pair: row.text("pair"),
    asked: row.has("block") ? row.text("block") : String(block),
    block,
    size,
    basisSize: row.notNegative("old_bytes"),
    share: row.notNegative("matched") / size,
    measuredBytes: row.positiveOrNull("total_bytes"),
    measuredSeconds: row.positiveOrNull("wall_s"),
  };
}

function bytesOf(name: string, pair: readonly Sync[]): Case[] {
  const given = givenShares(pair);
  if (given.length < GIVEN_BLOCKS.length) return [];
  const similarity = similarityOf(given, pair[0].size);
  return pair.flatMap((sync) => {
    const { measuredBytes: measured, size, block, asked } = sync;
    if (measured === null || given.some((known) => known.block === block)) return [];
    const { upBytes, downBytes } = transferOf(sync, similarity);
    const scenario = `${name} ${sync.pair} block ${asked}`;
    return { scenario, simulated: upBytes + downBytes, measured, naive: size };
  });
}

function timesOf(name: string, pair: readonly Sync[], link: RsyncLink): Case[] {
  const similarity = similarityOf(givenShares(pair), pair[0].size);
  return pair.flatMap((sync) => {
    const { measuredSeconds: measured, size, asked } = sync;
    if (measured === null) return [];
    const simulated = rsyncSeconds(transferOf(sync, similarity), link, PROCESS_START);
    const naive = size / (link.down * WIRE_EFFICIENCY);
    return { scenario: `${name} ${sync.pair} block ${asked}`, simulated, measured, naive };
  });
}

function transferOf({ size, basisSize, block }: Sync, basis: Similarity): RsyncTransfer {
  const transfer = rsyncTransfer({ size, basisSize, basis, blockLength: block });
  transfer.upBytes += SESSION_UP;
  transfer.downBytes += SESSION_DOWN;
  return transfer;
}

function similarityOf([small, large]: readonly MeasuredShare[], size: number): Similarity {
  return large === undefined ? { ...small, index: 0 } : similarityFrom(small, large, size);
}

/** The shares measured at the block lengths that are nearest to the two, each once, in order. */
function givenShares(pair: readonly Sync[]): MeasuredShare[] {
  const shares = new Map<number, MeasuredShare>();
  for (const wanted of GIVEN_BLOCKS) {
    const distance = ({ block }: Sync) => Math.abs(Math.log(block / wanted));
    const nearest = pair.reduce((best, sync) => (distance(sync) < distance(best) ? sync : best));
    shares.set(nearest.block, { block: nearest.block, share: nearest.share });
  }
  return [...shares.values()].sort((a, b) => a.block - b.block);
}

/** The link of a scenario; null where it is not capped, or each row has caps of its own. */
function linkOf(folder: string): RsyncLink | null {
  if (!existsSync(join(folder, "scenario.json"))) return null;
  const spec = readScenario(folder, scenario);
  const rate = (cap: number | null | undefined) => capOf(cap)?.rate ?? Number.POSITIVE_INFINITY;
  const down = Math.min(rate(spec.server_up_mbit), rate(spec.client_down_mbit));
  if (down === Number.POSITIVE_INFINITY) return null;
  return { up: rate(spec.client_up_mbit), down, rtt: roundTripOf(spec) };
}
