import { crc32OfText } from "./crc32.ts";
import { JOURNAL_VERSION } from "./header.ts";
import { hexOf } from "./journal-writer.ts";
import { type JournalRecord, recordOf } from "./records.ts";

/** Characters of a line: far more than a bitmap of a hundred million files. */
const LONGEST_LINE = 67_108_864;

/** How a journal ended. */
export interface JournalEnding {
  /** Lines that are whole. */
  readonly lines: number;
  /** Bytes that they take: what to cut a torn journal to before it is gone on with. */
  readonly bytes: number;
  /** Where it is torn, and what is wrong there; null for an end between two lines. */
  readonly torn: { readonly line: number; readonly problem: string } | null;
}

/** What is wrong in the middle of a journal, or not written by this version. */
export class JournalError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`${line}: ${problem}`);
    this.line = line;
  }
}

/**
 * Reads a journal that comes in pieces. A program that dies, or a disk that fills, tears off its end:
 * lines that are not whole, with no whole one behind them. Anything else that is wrong is an error.
 */
export class JournalReader {
  #rest = "";
  /** Lines so far, broken ones too. */
  #seen = 0;
  #lines = 0;
  #bytes = 0;
  #torn: JournalEnding["torn"] = null;

  /** Number of the record that was read last. */
  get line(): number {
    return this.#lines;
  }

  /**
   * The records that this piece completes, in order; all of them are to be taken before the next piece.
   *
   * @throws JournalError
   */
  *read(piece: string): Generator<JournalRecord, void, undefined> {
    const text = this.#rest + piece;
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      const record = this.#lineOf(text.slice(start, end));
      start = end + 1;
      if (record !== null) yield record;
    }
    this.#rest = text.slice(start);
    if (this.#rest.length > LONGEST_LINE) {
      throw new JournalError(this.#seen + 1, `expected a line of less than ${LONGEST_LINE} bytes`);
    }
  }

  /** There are no more pieces. */
  end(): JournalEnding {
    if (this.#rest !== "") this.#torn ??= { line: this.#seen + 1, problem: "the line has no end" };
    return { lines: this.#lines, bytes: this.#bytes, torn: this.#torn };
  }

  #lineOf(line: string): JournalRecord | null {
    this.#seen++;
    const found = line.slice(0, CHECKSUM);
    const expected = hexOf(crc32OfText(line, CHECKSUM + 1));
    if (found !== expected || line[CHECKSUM] !== " ") {
      this.#torn ??= { line: this.#seen, problem: `expected checksum ${expected}; got ${found}` };
      return null;
    }
    if (this.#torn !== null) throw new JournalError(this.#torn.line, this.#torn.problem);
    const [, number, json] = NUMBERED.exec(line) ?? [];
    if (Number(number) !== this.#seen) this.#fail(`expected line ${this.#seen}; got ${number}`);
    this.#lines++;
    this.#bytes += line.length + 1;
    return this.#recordOf(json);
  }

  #recordOf(json: string): JournalRecord {
    let record: JournalRecord;
    try {
      const plain: unknown = JSON.parse(json);
      if (this.#lines === 1) checkVersion(plain);
      record = recordOf(plain);
    } catch (error) {
      return this.#fail((error as Error).message);
    }
    const isHeader = record.kind === "began";
    if (isHeader !== (this.#lines === 1)) this.#fail("expected the header first, and only there");
    return record;
  }

  #fail(problem: string): never {
    throw new JournalError(this.#seen, problem);
  }
}

/** Hexadecimal digits. */
const CHECKSUM = 8;
const NUMBERED = /^.{8} (\d+) (.*)$/;

function checkVersion(plain: unknown): void {
  const [letter, version] = Array.isArray(plain) ? plain : [];
  if (letter === "J" && version !== JOURNAL_VERSION) {
    throw new RangeError(
      `unknown version of the journal: ${JSON.stringify(version)}; known: ${JOURNAL_VERSION}`,
    );
  }
}
