import { type Stream, streams } from "../../engine/random.ts";
import type { SyncTrace } from "../trace/trace.ts";
import type { SyncRecipe } from "./recipe.ts";
import { syncAtScale } from "./scale.ts";
import { type DayHours, dayHours } from "./sync/day-hours.ts";
import { type EdgeNode, fleetOf } from "./sync/fleet.ts";

const DAY = 86_400;

/**
 * Makes the recipe's synchronisations, one a day and node unless the one before still runs.
 *
 * What is new on each day follows from the hours of the traced node, the first, and its link. Every
 * other complete mirror receives as much over its own link. A partial one receives its share, and
 * the one large release either wholly or not at all, with that share as the chance. A walk through
 * the list of files takes as long as the mirror is complete.
 *
 * Streams: "synth/days", "synth/fleet" and "synth/partial".
 *
 * @throws InputError when the recipe's numbers contradict each other.
 */
export function synthesizeSyncs(recipe: SyncRecipe): SyncTrace {
  const scaled = syncAtScale(recipe);
  const named = streams(recipe.seed);
  const hours = dayHours(scaled, named("synth/days"));
  const nodes = fleetOf(scaled, named("synth/fleet"));
  const partial = named("synth/partial");
  const rows = nodes
    .flatMap((edge, node) =>
      nodeRows(edge, newBytes(edge, hours, scaled.link, partial), hours.walk).map((row) => ({
        ...row,
        node,
      })),
    )
    .sort((a, b) => a.time - b.time || a.node - b.node);
  const meanSize = scaled.fileSize;
  return {
    kind: "sync",
    syncs: rows.length,
    time: Float64Array.from(rows, ({ time }) => time),
    node: Uint32Array.from(rows, ({ node }) => node),
    files: Uint32Array.from(rows, ({ bytes }) => Math.ceil(bytes / meanSize)),
    bytes: Float64Array.from(rows, ({ bytes }) => bytes),
    duration: Float64Array.from(rows, ({ duration }) => duration),
    nodes: { length: nodes.length, at: (node) => nodes[node].name },
    window: recipe.window,
    epoch: null,
  };
}

/** Bytes that are new for a node, by day. */
function newBytes(
  { coverage }: EdgeNode,
  { walk, total, peak }: DayHours,
  link: number,
  random: Stream,
): readonly number[] {
  const hasPeak = random() < coverage;
  return Array.from(total, (seconds, day) => {
    const share = day === peak ? Number(hasPeak) : coverage;
    return Math.round(share * (seconds - walk) * link);
  });
}

/** A node's synchronisations: what is new waits while one runs. */
function nodeRows({ coverage, link, start }: EdgeNode, news: readonly number[], walk: number) {
  const rows: { time: number; bytes: number; duration: number }[] = [];
  let [busyUntil, waiting] = [0, 0];
  for (const [day, bytes] of news.entries()) {
    waiting += bytes;
    const time = day * DAY + start;
    if (time < busyUntil) continue;
    const duration = coverage * walk + waiting / link;
    rows.push({ time, bytes: waiting, duration });
    busyUntil = time + duration;
    waiting = 0;
  }
  return rows;
}
