import { secondsOf } from "./common-time.ts";

/** Bytes of a time like `17/May/2015:08:05:32 +0000`. */
export const TIME_LENGTH = 26;

/** Where the time of day is in it, and what follows. */
const HOUR = 12;
const MINUTE = 15;
const SECOND = 18;
const ZONE = 20;

const ZERO = 0x30;
const COLON = 0x3a;

/**
 * Reads times from bytes as `secondsOf` does from text. Lines that follow each other mostly share
 * date and zone, which are worked out once.
 */
export class CommonClock {
  /** The last time whose date and zone were worked out. */
  readonly #known = new Uint8Array(TIME_LENGTH);
  /** Seconds since 1970 of that date's midnight in that zone. */
  #midnight = Number.NaN;

  /** Seconds since 1970; NaN where `bytes` has no time at `start`. */
  seconds(bytes: Uint8Array, start: number): number {
    const hour = twoDigits(bytes, start + HOUR);
    const minute = twoDigits(bytes, start + MINUTE);
    const second = twoDigits(bytes, start + SECOND);
    const isTime =
      hour < 24 &&
      minute < 60 &&
      second < 61 &&
      bytes[start + MINUTE - 1] === COLON &&
      bytes[start + SECOND - 1] === COLON;
    if (!isTime) return Number.NaN;
    if (!this.#isKnown(bytes, start)) this.#learn(bytes, start);
    return this.#midnight + hour * 3600 + minute * 60 + second;
  }

  /** Whether date and zone are those of the last time. */
  #isKnown(bytes: Uint8Array, start: number): boolean {
    const known = this.#known;
    for (let at = 0; at < HOUR; at++) if (bytes[start + at] !== known[at]) return false;
    for (let at = ZONE; at < TIME_LENGTH; at++) if (bytes[start + at] !== known[at]) return false;
    return true;
  }

  #learn(bytes: Uint8Array, start: number): void {
    const time = bytes.subarray(start, start + TIME_LENGTH);
    this.#known.set(time);
    const text = Buffer.from(time).toString("latin1");
    this.#midnight = secondsOf(`${text.slice(0, HOUR)}00:00:00${text.slice(ZONE)}`);
  }
}

/** The number that two digits make, or something above 99. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - ZERO;
  const ones = bytes[at + 1] - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}
