import { Fingerprint } from "../engine/fingerprint.ts";
import type { Cell } from "../experiment/config/cells.ts";
import type { RunResult } from "./replication.ts";

/** All runs of one cell, by replication. */
export interface CellRuns {
  readonly cell: Cell;
  readonly runs: readonly RunResult[];
}

/** One hash over the fingerprints of all runs, cell by cell. */
export function experimentFingerprint(all: readonly CellRuns[]): string {
  const fingerprint = new Fingerprint();
  for (const { runs } of all) for (const run of runs) fingerprint.addText(run.fingerprint);
  return fingerprint.toString();
}
