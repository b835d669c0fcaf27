import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isJournal } from "../journal/replay-journal.ts";

/** A journal, and the snapshot that it follows, if there is a file of it. */
export interface JournalFile {
  readonly journal: string;
  readonly snapshot: string | undefined;
}

/**
 * The journals that a path names, in order: a file, or those in the state folder of a server or in its
 * folder `journal`. None where it is something else.
 */
export async function journalFiles(
  path: string,
  snapshot: string | undefined,
): Promise<JournalFile[]> {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) {
    return (await isJournal(path))
      ? [{ journal: path, snapshot: snapshot ?? snapshotBeside(path) }]
      : [];
  }
  const inner = join(path, "journal");
  const folder = existsSync(inner) && statSync(inner).isDirectory() ? inner : path;
  return readdirSync(folder)
    .filter((name) => ENDING.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(folder, name))
    .map((journal) => ({ journal, snapshot: snapshotBeside(journal) }));
}

const ENDING = /^\d+\.journal$/;

/** The snapshot with which a server begins a journal stands beside it. */
export function snapshotBeside(journal: string): string | undefined {
  const snapshot = journal.replace(/\.journal$/, ".snapshot");
  return snapshot !== journal && existsSync(snapshot) ? snapshot : undefined;
}
