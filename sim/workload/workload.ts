/** What a simulation replays: columns in typed arrays, one index a row. */

/** The repository's files. A file's number is its row. */
export interface Catalogue {
  readonly files: number;
  /** Bytes; at least 1. */
  readonly size: Float64Array;
  /**
   * Identity of the content that a file is released with: two with equal digests have the same bytes,
   * until one of them changes.
   */
  readonly digest: Uint32Array;
  /** Seconds from the start of the window to the file's release; `-Infinity` if it was there before. */
  readonly release: Float64Array;
  /** The file's path, for reports and explanations. */
  path(file: number): string;
  /** The version that the file replaces, or null; absent where nothing is known of versions. */
  readonly earlier?: (file: number) => EarlierVersion | null;
}

/** The version of a file before it, and how alike the two are. */
export interface EarlierVersion {
  /** Row of the catalogue. */
  readonly file: number;
  /**
   * Blocks of `block` bytes find `share` of the new version in the earlier one, and others by the
   * stretched exponential share^((L/block)^index); see model/rsync/similarity.ts.
   */
  readonly likeness: { readonly block: number; readonly share: number; readonly index: number };
}

/** Requests in order of time. */
export interface RequestTrace {
  readonly requests: number;
  /** Seconds from the start of the window, never decreasing. */
  readonly time: Float64Array;
  readonly customer: Uint32Array;
  /** Row of the catalogue. */
  readonly file: Uint32Array;
  /** Bytes wanted; less than the file's size for a partial download. At least 1. */
  readonly bytes: Float64Array;
  /**
   * The visit it is part of: what one customer wants at one go. Visits are numbered from 0 by their
   * first requests.
   */
  readonly visit: Uint32Array;
  readonly visits: number;
}

/** Files that get other bytes under the same name, in order of time. Their sizes stay. */
export interface FileChanges {
  readonly count: number;
  /** Seconds from the start of the window, never decreasing; each is after the file's release. */
  readonly time: Float64Array;
  /** Row of the catalogue. No file changes twice at one time. */
  readonly file: Uint32Array;
}

export const NO_CHANGES: FileChanges = {
  count: 0,
  time: new Float64Array(0),
  file: new Uint32Array(0),
};

export interface Workload {
  readonly catalogue: Catalogue;
  readonly changes: FileChanges;
  readonly trace: RequestTrace;
  /** Customers are numbered from 0. */
  readonly customers: number;
  /** Seconds after which no request starts. Transfers under way are finished beyond it. */
  readonly window: number;
  /** Facts worth showing beside the results, such as how many lines of a log were rejected. */
  readonly notes: readonly string[];
}
