import type { Actions } from "./actions.ts";
import { refill } from "./columns.ts";

/**
 * When the server asks each volunteer for a few bytes and takes the time, as redirectors check the
 * health of their mirrors: at intervals, which begin spread over the first.
 */
export class Probing {
  readonly #interval: number;
  readonly #actions: Actions;
  readonly #due: number[] = [];
  #next = Number.POSITIVE_INFINITY;

  /** `interval`: seconds between two probes of a volunteer; `Infinity` for none. */
  constructor(interval: number, actions: Actions) {
    this.#interval = interval;
    this.#actions = actions;
  }

  get next(): number {
    return this.#next;
  }

  register(volunteer: number, now: number): void {
    if (this.#interval === Number.POSITIVE_INFINITY || this.#due[volunteer] !== undefined) return;
    // The golden ratio spreads any number of volunteers evenly.
    const phase = ((volunteer + 0.5) * GOLDEN) % 1;
    this.#due[volunteer] = now + this.#interval * phase;
    this.#next = Math.min(this.#next, this.#due[volunteer]);
  }

  tick(now: number): void {
    if (this.#next > now) return;
    this.#next = Number.POSITIVE_INFINITY;
    for (const [volunteer, due] of this.#due.entries()) {
      if (due <= now) {
        this.#actions.add("probe", volunteer, 0);
        this.#due[volunteer] = due + this.#interval;
        while (this.#due[volunteer] <= now) this.#due[volunteer] += this.#interval;
      }
      this.#next = Math.min(this.#next, this.#due[volunteer]);
    }
  }

  save() {
    return { due: [...this.#due] };
  }

  load({ due }: ReturnType<Probing["save"]>): void {
    refill(this.#due, due);
    this.#next = due.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  }
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
