/**
 * Times of which some are known only to be long: what failed, or took longer than the horizon, stands at
 * the horizon. So whoever fails much does not look fast.
 *
 * A mean of such times is the restricted mean; see Royston and Parmar, Restricted mean survival time,
 * BMC Medical Research Methodology 13, 2013.
 */

import { Column } from "./column.ts";

export class CensoredTimes {
  readonly #horizon: number;
  readonly #times: Column;
  #sorted: Float64Array | null = null;

  /** `horizon` in seconds; `expected`: how many there will be at most. */
  constructor(horizon: number, expected: number) {
    this.#horizon = horizon;
    this.#times = new Column(expected);
  }

  /** Something ended after so many seconds, well or not. */
  add(seconds: number, isFailed: boolean): void {
    this.#times.push(isFailed ? this.#horizon : Math.min(seconds, this.#horizon));
    this.#sorted = null;
  }

  get count(): number {
    return this.#times.length;
  }

  /** The restricted mean in seconds; null of nothing. */
  mean(): number | null {
    return this.count === 0 ? null : this.#times.sum() / this.count;
  }

  /**
   * The least time within which the share had ended, between two times in proportion (R-7 of Hyndman
   * and Fan, Sample quantiles in statistical packages, The American Statistician 50, 1996); the horizon
   * where the longer of the two is censored, since it may be any. Null of nothing.
   */
  quantile(share: number): number | null {
    const sorted = this.sorted();
    if (sorted.length === 0) return null;
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const low = sorted[below];
    if (place === below) return low;
    const high = sorted[below + 1];
    return high >= this.#horizon ? this.#horizon : low + (place - below) * (high - low);
  }

  /** The quantiles at each of the shares; empty of nothing. */
  quantiles(shares: readonly number[]): Float64Array {
    if (this.count === 0) return new Float64Array();
    return Float64Array.from(shares, (share) => this.quantile(share) ?? Number.NaN);
  }

  /** The mean of the longest hundredth, at least of one; null of nothing. */
  worst(): number | null {
    const sorted = this.sorted();
    if (sorted.length === 0) return null;
    const worst = sorted.subarray(sorted.length - Math.ceil(sorted.length / 100));
    return worst.reduce((sum, seconds) => sum + seconds, 0) / worst.length;
  }

  /** All times, the shortest first. */
  sorted(): Float64Array {
    this.#sorted ??= this.#times.sorted();
    return this.#sorted;
  }
}
