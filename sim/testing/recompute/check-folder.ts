import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mean } from "./arithmetic.ts";
import { differences, isSame } from "./compare.ts";
import { runsInFolder } from "./read-run.ts";
import { recompute } from "./recompute.ts";
import type { Recomputed } from "./rows-of-run.ts";

export interface FolderCheck {
  readonly runs: number;
  /** Values that were compared. */
  readonly values: number;
  /** What differs, a line each; empty where nothing does. */
  readonly differences: readonly string[];
}

/** Compares the metrics of every run in a folder, and their means in `metrics.json`, with those of its rows. */
export async function checkFolder(folder: string): Promise<FolderCheck> {
  const found: string[] = [];
  const byCell = new Map<string, Recomputed[]>();
  let values = 0;
  for (const { cell, replication, facts, told, rows } of await runsInFolder(folder)) {
    const recomputed = recompute(await rows(), facts);
    values += Object.keys(recomputed).length;
    for (const line of differences(recomputed, told)) {
      found.push(`${cell.label}, replication ${replication}: ${line}`);
    }
    byCell.set(cell.label, [...(byCell.get(cell.label) ?? []), recomputed]);
  }
  const runs = [...byCell.values()].flat().length;
  const cells = [...byCell].map(([label, of]) => ({ label, of }));
  const means = meansIn(folder);
  if (means.length !== cells.length)
    found.push(`${means.length} cells told; ${cells.length} found`);
  for (const [at, { label, of }] of cells.entries()) {
    for (const name of Object.keys(of[0])) {
      const all = of.map((run) => run[name]);
      const present = all.filter((value) => value !== null);
      const expected = present.length < all.length ? null : mean(present);
      values++;
      if (isSame(expected, means[at]?.[name] ?? null)) continue;
      found.push(`${label}: mean of ${name}: ${means[at]?.[name]}; recomputed ${expected}`);
    }
  }
  return { runs, values, differences: found };
}

/** The mean of each metric of each cell, as `metrics.json` tells it. */
function meansIn(folder: string): Recomputed[] {
  const { cells } = JSON.parse(readFileSync(join(folder, "metrics.json"), "utf8")) as {
    readonly cells: readonly {
      readonly metrics: Readonly<Record<string, { readonly mean: number | null }>>;
    }[];
  };
  return cells.map(({ metrics }) =>
    Object.fromEntries(Object.entries(metrics).map(([name, { mean: value }]) => [name, value])),
  );
}
