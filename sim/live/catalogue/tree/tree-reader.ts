/** Why something in the tree is no file of the repository. */
export type SkipReason =
  /** Names that begin with a dot, and those that rsync gives while it writes. */
  | "hidden"
  /** Names that are not UTF-8 or hold control characters. */
  | "name"
  /** Links that lead out of the tree. */
  | "outside"
  /** Links that lead to a folder they are in, or too many in one path. */
  | "loop"
  /** Links that lead to nothing. */
  | "dangling"
  /** Pipes, sockets, devices. */
  | "special"
  /** What the server may not or cannot look at: nothing is known now of it, and of what is below. */
  | "unreadable";

export interface Skipped {
  readonly reason: SkipReason;
  readonly path: string;
}

/** Files that a walk has come by, in its order; one entry a file in each. */
export interface TreePart {
  readonly paths: readonly string[];
  /** Bytes. */
  readonly sizes: Float64Array;
  /** Whole seconds since 1970 at which they were modified. */
  readonly seconds: Uint32Array;
  /** See `stampOf`. */
  readonly stamps: Uint32Array;
  /** What was left out since the part before. */
  readonly skipped: readonly Skipped[];
}

/** What came of reading a file. */
export const Reading = { DIGESTED: 0, GONE: 1, UNREADABLE: 2, UNSETTLED: 3 } as const;

/** What was found in files, one entry a file in each; what was not digested is 0. */
export interface Digests {
  /** Of the constants above. */
  readonly readings: Uint8Array;
  readonly sizes: Float64Array;
  readonly seconds: Uint32Array;
  readonly stamps: Uint32Array;
  /** 32 bytes a file. */
  readonly sha256: Uint8Array;
  /** 16 bytes a file; null where none were asked for. */
  readonly md4: Uint8Array | null;
}

/** What walks a tree once and reads files of it. One call at a time. */
export interface TreeReader {
  /**
   * The files that come next, at most some hundreds; null behind the last. Folders are walked in the order
   * of their names, so that a tree gives the same order everywhere.
   *
   * @throws Error where the root itself cannot be read.
   */
  next(): Promise<TreePart | null>;
  digest(paths: readonly string[]): Promise<Digests>;
  close(): Promise<void>;
}

export interface TreeOptions {
  readonly root: string;
  /** Whether MD4 is asked for, too. */
  readonly md4: boolean;
}
