import type { Workload } from "../workload/workload.ts";
import { aloneBound, aloneCosts, difference, lateTimes } from "./alone.ts";
import type { Demand } from "./demand.ts";
import { type Grid, pooled } from "./pools.ts";
import { type Prices, worth } from "./prices.ts";
import { BinnedProgramme } from "./programme.ts";
import { rowPrices } from "./solver.ts";
import { SERVER_CLASS } from "./sources.ts";
import { VisitCosts } from "./visit-cost.ts";

/** How fine the programme is. */
export interface Fineness {
  /** Bins of a horizon. */
  readonly bins: number;
  /** Columns of the programme, about and at most. */
  readonly columns: number;
}

export const FINENESS: Fineness = { bins: 36, columns: 120_000 };

/** How far scales of prices are changed at first, and at last. */
const FIRST_STEP = 0.2;
const LAST_STEP = 0.05;

/**
 * A lower bound on the mean time of a visit, in seconds, where all share what there is to send them.
 * Null without visits.
 *
 * A linear programme says what bytes cost in time. Any schedule costs no less than what each visit would
 * pay at the least if it bought its bytes at these prices, less what all that can be sent is worth: so
 * the prices give a bound by themselves, whatever they are, and none depends on the solver's accuracy,
 * on bins or on pools. Those only make it less tight. It is no less than `aloneBound`.
 */
export async function tightBound(
  demand: Demand,
  workload: Workload,
  fineness: Fineness = FINENESS,
): Promise<number | null> {
  const alone = aloneBound(demand, workload);
  if (alone === null) return null;
  const mix = likelyMix(demand);
  const prices = await pricesOf(demand, mix, fineness);
  if (prices === null) return alone;
  return Math.max(
    alone,
    bestScaled((scales) => provenBy(demand, workload, scaled(prices, scales), mix)),
  );
}

/** Factors of the prices of classes in bins, and of the server's share. */
type Scales = readonly [classes: number, share: number];

function scaled(prices: Prices, [classes, share]: Scales): Prices {
  const all = (by: readonly Float64Array[]) =>
    by.map((bins) => bins.map((price) => price * classes));
  return { ...prices, any: all(prices.any), fresh: all(prices.fresh), share: prices.share * share };
}

/** What is best near the prices as they are: the programme's means of bins and pools lead a little astray. */
function bestScaled(boundOf: (scales: Scales) => number): number {
  let at: Scales = [1, 1];
  let best = boundOf(at);
  for (let step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
    for (const [more, moreShare] of [
      [0, step],
      [0, -step],
      [step, 0],
      [-step, 0],
    ]) {
      const near: Scales = [at[0] + more, at[1] + moreShare];
      const bound = boundOf(near);
      if (bound <= best) continue;
      [best, at] = [bound, near];
    }
  }
  return best;
}

/** The bound that prices prove, in seconds. */
export function provenBy(
  demand: Demand,
  workload: Workload,
  prices: Prices,
  mix: readonly number[],
): number {
  const { classes, serverBytes, visits } = demand;
  const alone = aloneCosts(demand, lateTimes(demand, workload), prices.share);
  const costs = new VisitCosts(demand, prices, mix);
  const paid = alone.reduce((sum, cost, visit) => sum + Math.max(cost, costs.of(visit)), 0);
  return difference(paid, worth(prices, classes, serverBytes)) / visits.count;
}

async function pricesOf(
  demand: Demand,
  mix: readonly number[],
  { bins, columns }: Fineness,
): Promise<Prices | null> {
  const grid = gridOf(demand, bins);
  const programme = new BinnedProgramme(demand, grid, mix);
  const parts = demand.parallel > 1 ? 2 : 1;
  const pools = Math.ceil(columns / (bins * demand.classes.length * parts));
  for (const pool of pooled(demand, grid, pools)) programme.add(pool);
  const found = await rowPrices(programme.linear);
  return found === null ? null : programme.prices(found);
}

/** Bins from the first arrival until the last visit is over. */
export function gridOf({ visits, horizon }: Demand, bins: number): Grid {
  const width = horizon / bins;
  const start = visits.arrival[0];
  const end = visits.arrival[visits.count - 1] + horizon;
  return { start, width, bins: Math.ceil((end - start) / width) };
}

/** The share of each class in what is moved, if each sends as much as it can and the server its share. */
export function likelyMix({ classes, serverBytes, visits }: Demand): number[] {
  const bytes = visits.bytes.reduce((sum, size) => sum + size, 0);
  const others = classes.map(({ capacity }, k) =>
    k === SERVER_CLASS || !Number.isFinite(capacity) ? 0 : capacity,
  );
  const all = others.reduce((sum, capacity) => sum + capacity, 0);
  const server = all === 0 ? 1 : Math.min(1, serverBytes / bytes);
  return others.map((capacity, k) =>
    k === SERVER_CLASS ? server : ((1 - server) * capacity) / Math.max(all, 1e-300),
  );
}
