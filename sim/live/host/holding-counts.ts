import type { Coordinator } from "../../coordinator/index.ts";

/** Files that are looked at in one go: about 2 ms with forty volunteers. */
const SLICE = 20_000;

/**
 * How many files each volunteer holds, and how many of its copies were compared. To count millions at once
 * would have customers wait: a few are counted at a time, and each round gives the figures until the next.
 */
export class HoldingCounts {
  readonly #coordinator: Coordinator;
  #files = new Uint32Array(32);
  #verified = new Uint32Array(32);
  #nextFiles = new Uint32Array(32);
  #nextVerified = new Uint32Array(32);
  #at = 0;

  constructor(coordinator: Coordinator) {
    this.#coordinator = coordinator;
  }

  files(volunteer: number): number {
    return this.#files[volunteer] ?? 0;
  }

  verified(volunteer: number): number {
    return this.#verified[volunteer] ?? 0;
  }

  /** Counts some more; `files` is how many numbers there are. */
  step(files: number): void {
    const room = 32 * Math.ceil(this.#coordinator.survey.volunteers / 32);
    if (this.#nextFiles.length < room) this.#restart(room);
    const to = Math.min(files, this.#at + SLICE);
    this.#coordinator.survey.countHoldings(this.#at, to, this.#nextFiles, this.#nextVerified);
    this.#at = to;
    if (to < files) return;
    [this.#files, this.#nextFiles] = [this.#nextFiles, this.#files];
    [this.#verified, this.#nextVerified] = [this.#nextVerified, this.#verified];
    this.#restart(room);
  }

  #restart(room: number): void {
    this.#nextFiles = new Uint32Array(Math.max(32, room));
    this.#nextVerified = new Uint32Array(Math.max(32, room));
    this.#at = 0;
  }
}
