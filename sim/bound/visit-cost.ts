import { type Demand, streamsOf } from "./demand.ts";
import { leastCost } from "./least-cost.ts";
import type { Prices } from "./prices.ts";
import { allReady } from "./sources.ts";

/** Weights of a visit's mean time against its work, of which the best is taken. */
const MIXES: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/**
 * What a visit costs at least: `fixed` seconds, and for each byte `costs` by its class, and `delay` for
 * each second after the arrival.
 */
interface Cut {
  readonly fixed: number;
  readonly costs: readonly number[];
  readonly delay: number;
}

/**
 * A lower bound on a visit's time, or the horizon if that is less, and the price of its bytes.
 *
 * With s = 1 / rate and p streams, the time C of a visit of S bytes, x of them from each class, is
 *
 * - no less than its work, Σ s x / p;
 * - no less than the mean time of its bytes plus the mean distance of a byte from the end, which is
 *   least where all streams are busy to the end, the fastest last: ½ Σ Σ min(s, s′) x x′ / (S p). That
 *   is convex in x, so that its tangent at any mix is below it.
 *
 * Any average of the two is a bound too. Where the largest file takes longer from one source than all
 * do over p streams, the same holds of that file alone with p = 1.
 */
export class VisitCosts {
  readonly #demand: Demand;
  readonly #prices: Prices;
  readonly #allReady: number;
  readonly #mixes: readonly (readonly number[])[];

  /** `mix`: shares of the classes in what is likely moved; where the tangents touch, beside each class. */
  constructor(demand: Demand, prices: Prices, mix: readonly number[]) {
    this.#demand = demand;
    this.#prices = prices;
    this.#allReady = allReady(demand.classes);
    this.#mixes = [mix, ...mix.map((_, k) => mix.map((_, l) => (k === l ? 1 : 0)))];
  }

  /** Seconds. */
  of(visit: number): number {
    const { visits, horizon, lines } = this.#demand;
    const { rates } = lines[visit];
    const streams = streamsOf(this.#demand, visit);
    const [bytes, largest] = [visits.bytes[visit], visits.largest[visit]];
    const isFresh = visits.arrival[visit] < this.#allReady;
    const newBytes = isFresh ? visits.newBytes[visit] : 0;
    const isLargestNew = isFresh && visits.isLargestNew[visit] === 1;
    let best = 0;
    for (const cut of this.#cuts(bytes, rates, streams)) {
      const old = this.#moving(visit, bytes - newBytes, false, streams, cut);
      const fresh = this.#moving(visit, newBytes, true, streams, cut);
      best = Math.max(best, cut.fixed + old + fresh);
      if (best >= horizon) return horizon;
    }
    if (streams <= 1) return best;
    const [old, fresh] = isLargestNew ? [0, largest] : [largest, 0];
    const priceOnly = { fixed: 0, costs: rates.map(() => 0), delay: 0 };
    const others =
      this.#moving(visit, bytes - newBytes - old, false, streams, priceOnly) +
      this.#moving(visit, newBytes - fresh, true, streams, priceOnly);
    for (const cut of this.#cuts(largest, rates, 1)) {
      best = Math.max(
        best,
        cut.fixed + others + this.#moving(visit, largest, isLargestNew, 1, cut),
      );
    }
    return Math.min(best, horizon);
  }

  #moving(visit: number, bytes: number, isNew: boolean, streams: number, cut: Cut): number {
    const { visits, horizon, lines } = this.#demand;
    const { costs, delay } = cut;
    const arrival = visits.arrival[visit];
    const { rates } = lines[visit];
    // More than the horizon and what is fixed is of no use.
    const enough = horizon - cut.fixed;
    return leastCost(
      { arrival, horizon, bytes, isNew, streams, rates, costs, delay },
      this.#prices,
      enough,
    );
  }

  *#cuts(bytes: number, rates: readonly number[], streams: number): Generator<Cut> {
    for (const mix of this.#mixes) {
      const nearness = rates.map(
        (rate) =>
          mix.reduce((sum, share, k) => sum + share / Math.max(rate, rates[k]), 0) / streams,
      );
      const touching = (bytes * mix.reduce((sum, share, k) => sum + share * nearness[k], 0)) / 2;
      for (const weight of mix === this.#mixes[0] ? MIXES : [1]) {
        const work = (1 - weight) / streams;
        yield {
          fixed: -weight * touching,
          costs: nearness.map((seconds, k) => weight * seconds + work / rates[k]),
          delay: weight / bytes,
        };
      }
    }
  }
}
