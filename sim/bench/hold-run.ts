import { assert } from "../engine/assert.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import type { HeapQueue } from "../engine/heap-queue.oracle.ts";

/** Operations of a run. */
export const HELD = 5_000_000;
export const QUANTILES = 4096;

/** Hash of the order of events and the time of the last, for 5 million operations: known answers. */
const KNOWN: Readonly<Record<number, readonly [hash: number, time: number]>> = {
  100: [846_787_497, 49_958.041_909_398],
  10000: [2_400_705_555, 499.585_179_826],
  1000000: [970_092_181, 4.996_764_313],
};

/**
 * The classic hold model: with `pending` events queued, take the first and put in another, an
 * exponential time later. Returns operations for each second of the processor; throws if the order is
 * not the known one.
 *
 * Source: Jones, An empirical comparison of priority-queue implementations, CACM 29(4), 1986.
 */
export function holdRate(queue: EventQueue | HeapQueue, pending: number): number {
  const increment = exponentialDraws();
  for (let id = 0; id < pending; id++) queue.push(increment(), 0, id);
  let hash = 0;
  const start = process.cpuUsage();
  for (let i = 0; i < HELD; i++) {
    queue.pop();
    hash = (Math.imul(hash, 31) + queue.subject) >>> 0;
    queue.push(queue.time + increment(), 0, queue.subject);
  }
  const { user, system } = process.cpuUsage(start);
  assertHeld(pending, hash);
  const last = KNOWN[pending][1];
  assert(Math.abs(queue.time - last) < 1e-8, `hold at ${pending}: time ${queue.time}, not ${last}`);
  return (1e6 * HELD) / (user + system);
}

/** Throws unless the events came in the right order. */
export function assertHeld(pending: number, hash: number): void {
  const [known] = KNOWN[pending];
  assert(hash === known, `hold at ${pending}: order ${hash}, not ${known}`);
}

/** Quantiles of the exponential distribution, so that any language can draw the same numbers. */
export function exponentialTable(): Float64Array {
  return Float64Array.from({ length: QUANTILES + 1 }, (_, k) =>
    k < QUANTILES ? -Math.log(1 - k / QUANTILES) : Math.log(2 * QUANTILES),
  );
}

/** Uniform numbers are by xorshift32 (Marsaglia, 2003). */
function exponentialDraws(): () => number {
  const quantiles = exponentialTable();
  let state = 2_463_534_242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const draw = state >>> 0;
    const k = draw >>> 20;
    const within = (draw & 0xfffff) / 1_048_576;
    return quantiles[k] + (quantiles[k + 1] - quantiles[k]) * within;
  };
}
