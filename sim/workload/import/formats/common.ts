import { LONGEST_LINE } from "../input/lines.ts";
import { type LineParser, type LogFormat, TOO_LONG } from "../log-format.ts";
import { ignoredStatus, isDelivered, NO_BYTES, type Outcome, ROW } from "../outcome.ts";
import type { AccessRows } from "../tables/access-rows.ts";
import { CommonClock, TIME_LENGTH } from "./common-clock.ts";
import { parseCommon } from "./common-line.ts";
import { TargetTable } from "./target-table.ts";

export const common: LogFormat = {
  name: "common",
  summary: "Common or Combined Log Format of Apache, nginx and others",
  gives: "access",
  access: (rows) => new CommonParser(rows),
};

const SPACE = 0x20;
const QUOTE = 0x22;
const SLASH = 0x2f;
const ZERO = 0x30;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const DELETE = 0x7f;

/** Up to this many digits a number of bytes cannot be too large. */
const SAFE_DIGITS = 15;

/**
 * Reads the lines that almost all are, straight from their bytes: a GET of a plain path. Any other
 * line is left to `parseCommon`, which is the specification: tests hold one against the other.
 */
class CommonParser implements LineParser {
  readonly #rows: AccessRows;
  readonly #clock = new CommonClock();
  readonly #targets: TargetTable;

  constructor(rows: AccessRows) {
    this.#rows = rows;
    this.#targets = new TargetTable(rows.files.paths);
  }

  line(bytes: Buffer, start: number, end: number): Outcome {
    if (end - start > LONGEST_LINE) return TOO_LONG;
    const hostEnd = asciiEnd(bytes, start, end);
    const open = openingBracket(bytes, hostEnd, end);
    const quote = open + TIME_LENGTH + 3;
    const isShaped =
      hostEnd > start &&
      open > hostEnd &&
      quote + 6 < end &&
      bytes[open - 1] === SPACE &&
      bytes[quote - 2] === CLOSE &&
      bytes[quote - 1] === SPACE &&
      bytes[quote] === QUOTE &&
      isGet(bytes, quote + 1);
    if (!isShaped) return this.#unusual(bytes, start, end);
    return this.#get(bytes, start, end, hostEnd, open + 1, quote + 5);
  }

  /** A line whose host ends at `hostEnd`, with a time at `time` and a target at `target`. */
  #get(
    bytes: Buffer,
    start: number,
    end: number,
    hostEnd: number,
    time: number,
    target: number,
  ): Outcome {
    const targetEnd = bytes.indexOf(SPACE, target);
    const requestEnd = targetEnd < end ? protocolEnd(bytes, targetEnd, end) : -1;
    const status = statusAt(bytes, requestEnd, end);
    const bytesEnd = digitsEnd(bytes, requestEnd + 6, end);
    const sent = status < 0 ? -1 : countAt(bytes, requestEnd + 6, bytesEnd, end);
    const seconds = sent < 0 ? Number.NaN : this.#clock.seconds(bytes, time);
    if (Number.isNaN(seconds)) return this.#unusual(bytes, start, end);
    const known = this.#targets.number(bytes, target, targetEnd);
    if (known < 0) return this.#unusual(bytes, start, end);
    if (!isDelivered(status)) return ignoredStatus(status);
    if (sent === 0) return NO_BYTES;
    const rows = this.#rows;
    const customer = rows.customers.number(bytes, start, hostEnd);
    rows.add(seconds, customer, this.#targets.file(known), sent, status);
    return ROW;
  }

  #unusual(bytes: Buffer, start: number, end: number): Outcome {
    const line = parseCommon(bytes.toString("latin1", start, end));
    if (line.kind !== "download") return line;
    const rows = this.#rows;
    const customer = rows.customers.numberOf(line.host);
    const file = rows.files.paths.numberOf(line.path);
    rows.add(line.time, customer, file, line.bytes, line.status);
    return ROW;
  }
}

/** Where the ASCII characters before the first space end; `start` where there are others. */
function asciiEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] === SPACE) return at;
    if (bytes[at] > DELETE) return start;
  }
  return start;
}

/** Not `indexOf`, which would look beyond the line. */
function openingBracket(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === OPEN) return at;
  return -1;
}

function isGet(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0x47 &&
    bytes[at + 1] === 0x45 &&
    bytes[at + 2] === 0x54 &&
    bytes[at + 3] === SPACE
  );
}

/** Position of the quote after ` HTTP/` and a version, which begins at `start`; -1 where there is none. */
function protocolEnd(bytes: Uint8Array, start: number, end: number): number {
  if (start < 0 || bytes[start + 1] !== 0x48 || bytes[start + 2] !== 0x54) return -1;
  if (bytes[start + 3] !== 0x54 || bytes[start + 4] !== 0x50 || bytes[start + 5] !== SLASH)
    return -1;
  for (let at = start + 6; at < end; at++) {
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] === SPACE || bytes[at] === BACKSLASH) return -1;
  }
  return -1;
}

/** The three digits between spaces after the request's closing quote; -1 where there are none. */
function statusAt(bytes: Uint8Array, quote: number, end: number): number {
  if (quote < 0 || quote + 6 >= end) return -1;
  if (bytes[quote + 1] !== SPACE || bytes[quote + 5] !== SPACE) return -1;
  if (digitsEnd(bytes, quote + 2, quote + 5) !== quote + 5) return -1;
  return numberAt(bytes, quote + 2, quote + 5);
}

/** The digits from `start` to before `digits`, which end the line or are followed by a space. */
function countAt(bytes: Uint8Array, start: number, digits: number, end: number): number {
  const isEnded = digits === end || bytes[digits] === SPACE;
  if (digits === start || digits - start > SAFE_DIGITS || !isEnded) return -1;
  return numberAt(bytes, start, digits);
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] >= ZERO && bytes[at] <= ZERO + 9) at++;
  return at;
}

function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) number = number * 10 + bytes[at] - ZERO;
  return number;
}
