import { InputError } from "../engine/input-error.ts";
import type { Stream } from "../engine/random.ts";
import { kindOf } from "./trace/file-kind.ts";
import type { Catalogue, FileChanges, Workload } from "./workload.ts";

/** Which files get other bytes under the same name, and when. Seconds from the start of the window. */
export interface ChangeRecipe {
  /** Ends of the paths of those files; null where they are not told by their paths. */
  readonly match: readonly string[] | null;
  /** Share of all files, each drawn by itself; null where they are not drawn. */
  readonly share: number | null;
  /** The first change; null where the workload has a time for it. */
  readonly first: number | null;
  /** Time between two changes; null for one alone. */
  readonly every: number | null;
}

/** Files that change together. */
export interface Round {
  readonly time: number;
  readonly files: readonly number[];
}

/** Below a folder of hashes, or of editions as generated traces have them. */
const NAMES_ITS_BYTES = /(^|\/)(by-hash|repodata\/\d+)\//;

/** More than this in a window is taken for a mistake in a unit. */
const MOST_CHANGES = 1_000_000;

/**
 * The workload with changes by a recipe, for each replication's chance ("workload/changes").
 *
 * @throws InputError when no file is as the recipe says, or changes are too many.
 */
export function withChanges(
  workload: Workload,
  recipe: ChangeRecipe | undefined,
): (streams: (name: string) => Stream) => Workload {
  if (recipe === undefined) return () => workload;
  const { catalogue, window } = workload;
  const first = recipe.first ?? recipe.every ?? Number.POSITIVE_INFINITY;
  const filesOf = changingFiles(recipe, catalogue);
  return (streams) => {
    const files = filesOf(streams("workload/changes"));
    const changes = fileChanges(roundsOf(recipe, { first, window, files }), catalogue);
    return { ...workload, changes };
  };
}

/**
 * How the files are found that a recipe means: by their paths, which are read here and now, or by a
 * draw of its own for each file, so that a larger share has the files of a smaller one. With neither
 * they are the indexes. A path that names what it holds never has other bytes: no such file is meant.
 *
 * @throws InputError when no path is as the recipe says.
 */
export function changingFiles(
  { match, share }: Pick<ChangeRecipe, "match" | "share">,
  { files, path }: Pick<Catalogue, "files" | "path">,
): (random: Stream) => readonly number[] {
  const mayChange = (file: number) => !NAMES_ITS_BYTES.test(path(file));
  const rows = Array.from({ length: files }, (_, file) => file);
  if (share !== null) {
    return (random) => rows.filter((file) => random() < share && mayChange(file));
  }
  const isMeant =
    match === null
      ? (name: string) => kindOf(name) === "index"
      : (name: string) => match.some((end) => name.endsWith(end));
  const meant = rows.filter((file) => isMeant(path(file)) && mayChange(file));
  if (meant.length === 0) {
    const what = match === null ? "index files" : `paths that end with ${match.join(" or ")}`;
    throw new InputError([`workload.changes: expected ${what}; got none among ${files} files`]);
  }
  return () => meant;
}

/**
 * The changes of the files by a recipe, within the window.
 *
 * @throws InputError when there are too many.
 */
export function roundsOf(
  { every }: Pick<ChangeRecipe, "every">,
  { first, window, files }: { first: number; window: number; files: readonly number[] },
): readonly Round[] {
  if (first >= window) return [];
  const rounds = every === null ? 1 : Math.ceil((window - first) / every);
  if (rounds * files.length > MOST_CHANGES) {
    throw new InputError([
      `workload.changes: expected at most ${MOST_CHANGES} changes; got ${rounds} of each of ` +
        `${files.length} files`,
    ]);
  }
  return Array.from({ length: rounds }, (_, round) => ({
    time: first + round * (every ?? 0),
    files,
  })).filter(({ time }) => time < window); // A quotient may be rounded up.
}

/** Rounds as columns. A file changes once at a time, and not before it has been released. */
export function fileChanges(
  rounds: readonly Round[],
  { release }: Pick<Catalogue, "release">,
): FileChanges {
  const at = new Map<number, Set<number>>();
  for (const { time, files } of rounds) {
    const together = at.get(time) ?? new Set();
    for (const file of files) if (time > release[file]) together.add(file);
    at.set(time, together);
  }
  const inOrder = [...at].sort(([a], [b]) => a - b);
  const count = inOrder.reduce((sum, [, files]) => sum + files.size, 0);
  const changes = { count, time: new Float64Array(count), file: new Uint32Array(count) };
  let row = 0;
  for (const [time, files] of inOrder) {
    for (const file of [...files].sort((a, b) => a - b)) {
      changes.time[row] = time;
      changes.file[row++] = file;
    }
  }
  return changes;
}
