import { assert } from "../../engine/assert.ts";
import type { Engine } from "../../engine/engine.ts";
import type { LinkId, Network } from "../network.ts";

/**
 * Token buckets of shaped links: a link that was idle lets through at once what it saved up.
 *
 * A bucket gains what the link could carry and loses what it does, and holds at most its burst
 * (tc-tbf(8)). It is looked at only when bytes want to pass, and in between taken to fill steadily.
 */
export class TokenBuckets {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #burst = new Map<LinkId, number>();
  readonly #level: number[] = [];
  readonly #since: number[] = [];
  readonly #carried: number[] = [];

  constructor(engine: Engine, network: Network) {
    this.#engine = engine;
    this.#network = network;
  }

  /** Gives the link a bucket of `burst` bytes, full at the start. */
  add(link: LinkId, burst: number): void {
    assert(Number.isFinite(this.#network.capacity(link)), "a shaper has a rate");
    this.#burst.set(link, burst);
    this.#level[link] = burst;
    this.#since[link] = this.#engine.now;
    this.#carried[link] = this.#network.carried(link);
  }

  /** Lets as many of `bytes` through as every link of the path has saved up; returns how many. */
  take(path: readonly LinkId[], bytes: number): number {
    let passed = bytes;
    for (const link of path) passed = Math.min(passed, this.#look(link));
    if (passed > 0) {
      this.#network.pass(path, passed);
      for (const link of path) {
        if (!this.#burst.has(link)) continue;
        this.#level[link] -= passed;
        this.#carried[link] += passed;
      }
    }
    return passed;
  }

  /** Brings the bucket up to date and returns what it holds; a link without a shaper holds nothing. */
  #look(link: LinkId): number {
    const burst = this.#burst.get(link);
    if (burst === undefined) return 0;
    const now = this.#engine.now;
    const carried = this.#network.carried(link);
    const gained = this.#network.capacity(link) * (now - this.#since[link]);
    const lost = carried - this.#carried[link];
    this.#level[link] = Math.min(burst, Math.max(0, this.#level[link] + gained - lost));
    this.#since[link] = now;
    this.#carried[link] = carried;
    return this.#level[link];
  }
}
