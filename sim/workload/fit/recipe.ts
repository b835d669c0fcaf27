import type { RankPiece } from "../profile/popularity/rank-law.ts";
import type { FileKind } from "../trace/trace.ts";
import type { QuantileTable } from "./quantile-table.ts";

/**
 * A model fitted to a trace, from which traces like it are made. Files keep their number at any
 * scale; customers, and so visits and requests, are multiplied by it.
 *
 * It knows what files are popular but not who wants which, nor releases: a crowd comes for the same
 * files as everybody.
 */
export interface FittedRecipe {
  readonly trace: "fitted";
  readonly title: string;
  readonly seed: number;
  readonly scale: number;
  /** Seconds. */
  readonly window: number;
  /** Unix time of the start, whose days and hours the arrivals follow; null without a date. */
  readonly epoch: number | null;
  readonly files: FilesModel;
  readonly arrivals: ArrivalsModel;
  readonly customers: CustomersModel;
  readonly transfers: readonly TransferModel[];
}

export interface FilesModel {
  readonly count: number;
  /** How requests spread over the ranks from 1 to `count`. */
  readonly popularity: readonly RankPiece[];
  /** Files by their rank; together the bands cover all ranks in order. */
  readonly bands: readonly RankBand[];
  /** Share of the files of at least 1 MB, and of the smaller, that are identical to another. */
  readonly identical: { readonly large: number; readonly small: number };
}

/** Files of ranks that follow each other: what they are and how large, whichever the rank. */
export interface RankBand {
  readonly ranks: number;
  readonly kinds: readonly KindSizes[];
}

export interface KindSizes {
  readonly kind: FileKind;
  readonly files: number;
  /** Bytes. */
  readonly sizes: QuantileTable;
}

/** When visits start. */
export interface ArrivalsModel {
  /** Visits on each day without the crowds; the first and the last day may be cut by the window. */
  readonly days: readonly number[];
  /** Factor of each hour of the day, of mean 1. */
  readonly hours: readonly number[];
  readonly crowds: readonly CrowdModel[];
}

/** Visits that come suddenly and halve again and again. */
export interface CrowdModel {
  /** Seconds from the start of the window. */
  readonly at: number;
  readonly end: number;
  readonly visits: number;
  /** Seconds. */
  readonly halfLife: number;
}

export interface CustomersModel {
  readonly count: number;
  /** Visits of each customer in the window. */
  readonly visits: QuantileTable;
  /** Requests of a visit. */
  readonly requests: VisitSizes;
  /** Seconds between two requests of a visit; those of the same second count as `AT_ONCE`. */
  readonly gaps: QuantileTable;
  /** Chance that a request repeats the one before it in the visit, beyond what popularity gives. */
  readonly again: number;
}

/** Requests of a visit, whose distribution depends on when the visit starts. */
export interface VisitSizes {
  /** The table of each six hours of the window; in a trace with a date they end at 6, 12, 18, 24 h. */
  readonly classOf: readonly number[];
  readonly tables: readonly QuantileTable[];
}

/** Downloads that take less than the file, by kind. */
export interface TransferModel {
  readonly kind: FileKind;
  /** Share of the kind's requests. */
  readonly partial: number;
  /** Share of the file that they take; empty if none does. */
  readonly taken: QuantileTable;
}

/** Seconds that stand for no time at all in tables of logarithms. */
export const AT_ONCE = 0.001;
