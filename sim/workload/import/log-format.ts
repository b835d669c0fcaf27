import { LONGEST_LINE } from "./input/lines.ts";
import { BLANK, bad, type Outcome } from "./outcome.ts";
import type { AccessRows } from "./tables/access-rows.ts";
import type { SyncRows } from "./tables/sync-rows.ts";
import { utf8Of } from "./text/utf8.ts";

/** A format of logs: one file each in `formats/`, one entry in `formats.ts`. */
export interface LogFormat {
  readonly name: string;
  /** Half a sentence for `--help`. */
  readonly summary: string;
  /** What is made of it unless `--as` says otherwise. */
  readonly gives: "access" | "sync";
  /** Reads downloads from it. */
  readonly access?: (rows: AccessRows) => LineParser;
  /** Reads synchronisations from it. */
  readonly sync?: (rows: SyncRows) => LineParser;
}

/**
 * Reads lines one by one and adds the rows they give. It may keep what lines before said; all files
 * of a format, in order of time, go through one parser.
 */
export interface LineParser {
  /** Takes the line in `bytes` from `start` to before `end`, without its own end. */
  line(bytes: Buffer, start: number, end: number): Outcome;
  /** After the last line: adds rows that no line completed. */
  finish?(): void;
}

/**
 * A parser of lines as Latin-1 text, a character a byte, for formats that need no more speed.
 * Blank lines and overlong ones do not reach it.
 */
export function latin1Parser(parse: (line: string) => Outcome, finish?: () => void): LineParser {
  return {
    line: (bytes, start, end) => {
      if (end === start) return BLANK;
      if (end - start > LONGEST_LINE) return TOO_LONG;
      return parse(bytes.toString("latin1", start, end));
    },
    ...(finish === undefined ? {} : { finish }),
  };
}

/** As `latin1Parser`, for formats that are UTF-8 throughout. */
export function utf8Parser(parse: (line: string) => Outcome, finish?: () => void): LineParser {
  return latin1Parser((line) => parse(utf8Of(line)), finish);
}

export const TOO_LONG = bad(`expected a line of at most ${LONGEST_LINE} bytes; got a longer one`);
