import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { assert } from "../engine/assert.ts";
import type { Dispatch, DispatchEvent, DispatchView } from "../policies/index.ts";
import { type Bound, bind, policies, policyNamed, type Random } from "../policies/index.ts";
import { dispatchViews } from "./dispatch-views.ts";
import { xorshift } from "./xorshift.ts";

/** Every dispatch policy, and wrappers of each kind around the one that an experiment would use. */
export const DECIDERS: readonly string[] = [
  ...policies.dispatch.map(({ name }) => name),
  ...policies.wrapper.map(({ name }) => `${name}+tracker-informed`),
  "admission+fresh+sticky+power-of-d",
];

/** How many candidates a view has where time is measured, and where what is allocated is. */
const CANDIDATES = 40;
const GROWING = [10, 40, 400];

const VIEWS = 256;
const WARM = 10_000;
/** Batches of decisions that are timed, and decisions in each: a millisecond or a few. */
const BATCHES = 20;
const BATCH = 2000;
/** Few enough that what they allocate fits into the young generation uncollected. */
const COUNTED = 500;
const TIMES = 5;

/**
 * Nanoseconds that a decision over 40 candidates takes, also beside a plain loop, and bytes that it allocates for each number
 * of candidates, which must not grow with them.
 */
export function decide(): Record<string, number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const found: Record<string, number> = {};
  const views = new Map(
    GROWING.map((size) => [size, dispatchViews(VIEWS, size, xorshift(2_463_534_242))]),
  );
  const viewsOf = (candidates: number) => views.get(candidates) ?? [];
  const scan = nanoseconds(
    { ...bind(policyNamed(policies.dispatch, "random")), decide: leastWork },
    viewsOf(CANDIDATES),
  );
  for (const name of DECIDERS) {
    const bound = bind(policyNamed(policies.dispatch, name));
    const time = nanoseconds(bound, viewsOf(CANDIDATES));
    found[`decide.${name}.nanoseconds`] = time;
    found[`decide.${name}.overScan`] = scan / time;
    const allocated = allocatedBy((size) => bytes(bound, viewsOf(size), collect));
    for (const [at, candidates] of GROWING.entries()) {
      found[`decide.${name}.bytes${candidates}`] = allocated[at];
    }
    const grown = growthOf(allocated);
    assert(grown < 1, `${name} allocates ${grown} bytes for each candidate`);
  }
  return found;
}

/** The yardstick: the least work for its uplink, by the plainest loop that can be written. */
function leastWork({ candidates, count }: DispatchView): Dispatch {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const { pending, uplink } = candidates[i];
    if (pending >= least * uplink) continue;
    least = pending / uplink;
    best = i;
  }
  return { to: best, reason: "least work" };
}

/** By number of candidates. On a busy machine the compiler may be late; then it is tried again. */
function allocatedBy(measure: (candidates: number) => number): number[] {
  let allocated = GROWING.map(measure);
  for (let time = 1; time < TIMES && growthOf(allocated) >= 1; time++) {
    allocated = GROWING.map(measure);
  }
  return allocated;
}

/** Bytes for each candidate more. */
function growthOf(allocated: readonly number[]): number {
  return (allocated[2] - allocated[0]) / (GROWING[2] - GROWING[0]);
}

type Decider = Bound<DispatchView, Dispatch, DispatchEvent>;

/** Of the fastest batch: what others do on the machine only ever adds. */
function nanoseconds(bound: Decider, views: readonly DispatchView[]): number {
  const random = xorshift(2 * 2_463_534_242);
  run(bound, views, random, WARM);
  let least = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < BATCHES; batch++) {
    const start = process.hrtime.bigint();
    run(bound, views, random, BATCH);
    least = Math.min(least, Number(process.hrtime.bigint() - start));
  }
  return least / BATCH;
}

/** The least of several counts: now and then the compiler allocates something of its own. */
function bytes(bound: Decider, views: readonly DispatchView[], collect: () => void): number {
  const random = xorshift(2 * 2_463_534_242);
  run(bound, views, random, WARM);
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < TIMES; time++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    run(bound, views, random, COUNTED);
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / COUNTED);
  }
  return least;
}

function run({ decide }: Decider, views: readonly DispatchView[], random: Random, times: number) {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += decide(views[i % VIEWS], random).to;
  return sum;
}
