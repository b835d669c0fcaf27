import { type Demand, streamsOf } from "./demand.ts";
import { allReady } from "./sources.ts";

/** Bins of equal width, the first of which begins at `start`. Seconds. */
export interface Grid {
  readonly start: number;
  readonly width: number;
  readonly bins: number;
}

/** Visits of about the same arrival and bytes over the same lines, as if all were their mean. */
export interface Pool {
  readonly count: number;
  readonly arrival: number;
  readonly rates: readonly number[];
  /** Downloads of a visit at once. */
  readonly streams: number;
  readonly parts: readonly PoolPart[];
  /** What takes no longer than a visit does: all of it, and where it may matter its largest file. */
  readonly tasks: readonly Task[];
}

/** Bytes of a visit that are alike. */
export interface PoolPart {
  readonly bytes: number;
  readonly isNew: boolean;
  readonly streams: number;
  /** Whether it is the largest file. */
  readonly isLargest: boolean;
}

export interface Task {
  readonly bytes: number;
  readonly streams: number;
  readonly isLargest: boolean;
}

/** By how much pools grow in bytes with each attempt to have fewer. */
const GROWTH = 1.2;

/** The visits in no more than `most` pools, as even as that allows: each alone, if there are few. */
export function pooled(demand: Demand, grid: Grid, most: number): Pool[] {
  let pools = poolsBy(demand, (visit) => `${visit}`);
  for (let coarseness = 1; pools.length > most; coarseness++) {
    const key = coarseKey(demand, grid, coarseness);
    pools = poolsBy(demand, key);
  }
  return pools;
}

function coarseKey({ visits, lines }: Demand, { start, width }: Grid, coarseness: number) {
  const bins = Math.ceil(coarseness / 4);
  const ratio = coarseness * Math.log(GROWTH);
  return (visit: number) => {
    const bin = Math.floor((visits.arrival[visit] - start) / (width * bins));
    const size = Math.round(Math.log(visits.bytes[visit]) / ratio);
    return `${bin} ${size} ${lines[visit].rates.join(" ")}`;
  };
}

function poolsBy(demand: Demand, keyOf: (visit: number) => string): Pool[] {
  const groups = new Map<string, number[]>();
  for (let visit = 0; visit < demand.visits.count; visit++) {
    const key = keyOf(visit);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [visit]);
    else group.push(visit);
  }
  return Array.from(groups.values(), (group) => poolOf(demand, group));
}

function poolOf(demand: Demand, group: readonly number[]): Pool {
  const { visits, lines, classes } = demand;
  const mean = (of: (visit: number) => number) =>
    group.reduce((sum, visit) => sum + of(visit), 0) / group.length;
  const arrival = mean((visit) => visits.arrival[visit]);
  const bytes = mean((visit) => visits.bytes[visit]);
  const largest = mean((visit) => visits.largest[visit]);
  const streams = mean((visit) => streamsOf(demand, visit));
  const isFresh = arrival < allReady(classes);
  const newBytes = isFresh ? mean((visit) => visits.newBytes[visit]) : 0;
  const isLargestNew = isFresh && mean((visit) => visits.isLargestNew[visit]) > 0.5;
  const isAlone = largest > bytes / streams;
  const [old, fresh] = !isAlone ? [0, 0] : isLargestNew ? [0, largest] : [largest, 0];
  const whole = { bytes, streams, isLargest: false };
  const parts = [
    { bytes: bytes - newBytes - old, isNew: false, streams, isLargest: false },
    { bytes: newBytes - fresh, isNew: true, streams, isLargest: false },
    { bytes: old + fresh, isNew: isLargestNew, streams: 1, isLargest: true },
  ];
  return {
    ...{ count: group.length, arrival, rates: lines[group[0]].rates, streams },
    parts: parts.filter(isThere),
    tasks: isAlone ? [whole, { bytes: largest, streams: 1, isLargest: true }] : [whole],
  };
}

function isThere({ bytes }: PoolPart): boolean {
  return bytes > 0;
}
