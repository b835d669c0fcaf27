import type { EarlierVersion } from "../workload.ts";

/** What changes in a repository over some days, to be synchronised. Seconds and bytes. */
export interface UpdateRecipe {
  readonly window: number;
  /** Bytes that change on an ordinary day: the median, and the deviation of its logarithm. */
  readonly daily: { readonly bytes: number; readonly spread: number };
  readonly sizes: SizeLaw;
  /** Files smaller than this travel together, as many as make up one of this size. */
  readonly bundle: number;
  /** Share of the files of at least `LARGE` bytes whose content is that of another, under its name. */
  readonly identical: number;
  /** How new versions differ from those before them; the shares sum to 1. */
  readonly kinds: readonly UpdateKind[];
  /** Larger changes, such as a new distribution. */
  readonly releases: readonly BulkRelease[];
}

/** Log-normal sizes of files in bytes, none above `largest`. */
export interface SizeLaw {
  readonly median: number;
  readonly sigma: number;
  readonly largest: number;
}

export interface UpdateKind {
  readonly name: string;
  /** Share of the new files. */
  readonly share: number;
  /** How like the version before it a file is; null if it has none. */
  readonly likeness: EarlierVersion["likeness"] | null;
}

export interface BulkRelease {
  readonly at: number;
  readonly bytes: number;
  /** Bytes of each file; null for sizes by the law. */
  readonly size: number | null;
}

/** From here on a file is large, in bytes: the abstract counts the others as small. */
export const LARGE = 1e6;
