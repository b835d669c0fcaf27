import type { RunResult } from "../replication.ts";
import type { Shard } from "../schedule.ts";
import type { RunStore } from "./run-store.ts";

/** The results of one experiment's runs in the store. */
export interface Shelf {
  readonly store: RunStore;
  readonly keyOf: (shard: Shard) => string;
  /** The result of a run, if it is there and whole; a damaged one is told and counts as none. */
  get(shard: Shard, watcher: { onNote?(note: string): void }): RunResult | undefined;
  put(shard: Shard, run: RunResult): void;
}

/** With `force`, nothing that is there is believed, so that everything is run and written again. */
export function shelfIn(store: RunStore, keyOf: (shard: Shard) => string, force: boolean): Shelf {
  return {
    store,
    keyOf,
    get(shard, watcher) {
      if (force) return undefined;
      const run = store.get(keyOf(shard));
      if (run !== null) return run;
      watcher.onNote?.(`${store.folder}: a damaged entry is run again: ${keyOf(shard)}`);
      return undefined;
    },
    put: (shard, run) => store.put(keyOf(shard), run),
  };
}
