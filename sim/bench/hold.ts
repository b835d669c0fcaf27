import { assert } from "../engine/assert.ts";
import { EventQueue } from "../engine/event-queue.ts";

const OPERATIONS = 5_000_000;
const QUANTILES = 4096;

/** Hash of the order of events and the time of the last, for 5 million operations: known answers. */
const KNOWN: Readonly<Record<number, readonly [hash: number, time: number]>> = {
  100: [846_787_497, 49_958.041_909_398],
  10000: [2_400_705_555, 499.585_179_826],
  1000000: [970_092_181, 4.996_764_313],
};

/**
 * The classic hold model: with `pending` events queued, take the first and put in another, an
 * exponential time later. Returns operations a second; throws if the order is not the known one.
 *
 * Source: Jones, An empirical comparison of priority-queue implementations, CACM 29(4), 1986.
 */
export function hold(pending: number): number {
  const increment = exponentialTable();
  const queue = new EventQueue();
  for (let id = 0; id < pending; id++) queue.push(increment(), 0, id);
  let hash = 0;
  const start = performance.now();
  for (let i = 0; i < OPERATIONS; i++) {
    queue.pop();
    hash = (Math.imul(hash, 31) + queue.subject) >>> 0;
    queue.push(queue.time + increment(), 0, queue.subject);
  }
  const seconds = (performance.now() - start) / 1000;
  const [expected, last] = KNOWN[pending];
  assert(hash === expected, `hold at ${pending}: order ${hash}, not ${expected}`);
  assert(Math.abs(queue.time - last) < 1e-8, `hold at ${pending}: time ${queue.time}, not ${last}`);
  return OPERATIONS / seconds;
}

/** Exponential draws by a table of quantiles and xorshift32, so that any language can repeat them. */
function exponentialTable(): () => number {
  const quantiles = Float64Array.from({ length: QUANTILES + 1 }, (_, k) =>
    k < QUANTILES ? -Math.log(1 - k / QUANTILES) : Math.log(2 * QUANTILES),
  );
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
