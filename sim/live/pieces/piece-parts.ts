import type { CatalogueView } from "../parts.ts";
import type { ChunkSizes } from "./piece-length.ts";
import type { Reader } from "./reading.ts";

/** What is bounded, with sound defaults. */
export interface PieceLimits {
  /** Bytes: smaller files have neither torrent nor signatures. */
  readonly smallest: number;
  /** Files that may wait for being read; more are refused until some have been. */
  readonly waiting: number;
  /** Bytes of computed digests on the disk. */
  readonly cache: number;
  /** Torrents whose info hashes are known. */
  readonly torrents: number;
}

export const PIECE_LIMITS: PieceLimits = {
  ...{ smallest: 1 << 20, waiting: 100, cache: 1 << 30, torrents: 100_000 },
};

/** What making torrents and signatures takes of the server. */
export interface PieceParts {
  readonly catalogue: CatalogueView;
  /** A folder of its own; made where it is missing. */
  readonly folder: string;
  /** How files are cut for swarms. */
  readonly pieceSizes: ChunkSizes;
  /** How they are cut for finding what an earlier version shares with them. */
  readonly blockSizes: ChunkSizes;
  /** Reads files where nobody has to wait for it. */
  readonly reader: Reader;
  /** The server's own address for all, with a slash at its end. */
  readonly self: string;
  /**
   * Volunteers that have all of the files, by the address of their mirror with a slash at its end: who
   * comes first is asked first.
   */
  readonly mirrorsOf: (files: readonly number[]) => readonly string[];
  /** The file on the disk is not the one of the catalogue: a scan is due. */
  readonly differs: (file: number) => void;
  /** Something failed that should not, such as a full disk; it went on without. */
  readonly failed: (error: unknown) => void;
  /** Seconds, of any clock that never goes back. */
  readonly now: () => number;
  readonly limits: PieceLimits;
}
