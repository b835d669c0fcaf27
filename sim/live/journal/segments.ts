import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { type JournalEnding, JournalReader, type JournalRecord } from "../../coordinator/index.ts";

/** The files of one stretch of a journal: a snapshot, and what was told after it. */
export interface SegmentFiles {
  /** From 1 on; it grows. */
  readonly number: number;
  readonly journal: string;
  /** Is written while the journal is already being written, and may be missing or damaged. */
  readonly snapshot: string;
}

export function segmentFiles(folder: string, number: number): SegmentFiles {
  const name = join(folder, String(number).padStart(DIGITS, "0"));
  return { number, journal: `${name}.journal`, snapshot: `${name}.snapshot` };
}

/** All that have a journal or a snapshot in the folder, in order; none where there is no folder. */
export function segmentsIn(folder: string): SegmentFiles[] {
  const numbers = new Set(
    namesIn(folder).flatMap((name) => {
      const digits = NAME.exec(name)?.[1];
      return digits === undefined ? [] : [Number(digits)];
    }),
  );
  return [...numbers].sort((a, b) => a - b).map((number) => segmentFiles(folder, number));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const DIGITS = 6;
const NAME = /^(\d{6,})\.(?:journal|snapshot)$/;

/**
 * The records of a journal that is not packed, in order, and at last how it ends.
 *
 * @throws JournalError where it is damaged.
 */
export function* recordsIn(path: string): Generator<JournalRecord, JournalEnding, undefined> {
  const reader = new JournalReader();
  const piece = Buffer.allocUnsafe(PIECE);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      yield* reader.read(piece.toString("latin1", 0, read));
    }
  } finally {
    closeSync(file);
  }
  return reader.end();
}

/** Bytes that are read at once. */
const PIECE = 262_144;
