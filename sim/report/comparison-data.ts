import type { Comparison } from "./comparison.ts";
import type { DecidedInterval, Direction, Estimate } from "./report-data.ts";

/** What the page of a comparison of runs shows: plain rows. */
export interface ComparisonData {
  /** Names what readers save. */
  readonly name: string;
  /** The run that the others are compared with. */
  readonly before: ComparedRun;
  readonly others: readonly ComparedWith[];
  /** The answer in a sentence or two. */
  readonly answer: string;
}

export interface ComparedRun {
  /** Its folder, as it was named. */
  readonly folder: string;
  readonly title: string;
  readonly fingerprint: string;
  /** Version and commit of what ran it. */
  readonly version: string;
}

/** A later run against the first. */
export interface ComparedWith extends ComparedRun {
  readonly isIdentical: boolean;
  readonly settings: readonly {
    readonly path: string;
    readonly before: string | undefined;
    readonly after: string | undefined;
  }[];
  readonly changes: readonly ChangeRow[];
  /** Labels of cells that only one of the two has. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What became of one metric of one cell. */
export interface ChangeRow {
  readonly policy: string;
  readonly metric: string;
  readonly unit: string;
  readonly better: Direction;
  readonly before: Estimate;
  readonly after: Estimate;
  readonly difference: DecidedInterval;
  /** p-value of the difference, adjusted for all that is compared; null where nothing was tested. */
  readonly pHolm: number | null;
  readonly says: Comparison;
  /** Whether replications met the same chance in both runs. */
  readonly isPaired: boolean;
}
