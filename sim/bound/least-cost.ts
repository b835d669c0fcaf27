import type { Prices } from "./prices.ts";
import { SERVER_CLASS } from "./sources.ts";

/** Bytes to be moved from `arrival` on, within `horizon` seconds, over so many streams at once. */
export interface Job {
  readonly arrival: number;
  readonly horizon: number;
  readonly bytes: number;
  readonly isNew: boolean;
  readonly streams: number;
  /** Bytes per second of one stream from each class. */
  readonly rates: readonly number[];
  /** Seconds that a byte costs from each class, prices aside. */
  readonly costs: readonly number[];
  /** Seconds that a byte costs more for each second after the arrival. */
  readonly delay: number;
}

/** Halvings in the search for a reward: far beyond what is worth knowing. */
const STEPS = 60;
const PRECISION = 1e-9;

/**
 * A lower bound on the cost of moving the job's bytes at these prices, in seconds; `enough` if the
 * bound is that or more.
 *
 * If every byte earned a reward, each stream would gain at most rate × (reward - cost) a second, where
 * that is positive. So no schedule costs less than the reward of all bytes less what the streams could
 * gain, whatever the reward: weak duality. The best is where streams would just move what there is.
 */
export function leastCost(job: Job, prices: Prices, enough: number): number {
  if (job.bytes === 0) return 0;
  const market = new Market(job, prices);
  let low = 0;
  let high = Math.max(...job.costs) + enough / job.bytes;
  let best = 0;
  for (let step = 0; step < STEPS; step++) {
    const reward = step === 0 ? high : (low + high) / 2;
    market.pay(reward);
    best = Math.max(best, market.bound);
    if (best >= enough) return enough;
    if (market.moved >= job.bytes) high = reward;
    else if (reward === high)
      high *= 2; // Even this does not move all.
    else low = reward;
    if (high - low <= PRECISION * high) break;
  }
  return best;
}

/** What streams would do for a reward. */
class Market {
  moved = 0;
  bound = 0;
  readonly #job: Job;
  readonly #prices: Prices;
  /** By class: what a byte costs in the bin that is looked at, but for its delay. */
  readonly #costs: Float64Array;

  constructor(job: Job, prices: Prices) {
    this.#job = job;
    this.#prices = prices;
    this.#costs = new Float64Array(job.costs.length);
  }

  pay(reward: number): void {
    const { arrival, horizon, bytes, streams, delay } = this.#job;
    const { start, width, bins } = this.#prices;
    const end = arrival + horizon;
    const cheapest = Math.min(...this.#job.costs);
    let gained = 0;
    let moved = 0;
    let bin = Math.max(-1, Math.floor((arrival - start) / width));
    for (let from = arrival; from < end; bin++) {
      const left = reward - delay * (from - arrival);
      if (left <= cheapest) break; // Later it is less still.
      const until = bin < bins ? Math.min(end, start + (bin + 1) * width) : end;
      this.#look(bin);
      const lasts = delay === 0 ? Number.POSITIVE_INFINITY : this.#margin(left) / delay;
      const seconds = Math.min(until - from, lasts);
      // The greatest of several falling lines is convex, so that the trapezium is no less.
      if (seconds > 0) {
        gained += ((this.#gain(left) + this.#gain(left - delay * seconds)) / 2) * seconds;
        moved += this.#rate(left) * seconds;
      }
      from = until;
    }
    this.bound = reward * bytes - streams * gained;
    this.moved = streams * moved;
  }

  #look(bin: number): void {
    const { costs, isNew } = this.#job;
    const { any, fresh, share, bins } = this.#prices;
    const isPriced = bin >= 0 && bin < bins;
    for (let k = 0; k < costs.length; k++) {
      const price = isPriced ? any[k][bin] + (isNew ? fresh[k][bin] : 0) : 0;
      this.#costs[k] = costs[k] + price + (k === SERVER_CLASS ? share : 0);
    }
  }

  /** What a byte earns beyond its cost where that is least. */
  #margin(reward: number): number {
    let margin = 0;
    for (const cost of this.#costs) margin = Math.max(margin, reward - cost);
    return margin;
  }

  /** What a stream gains a second at most, and the bytes that it then moves. */
  #gain(reward: number): number {
    let most = 0;
    for (let k = 0; k < this.#costs.length; k++) {
      most = Math.max(most, this.#job.rates[k] * (reward - this.#costs[k]));
    }
    return most;
  }

  #rate(reward: number): number {
    let most = 0;
    let rate = 0;
    for (let k = 0; k < this.#costs.length; k++) {
      const gain = this.#job.rates[k] * (reward - this.#costs[k]);
      if (gain > most) {
        most = gain;
        rate = this.#job.rates[k];
      }
    }
    return rate;
  }
}
