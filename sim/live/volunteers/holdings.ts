import { ALL_FILES, type FileSet } from "../../coordinator/index.ts";
import { BitSet } from "./commands/bit-set.ts";
import type { Announce } from "./protocol/schemas.ts";
import type { ChangingCatalogue } from "./volunteer-host.ts";

/** Numbers of the files of the repository with these paths; calls `onUnknown` for each that is none. */
export function filesOf(
  paths: readonly string[],
  catalogue: Pick<ChangingCatalogue, "find">,
  onUnknown: () => void,
): number[] {
  return paths.flatMap((path) => {
    const file = catalogue.find(path);
    if (file >= 0) return [file];
    onUnknown();
    return [];
  });
}

/**
 * What a volunteer says that it holds, as a set of files; or why that cannot be told. What has changed
 * since the version that it names, it does not hold.
 */
export function heldFiles(
  holds: NonNullable<Announce["holds"]>,
  catalogue: ChangingCatalogue,
  onUnknown: () => void,
): FileSet | string {
  const { version, count } = catalogue;
  const { manifest = version } = holds;
  if (manifest > version) return `holds.manifest: expected at most ${version}; got ${manifest}`;
  const changed = manifest === version ? [] : catalogue.changedSince(manifest);
  if (changed === null) {
    return `holds.manifest: version ${manifest} is too old to tell what has changed since; tell paths`;
  }
  if ("paths" in holds) {
    const held = bitsOf(filesOf(holds.paths, catalogue, onUnknown));
    for (const file of changed) held.delete(file);
    return { bitmap: held.words };
  }
  const lacks = new Set(filesOf(holds.except ?? [], catalogue, onUnknown));
  for (const file of changed) lacks.add(file);
  // A bit for each file takes less from here on.
  if (lacks.size > count / 32) {
    const held = new BitSet();
    for (let file = 0; file < count; file++) if (!lacks.has(file)) held.add(file);
    return { bitmap: held.words };
  }
  return { below: count, except: [...lacks].sort((a, b) => a - b) };
}

/** The files below folders, as far as the repository has them now; `undefined` folders: all, for ever. */
export function coveredFiles(
  folders: readonly string[] | undefined,
  catalogue: Pick<ChangingCatalogue, "count" | "has" | "path">,
): FileSet {
  if (folders === undefined) return ALL_FILES;
  const starts = folders.map((folder) => folder.replace(/^\/+|\/+$/g, ""));
  const covered = new BitSet();
  for (let file = 0; starts.length > 0 && file < catalogue.count; file++) {
    if (!catalogue.has(file)) continue;
    const path = catalogue.path(file);
    if (starts.some((start) => start === "" || path.startsWith(`${start}/`))) covered.add(file);
  }
  return { bitmap: covered.words };
}

function bitsOf(files: readonly number[]): BitSet {
  const bits = new BitSet();
  for (const file of files) bits.add(file);
  return bits;
}
