/**
 * A trace, as importers read it, generators make it and compiled files hold it: columns in typed
 * arrays, one index a row. Everything optional is empty (`length` 0) when the source did not say.
 */
import type { Catalogue, RequestTrace } from "../workload.ts";

/** The kinds of files that profiles tell apart. A file's kind is its index in this list. */
export const FILE_KINDS = ["image", "package", "index", "other"] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What is known of each file beside its size and content. */
export interface DetailedCatalogue extends Catalogue {
  /** Index into `FILE_KINDS`. */
  readonly kind: Uint8Array;
  /** Index into `packages`, whose versions are similar to each other; empty if unknown. */
  readonly packageOf: Uint32Array;
  /** Index into `distributions`; empty if unknown. */
  readonly distributionOf: Uint16Array;
  readonly packages: NameList;
  readonly distributions: NameList;
}

/** Names by number, stored compactly. */
export interface NameList {
  readonly length: number;
  at(index: number): string;
}

/** Downloads over time. */
export interface AccessTrace {
  readonly kind: "access";
  readonly catalogue: DetailedCatalogue;
  readonly requests: DetailedRequests;
  /** Customers' names: addresses, or keyed pseudonyms. */
  readonly customers: NameList;
  /** Seconds covered. Times run from 0 to below it. */
  readonly window: number;
  /** Unix time of time 0 in seconds; null for a generated trace. */
  readonly epoch: number | null;
}

export interface DetailedRequests extends Omit<RequestTrace, "visits"> {
  /** Empty if the source does not say which requests are made together. */
  readonly visit: Uint32Array;
  /** HTTP status, or 0 where the format has none; empty if never known. */
  readonly status: Uint16Array;
}

/** Synchronisations of mirrors over time: one row each. */
export interface SyncTrace {
  readonly kind: "sync";
  readonly syncs: number;
  /** Seconds from the start of the window to the synchronisation's start, never decreasing. */
  readonly time: Float64Array;
  /** Index into `nodes`. */
  readonly node: Uint32Array;
  /** Files transferred. */
  readonly files: Uint32Array;
  /** Bytes transferred. */
  readonly bytes: Float64Array;
  /** Seconds it took. */
  readonly duration: Float64Array;
  readonly nodes: NameList;
  readonly window: number;
  readonly epoch: number | null;
}

export type Trace = AccessTrace | SyncTrace;
