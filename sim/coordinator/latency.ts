import type { LatencyFacts } from "../policies/index.ts";
import { refill } from "./columns.ts";

/** Probes that latency is told by: the last 2000, as many piece costs as Dragonfly keeps of a peer. */
const WINDOW = 2000;

/** Of these, those that the median is taken of. */
const ALIKE = 16;

/** Seconds to the first bytes, over the last probes, and what the volunteer was sending at each. */
export class Latency implements LatencyFacts {
  readonly #seconds: number[] = [];
  readonly #transfers: number[] = [];
  /** What the samples tell, from the first look after a probe on. */
  #told: Pick<LatencyFacts, "mean" | "deviation" | "median"> | null = null;
  at = Number.NEGATIVE_INFINITY;
  redirects = 0;

  get samples(): number {
    return this.#seconds.length;
  }
  get last(): number {
    return this.#seconds.at(-1) ?? 0;
  }
  get transfers(): number {
    return this.#transfers.at(-1) ?? 0;
  }
  get mean(): number {
    return this.#tell().mean;
  }
  get deviation(): number {
    return this.#tell().deviation;
  }
  get median(): number {
    return this.#tell().median;
  }

  /** A probe was answered after so many seconds, of a volunteer that was sending so many downloads. */
  add(seconds: number, transfers: number, now: number): void {
    this.#seconds.push(seconds);
    this.#transfers.push(transfers);
    if (this.#seconds.length > WINDOW) {
      this.#seconds.shift();
      this.#transfers.shift();
    }
    this.at = now;
    this.redirects = 0;
    this.#told = null;
  }

  #tell() {
    if (this.#told === null) {
      const before = this.#seconds.slice(0, -1);
      const mean = average(before, (value) => value);
      const variance = average(before, (value) => (value - mean) * (value - mean));
      this.#told = { mean, deviation: Math.sqrt(variance), median: this.#medianOfAlike() };
    }
    return this.#told;
  }

  /** Of the samples whose transfers are nearest to those of the last; the newer of equally near ones. */
  #medianOfAlike(): number {
    const { transfers } = this;
    const nearest: { readonly apart: number; readonly seconds: number }[] = [];
    for (let sample = this.#seconds.length - 1; sample >= 0; sample--) {
      const apart = Math.abs(this.#transfers[sample] - transfers);
      let place = nearest.length;
      while (place > 0 && nearest[place - 1].apart > apart) place--;
      if (place === ALIKE) continue;
      nearest.splice(place, 0, { apart, seconds: this.#seconds[sample] });
      if (nearest.length > ALIKE) nearest.pop();
    }
    const sorted = nearest.map(({ seconds }) => seconds).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  }

  save() {
    const { at, redirects } = this;
    return { seconds: [...this.#seconds], transfers: [...this.#transfers], at, redirects };
  }

  /** Snapshots of before have the seconds alone: when those were told, and of what, is not known. */
  load(saved: ReturnType<Latency["save"]> | readonly number[]): void {
    const whole = "seconds" in saved ? saved : secondsAlone(saved);
    const { seconds, transfers, at, redirects } = whole;
    refill(this.#seconds, seconds);
    refill(this.#transfers, transfers);
    this.at = at;
    this.redirects = redirects;
    this.#told = null;
  }
}

function secondsAlone(seconds: readonly number[]): ReturnType<Latency["save"]> {
  const transfers = seconds.map(() => 0);
  return { seconds: [...seconds], transfers, at: Number.NEGATIVE_INFINITY, redirects: 0 };
}

function average(values: readonly number[], of: (value: number) => number): number {
  return values.length === 0
    ? 0
    : values.reduce((sum, value) => sum + of(value), 0) / values.length;
}
