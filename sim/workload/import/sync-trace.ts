import type { SyncTrace } from "../trace/trace.ts";
import { TICK } from "./access-trace.ts";
import type { SyncRows } from "./tables/sync-rows.ts";

export interface BuiltSync {
  readonly trace: SyncTrace;
  /** Rows with an earlier time than the row before; all were sorted. */
  readonly outOfOrder: number;
}

/**
 * The trace of the synchronisations that importers found. Times count from the earliest start,
 * unless they are those of a window already; the window ends with the last synchronisation.
 */
export function syncTrace({ list, nodes, isUnix }: SyncRows): BuiltSync {
  const rows = [...list].sort((a, b) => a.time - b.time); // Stable: equal times keep their order.
  const start = isUnix && rows.length > 0 ? rows[0].time : 0;
  const end = rows.reduce((latest, { time, duration }) => Math.max(latest, time + duration), start);
  return {
    trace: {
      kind: "sync",
      syncs: rows.length,
      time: Float64Array.from(rows, ({ time }) => time - start),
      node: Uint32Array.from(rows, ({ node }) => node),
      files: Uint32Array.from(rows, ({ files }) => files),
      bytes: Float64Array.from(rows, ({ bytes }) => bytes),
      duration: Float64Array.from(rows, ({ duration }) => duration),
      nodes: nodes.names(),
      window: rows.length === 0 ? 0 : Math.floor(end - start) + TICK,
      epoch: isUnix && rows.length > 0 ? start : null,
    },
    outOfOrder: list.filter(({ time }, row) => row > 0 && time < list[row - 1].time).length,
  };
}
