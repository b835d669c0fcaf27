import type { ChunkSizeView } from "../../policies/index.ts";
import { SERVER_NODE } from "../events.ts";

/** A stream of bytes from one machine to another; volunteers by number, or `SERVER_NODE`. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/** What it takes a volunteer to fetch a file, or what is left of it. */
export interface Plan {
  /** One after another; the parts of a stage move at once. The last brings the file. */
  readonly stages: readonly (readonly Part[])[];
  /** Bytes in a chunk. */
  readonly chunk: number;
  /** Bytes of the file that are complete when `moved` bytes of the last stage have come. */
  readonly kept: (moved: number) => number;
  /** A volunteer that is fetching the file itself, and without which it is not complete. */
  readonly behind: number | null;
  /** Whether the file comes by an exact swarm, once the stages are done. */
  readonly joinsSwarm?: true;
  /** Where several files come in one go: how many, and how many are whole after `moved` bytes. */
  readonly batch?: { readonly files: number; readonly whole: (moved: number) => number };
  /** To be told when the plan has been carried out, or has broken off. */
  readonly over?: () => void;
}

/** What a plan is made for. Bytes. */
export interface Wanted {
  readonly volunteer: number;
  readonly file: number;
  /** Bytes of the file that are still missing; at least 1. */
  readonly missing: number;
  readonly chunk: number;
}

/** A way to fetch files. */
export interface Method {
  /** Seconds to open a session, after the walk. */
  readonly opening: number;
  /** What the policy of chunk sizes sees of a file of `size` bytes that the volunteer wants. */
  chunkView(volunteer: number, file: number, size: number): ChunkSizeView;
  plan(wanted: Wanted): Plan;
  /**
   * A plan of the first of these files, which follow each other, as many as come in one go; absent
   * where they come one by one.
   */
  planTogether?(volunteer: number, files: readonly Wanted[]): Plan;
  /** The order in which the volunteer fetches files that it is to hold; absent: as they are. */
  arrange?(volunteer: number, files: readonly number[]): number[];
  /** Who is fetching the file so that the volunteer had better fetch others first, or null. */
  ahead?(volunteer: number, file: number): number | null;
  /** Whether two files are one and the same content to it. */
  isSame(a: number, b: number): boolean;
}

export const fromServer = (to: number, bytes: number): Part => ({ from: SERVER_NODE, to, bytes });
export const toServer = (from: number, bytes: number): Part => ({ from, to: SERVER_NODE, bytes });

/** Whole chunks of a file that are there when a share of what brings `missing` bytes has come. */
export function wholeChunksOf(missing: number, share: number, chunk: number): number {
  const chunks = Math.floor((missing * share) / chunk);
  return Math.min(chunks, Math.ceil(missing / chunk) - 1) * chunk;
}

/** Files that a plan brings. */
export function filesOf({ batch }: Plan): number {
  return batch?.files ?? 1;
}

/** All bytes of the last stage. */
export function bytesOfLast({ stages }: Plan): number {
  return stages[stages.length - 1].reduce((sum, { bytes }) => sum + bytes, 0);
}
