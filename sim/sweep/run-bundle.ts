import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { runShards } from "../runner/run-shards.ts";
import { codeDigest } from "../runner/run-store/code-digest.ts";
import { openRunStore } from "../runner/run-store/run-store.ts";
import { shelfIn } from "../runner/run-store/shelf.ts";
import type { Shard } from "../runner/schedule.ts";
import { readPlan, SWEEP_FILES } from "./plan.ts";

/**
 * Runs what the store lacks of one bundle of a sweep, on one thread. Wrong input, which no retry would
 * mend, is also written where who submitted the sweep looks for it.
 */
export async function runBundle(
  folder: string,
  bundle: number,
  told: { note: (text: string) => void; signal: AbortSignal },
): Promise<void> {
  const { experiment, digests, code, store, bundles } = readPlan(folder);
  const shards = bundles[bundle];
  if (shards === undefined) {
    throw new InputError([`invalid bundle: ${bundle}; not in [0, ${bundles.length})`]);
  }
  const keys = new Map(shards.map((shard) => [nameOf(shard), shard.key]));
  const tables = experiment.measure.rows ?? [];
  const keyOf = (shard: Shard) => keys.get(nameOf(shard)) ?? "";
  const shelf = shelfIn(openRunStore(store), keyOf, { force: false, tables });
  try {
    checkCode(code);
    const watcher = { onNote: told.note };
    await runShards(experiment, shards, { jobs: 1, shelf, digests, watcher, signal: told.signal });
  } catch (error) {
    if (error instanceof InputError) {
      const text = JSON.stringify(error.problems);
      writeFileSync(join(folder, SWEEP_FILES.problems, `${bundle}.json`), text);
    }
    throw error;
  }
}

function checkCode(expected: string): void {
  if (codeDigest() === expected) return;
  throw new InputError(["expected the same build of mirrorlab on all machines; got another here"]);
}

function nameOf({ cell, replication }: { cell: number; replication: number }): string {
  return `${cell}/${replication}`;
}
