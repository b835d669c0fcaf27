import type { LatencyFacts } from "../policies/index.ts";

/** Probes that latency is told by: the last sixteen. */
const WINDOW = 16;

/** Seconds to the first bytes, over the last probes. */
export class Latency implements LatencyFacts {
  #last: number[] = [];
  #mean = 0;
  #deviation = 0;
  #median = 0;

  get samples(): number {
    return this.#last.length;
  }
  get last(): number {
    return this.#last.at(-1) ?? 0;
  }
  get mean(): number {
    return this.#mean;
  }
  get deviation(): number {
    return this.#deviation;
  }
  get median(): number {
    return this.#median;
  }

  add(seconds: number): void {
    this.#last.push(seconds);
    this.load(this.#last.slice(-WINDOW));
  }

  save(): readonly number[] {
    return [...this.#last];
  }

  load(last: readonly number[]): void {
    const { length } = last;
    const average = (of: (value: number) => number) =>
      length === 0 ? 0 : last.reduce((sum, value) => sum + of(value), 0) / length;
    this.#last = [...last];
    this.#mean = average((value) => value);
    this.#deviation = Math.sqrt(average((value) => (value - this.#mean) * (value - this.#mean)));
    this.#median = last.toSorted((a, b) => a - b)[length >> 1] ?? 0;
  }
}
