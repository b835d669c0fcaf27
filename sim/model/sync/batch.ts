import type { RsyncBytes } from "../rsync/session.ts";
import { fromServer, type Plan, toServer, type Wanted } from "./plan.ts";

/** Bytes of a file that are complete when `moved` of the `bytes` that bring it have come. */
export type KeptOf = (file: Wanted, moved: number, bytes: number) => number;

/**
 * Files that follow each other and come in one go: first all that goes up for them, then all that
 * comes down. It stands for tools that ask for the next file before the last has come, and it saves
 * an event for each file of a large repository. A file counts as there when the whole batch is, or, of
 * a batch that breaks off, when as many bytes have come as end with it.
 */
export class Batch {
  readonly #volunteer: number;
  readonly #keptOf: KeptOf;
  readonly #files: Wanted[] = [];
  /** By file: the bytes that come down for it, and for all until it. */
  readonly #down: number[] = [];
  readonly #ends: number[] = [];
  #upBytes = 0;
  #downBytes = 0;

  /** `kept` tells what is complete of a file when `moved` of its `bytes` have come. */
  constructor(volunteer: number, kept: KeptOf) {
    this.#volunteer = volunteer;
    this.#keptOf = kept;
  }

  add(file: Wanted, { upBytes, downBytes }: RsyncBytes): void {
    this.#upBytes += upBytes;
    this.#downBytes += downBytes;
    this.#files.push(file);
    this.#down.push(downBytes);
    this.#ends.push(this.#downBytes);
  }

  plan(): Plan {
    const up = [toServer(this.#volunteer, this.#upBytes)];
    const down = [fromServer(this.#volunteer, this.#downBytes)];
    return {
      stages: this.#upBytes > 0 ? [up, down] : [down],
      chunk: this.#files[0].chunk,
      kept: (moved) => this.#kept(moved),
      behind: null,
      batch: { files: this.#files.length, whole: (moved) => this.#whole(moved) },
    };
  }

  #whole(moved: number): number {
    const complete = this.#ends.findIndex((end) => end > moved);
    return complete < 0 ? this.#files.length : complete;
  }

  /** Bytes that are complete of the first file that is not. */
  #kept(moved: number): number {
    const first = this.#whole(moved);
    if (first === this.#files.length) return 0;
    const came = moved - (first === 0 ? 0 : this.#ends[first - 1]);
    return this.#keptOf(this.#files[first], came, this.#down[first]);
  }
}
