import type { TableName } from "../../rows/tables.ts";
import type { RunResult } from "../replication.ts";
import type { Shard } from "../schedule.ts";
import { hasParts, hasWholeParts, type WantedParts } from "./run-parts.ts";
import type { RunStore } from "./run-store.ts";

/** The results of one experiment's runs in the store. */
export interface Shelf {
  readonly store: RunStore;
  readonly keyOf: (shard: Shard) => string;
  /** The rows that are wanted of a run; null where none are. */
  readonly partsOf: (shard: Shard) => WantedParts | null;
  /**
   * The result of a run, if it is there and whole with all rows that are wanted; what is damaged is told
   * and counts as none.
   */
  get(shard: Shard, watcher: { onNote?(note: string): void }): RunResult | undefined;
  put(shard: Shard, run: RunResult): void;
}

export interface ShelfOptions {
  /** Whether nothing that is there is believed, so that everything is run and written again. */
  readonly force: boolean;
  /** Tables whose rows are kept. */
  readonly tables: readonly TableName[];
}

export function shelfIn(
  store: RunStore,
  keyOf: (shard: Shard) => string,
  { force, tables }: ShelfOptions,
): Shelf {
  const partsOf = (shard: Shard) =>
    tables.length === 0 ? null : { folder: store.folder, key: keyOf(shard), tables };
  return {
    store,
    keyOf,
    partsOf,
    get(shard, watcher) {
      if (force) return undefined;
      const run = store.get(keyOf(shard));
      if (run === undefined) return undefined;
      const parts = partsOf(shard);
      if (run !== null && parts !== null && !hasParts(parts)) return undefined;
      if (run !== null && (parts === null || hasWholeParts(parts))) return run;
      watcher.onNote?.(`${store.folder}: a damaged entry is run again: ${keyOf(shard)}`);
      return undefined;
    },
    put: (shard, run) => store.put(keyOf(shard), run),
  };
}
