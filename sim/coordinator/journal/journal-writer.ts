import { crc32OfText } from "./crc32.ts";
import { type JournalHead, journalHeader } from "./header.ts";
import { type JournalRecord, recordJson } from "./records.ts";

/**
 * Writes a journal: a line of ASCII for each record, with its CRC-32, its number and JSON in between
 * blanks. What becomes of the lines is the host's business. One that it loses is noticed by its number.
 */
export class JournalWriter {
  readonly #write: (line: string) => void;
  #lines: number;

  /** `lines`: those that stand there already, where a journal is gone on with. */
  constructor(write: (line: string) => void, lines = 0) {
    this.#write = write;
    this.#lines = lines;
  }

  get lines(): number {
    return this.#lines;
  }

  begin(head: JournalHead): void {
    this.write(journalHeader(head));
  }

  write(record: JournalRecord): void {
    const line = `${++this.#lines} ${recordJson(record)}`;
    this.#write(`${hexOf(crc32OfText(line))} ${line}\n`);
  }
}

export function hexOf(sum: number): string {
  return sum.toString(16).padStart(8, "0");
}
