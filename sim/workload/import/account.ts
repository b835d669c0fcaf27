import type { Outcome } from "./outcome.ts";

/** How many bad lines are kept; all are counted. */
const MOST_KEPT = 1000;

/** How much is kept of a bad line. */
const MOST_CHARACTERS = 500;

export interface BadLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
  /** The line, cut if it is long; bytes as Latin-1. */
  readonly text: string;
}

/** What became of the lines of one file. `lines` is the sum of rows, ignored and bad ones. */
export interface Account {
  readonly path: string;
  readonly format: string;
  readonly lines: number;
  /** Lines that gave a row or completed one. */
  readonly rows: number;
  /** How many lines were ignored for each reason, by reason. */
  readonly ignored: ReadonlyMap<string, number>;
  readonly bad: number;
  /** The first bad ones, in order. */
  readonly badLines: readonly BadLine[];
}

/** Counts the lines of one file as they are read. */
export class Counter {
  readonly #ignored = new Map<string, number>();
  readonly #badLines: BadLine[] = [];
  #lines = 0;
  #rows = 0;
  #bad = 0;

  count(outcome: Outcome, bytes: Buffer, start: number, end: number): void {
    this.#lines++;
    if (outcome.kind === "row") this.#rows++;
    else if (outcome.kind === "ignored") {
      this.#ignored.set(outcome.reason, (this.#ignored.get(outcome.reason) ?? 0) + 1);
    } else this.#reject(outcome.reason, bytes, start, end);
  }

  account(path: string, format: string): Account {
    return {
      path,
      format,
      lines: this.#lines,
      rows: this.#rows,
      ignored: new Map([...this.#ignored].sort(([a], [b]) => (a < b ? -1 : 1))),
      bad: this.#bad,
      badLines: this.#badLines,
    };
  }

  #reject(reason: string, bytes: Buffer, start: number, end: number): void {
    this.#bad++;
    if (this.#badLines.length === MOST_KEPT) return;
    const text = bytes.toString("latin1", start, Math.min(end, start + MOST_CHARACTERS));
    this.#badLines.push({ line: this.#lines, reason, text });
  }
}
