import type { FileTable } from "./tables/file-table.ts";

/** How many files of a log were found in a catalogue. */
export interface Joined {
  readonly found: number;
  readonly notFound: number;
}

/**
 * Tells the files of a log what a catalogue says of them, and adds the files that nobody asked for.
 *
 * A catalogue's paths begin at the repository's own root, a log's at the server's: a file is found
 * where its path, or the rest of it after some of its folders, is in the catalogue. The longest such
 * rest counts.
 */
export function joinCatalogue(files: FileTable, catalogue: FileTable): Joined {
  const isUsed = new Uint8Array(catalogue.length);
  const asked = files.length;
  let found = 0;
  for (let file = 0; file < asked; file++) {
    const listed = findBySuffix(catalogue, files.paths.at(file));
    if (listed < 0) continue;
    files.state(file, catalogue.facts(listed));
    isUsed[listed] = 1;
    found++;
  }
  for (let listed = 0; listed < catalogue.length; listed++) {
    if (isUsed[listed] === 1) continue;
    files.state(files.paths.numberOf(catalogue.paths.at(listed)), catalogue.facts(listed));
  }
  return { found, notFound: asked - found };
}

/** A path has fewer folders than this, or is not looked for. */
const MOST_FOLDERS = 64;

function findBySuffix(catalogue: FileTable, path: string): number {
  let start = 0;
  for (let folders = 0; folders < MOST_FOLDERS; folders++) {
    const listed = catalogue.paths.find(path.slice(start));
    if (listed >= 0) return listed;
    start = path.indexOf("/", start) + 1;
    if (start === 0) return -1;
  }
  return -1;
}
