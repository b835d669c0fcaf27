import { setTimeout as pause } from "node:timers/promises";

/** Bytes that are sent at a time: small, so that all who download share alike. */
const CHUNK = 16_384;

/** A line that carries so many bytes per second, for all who send over it together. */
export class Pace {
  readonly #rate: number;
  readonly #now: () => number;
  #free = 0;

  /** `now`: seconds, of any clock that never goes back. */
  constructor(rate: number, now: () => number = () => performance.now() / 1000) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Seconds until the line has carried that, too. */
  take(bytes: number): number {
    const now = this.#now();
    this.#free = Math.max(this.#free, now) + bytes / this.#rate;
    return this.#free - now;
  }

  /** The bytes in pieces, each when the line has carried it. */
  async *carry(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const piece = bytes.subarray(at, at + CHUNK);
      await pause(1000 * this.take(piece.length));
      yield piece;
    }
  }
}
