import { Fingerprint } from "../../engine/fingerprint.ts";
import { isHard, type Moment } from "./moment.ts";

/**
 * Hashes of a run's moments: each of all up to it, so that the first that differs is found. They know
 * what the fingerprint knows.
 */
export interface Checkpoints {
  /** Moments from one hash to the next. */
  readonly every: number;
  /** The last is of the whole run. */
  readonly hashes: Uint32Array;
}

/** Takes moments in and tells each hash as it is due. */
export class Hasher {
  readonly #every: number;
  readonly #onHash: (hash: number) => void;
  readonly #chain = new Fingerprint();
  #count = 0;

  constructor(every: number, onHash: (hash: number) => void) {
    this.#every = every;
    this.#onHash = onHash;
  }

  add({ time, kind, subject, notes }: Moment): void {
    this.#chain.add(time);
    this.#chain.addText(kind);
    this.#chain.add(subject);
    for (const { what, value } of notes.filter(isHard)) {
      this.#chain.addText(what);
      this.#chain.add(value);
    }
    if (++this.#count % this.#every === 0) this.#tell();
  }

  /** Tells the hash of what came after the last. */
  end(): void {
    this.#tell();
  }

  #tell(): void {
    this.#onHash(Number.parseInt(this.#chain.toString().slice(0, 8), 16));
  }
}
