import type { SyncTrace } from "../trace/trace.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Hours a day that a node spends synchronising. */
export interface HoursPerDay {
  readonly mean: number;
  readonly max: number;
  readonly min: number;
}

export interface NodeProfile extends HoursPerDay {
  readonly node: string;
  readonly syncs: number;
  readonly files: number;
  readonly bytes: number;
}

/** What a synchronisation trace says, in the terms of the abstract's section 2. */
export interface SyncProfile {
  readonly kind: "sync";
  readonly days: number;
  readonly nodes: number;
  readonly syncs: number;
  readonly files: number;
  readonly bytes: number;
  /** Of the traced node, the first. */
  readonly hoursPerDay: HoursPerDay | null;
  /** Hours on each day of the traced node. */
  readonly hours: readonly number[];
  readonly perNode: readonly NodeProfile[];
}

export function profileSync(trace: SyncTrace): SyncProfile {
  const hours = hoursByNode(trace);
  const totals = totalsByNode(trace);
  const perNode = totals.map((total, node) => ({ ...total, ...hoursPerDay(hours[node]) }));
  return {
    kind: "sync",
    days: trace.window / DAY,
    nodes: trace.nodes.length,
    syncs: trace.syncs,
    files: totals.reduce((sum, { files }) => sum + files, 0),
    bytes: totals.reduce((sum, { bytes }) => sum + bytes, 0),
    hoursPerDay: perNode.length === 0 ? null : hoursPerDay(hours[0]),
    hours: perNode.length === 0 ? [] : [...hours[0]],
    perNode,
  };
}

/**
 * Hours a day, by node and day. A synchronisation that runs over midnight counts on each day for
 * the time it took there, and one that outlasts the window up to its end; two at once count twice.
 */
function hoursByNode({ syncs, time, node, duration, nodes, window }: SyncTrace): Float64Array[] {
  const days = Math.max(1, Math.ceil(window / DAY));
  const hours = Array.from({ length: nodes.length }, () => new Float64Array(days));
  for (let row = 0; row < syncs; row++) {
    const end = Math.min(time[row] + duration[row], window);
    for (let from = time[row]; from < end; ) {
      const day = Math.floor(from / DAY);
      const to = Math.min(end, (day + 1) * DAY);
      hours[node[row]][day] += (to - from) / HOUR;
      from = to;
    }
  }
  return hours;
}

function totalsByNode(trace: SyncTrace) {
  const totals = Array.from({ length: trace.nodes.length }, (_, node) => ({
    node: trace.nodes.at(node),
    syncs: 0,
    files: 0,
    bytes: 0,
  }));
  for (let row = 0; row < trace.syncs; row++) {
    const total = totals[trace.node[row]];
    total.syncs++;
    total.files += trace.files[row];
    total.bytes += trace.bytes[row];
  }
  return totals;
}

function hoursPerDay(hours: Float64Array): HoursPerDay {
  return {
    mean: hours.reduce((sum, each) => sum + each, 0) / hours.length,
    max: hours.reduce((most, each) => Math.max(most, each), 0),
    min: hours.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY),
  };
}
