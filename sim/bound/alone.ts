import type { Workload } from "../workload/workload.ts";
import { type Demand, streamsOf } from "./demand.ts";
import { firstReady } from "./sources.ts";

/** Relative error that rounding may leave in sums of seconds. */
const ROUNDING = 1e-12;

/** Prices of the server's bytes that are tried, beside those at which a visit changes sides. */
const TRIED = 32;

/**
 * A lower bound on the mean time of a visit, in seconds, where each has the system to itself but for
 * the server's share. Null without visits.
 *
 * The share is priced: if a byte of the server's costs `share` seconds more, visits cost no less than
 * `aloneCosts`, and what they pay is no more than the price of all that the server may send. That holds
 * at any price, so the best of some is taken.
 */
export function aloneBound(demand: Demand, workload: Workload): number | null {
  const { count } = demand.visits;
  if (count === 0) return null;
  const late = lateTimes(demand, workload);
  let best = 0;
  for (const share of pricesToTry(demand)) {
    const costs = aloneCosts(demand, late, share);
    best = Math.max(best, difference(sum(costs), share * demand.serverBytes));
  }
  return best / count;
}

/**
 * What each visit costs at least if a byte of the server's costs `share` seconds more: its time, or the
 * horizon, and that.
 *
 * A visit takes no less than its bytes at their cheapest source over its streams; than its largest file
 * from the cheapest single source, which for others than the server has to be ready; and than is
 * left when its last requests come, `late`.
 */
export function aloneCosts(demand: Demand, late: ArrayLike<number>, share: number): Float64Array {
  const { visits, classes, horizon, parallel, opening, lines } = demand;
  const ready = firstReady(classes);
  return Float64Array.from(visits.arrival, (arrival, visit) => {
    const { server, others } = lines[visit];
    const streams = streamsOf(demand, visit);
    const [bytes, largest] = [visits.bytes[visit], visits.largest[visit]];
    const seconds = bytes * Math.min(server + share, others);
    const wait = visits.isLargestNew[visit] === 1 ? Math.max(0, ready - arrival) : 0;
    return Math.min(
      horizon,
      Math.max(
        seconds / streams,
        (seconds + visits.files[visit] * opening) / parallel,
        opening + Math.min(largest * (server + share), wait + largest * others),
        late[visit],
      ),
    );
  });
}

/**
 * Seconds from the arrival of each visit to when its requests could be served that come later: from each
 * of them on, at the fastest.
 */
export function lateTimes(demand: Demand, { trace }: Workload): Float64Array {
  const { visits, lines, opening } = demand;
  const late = new Float64Array(visits.count);
  const left = new Float64Array(visits.count);
  for (let request = trace.requests - 1; request >= 0; request--) {
    const visit = visits.of[request];
    if (visit < 0) continue;
    left[visit] += trace.bytes[request];
    const { server, others } = lines[visit];
    const begun = trace.time[request] - visits.arrival[visit];
    const seconds = opening + (left[visit] * Math.min(server, others)) / streamsOf(demand, visit);
    late[visit] = Math.max(late[visit], begun + seconds);
  }
  return late;
}

/**
 * Where a visit changes sides, and some between. Above the highest price that saves anything no byte of
 * the server's is worth it; that is much more where new files are waited for.
 */
function pricesToTry({ visits, classes, lines, horizon, parallel }: Demand): Set<number> {
  const prices = new Set<number>();
  const ready = firstReady(classes);
  let [most, mostWaiting] = [0, 0];
  for (const [visit, { server, others }] of lines.entries()) {
    const saved = others - server;
    if (saved > 0 && saved < Number.POSITIVE_INFINITY) prices.add(saved);
    const all = (parallel * horizon) / visits.bytes[visit];
    most = Math.max(most, Math.min(saved, all));
    const waits = visits.isLargestNew[visit] === 1 && visits.arrival[visit] < ready;
    if (waits) mostWaiting = Math.max(mostWaiting, horizon / visits.largest[visit]);
  }
  for (let tried = 0; tried <= TRIED; tried++) {
    prices.add((most * tried) / TRIED);
    prices.add((mostWaiting * tried) / TRIED);
  }
  return prices;
}

/** What costs exceed worth by, and no more: both are large sums. */
export function difference(costs: number, worth: number): number {
  return worth === 0 ? costs : costs - worth - ROUNDING * (costs + worth);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
