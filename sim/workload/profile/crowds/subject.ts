import type { AccessTrace } from "../../trace/trace.ts";
import type { Releases } from "../releases.ts";
import { releaseName } from "./release-name.ts";

const DAY = 86_400;
/** A subject explains a crowd if so much of its requests beyond the usual are for it. */
const EXPLAINS = 0.25;

/** What a crowd comes for. */
export interface Subject {
  readonly kind: "release" | "package" | "file";
  readonly name: string;
  /** Share of the requests beyond those of the day before that are for it. */
  readonly share: number;
}

/**
 * What drew a crowd: the release, else the package, else the file that most of the additional
 * requests are for, if they are at least a quarter. Additional are those beyond what the day before
 * the start would give for the same time.
 */
export function subjectOf(
  trace: AccessTrace,
  { start, end }: { readonly start: number; readonly end: number },
  { releases, releaseOf }: Releases,
): Subject | null {
  const { packageOf, packages, files } = trace.catalogue;
  const before = Math.min(DAY, start);
  const usual = before === 0 ? 0 : (end - start) / before;
  const gains = new Float64Array(files);
  const during = addRows(trace, start, end, gains, 1);
  const all = during - usual * addRows(trace, start - before, start, gains, -usual);
  if (!(all > 0)) return null;

  const choices: readonly Choice[] = [
    { kind: "release", groupOf: releaseOf, nameOf: (at) => releaseName(releases[at - 1]) },
    { kind: "package", groupOf: fromOne(packageOf), nameOf: (at) => packages.at(at - 1) },
    { kind: "file", groupOf: fromOne(gains.keys()), nameOf: (at) => trace.catalogue.path(at - 1) },
  ];
  for (const { kind, groupOf, nameOf } of choices) {
    const { group, gain } = bestOf(groupOf, gains);
    const share = Math.min(1, gain / all);
    const name = group === 0 ? "" : nameOf(group);
    if (share >= EXPLAINS && name !== "") return { kind, name, share };
  }
  return null;
}

/** A way to group files: group numbers by file, from 1 on. */
interface Choice {
  readonly kind: Subject["kind"];
  readonly groupOf: Uint32Array;
  readonly nameOf: (group: number) => string;
}

function fromOne(numbers: Iterable<number>): Uint32Array {
  return Uint32Array.from(numbers, (number) => number + 1);
}

/** Adds `weight` to each file for each of its requests from `from` to below `to`; returns how many. */
function addRows(
  { requests: { time, file, requests } }: AccessTrace,
  from: number,
  to: number,
  gains: Float64Array,
  weight: number,
): number {
  const first = rowAt(time, requests, from);
  const end = rowAt(time, requests, to);
  for (let row = first; row < end; row++) gains[file[row]] += weight;
  return end - first;
}

/** The first row at or after a time. */
function rowAt(time: Float64Array, rows: number, at: number): number {
  let [low, high] = [0, rows];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The group of files, numbered from 1 on, that gained most; files of group 0 are in none. */
function bestOf(groupOf: ArrayLike<number>, gains: Float64Array) {
  const sums = new Map<number, number>();
  for (let file = 0; file < groupOf.length; file++) {
    const group = groupOf[file];
    if (group > 0 && gains[file] !== 0) sums.set(group, (sums.get(group) ?? 0) + gains[file]);
  }
  let best = { group: 0, gain: 0 };
  for (const [group, gain] of sums) if (gain > best.gain) best = { group, gain };
  return best;
}
