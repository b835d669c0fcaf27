import { ByteTable } from "./byte-table.ts";

/** A synchronisation as importers find it. */
export interface SyncRow {
  /** Seconds on the log's own clock to its start. */
  readonly time: number;
  readonly node: number;
  /** Files transferred. */
  readonly files: number;
  /** Bytes transferred. */
  readonly bytes: number;
  /** Seconds it took. */
  readonly duration: number;
}

/** Synchronisations, in the order of the log: there are few, so each is an object. */
export class SyncRows {
  /** Whether times are seconds since 1970; else they are since the start of the window. */
  isUnix = true;
  readonly nodes = new ByteTable();
  readonly list: SyncRow[] = [];

  add(row: SyncRow): void {
    this.list.push(row);
  }

  get rows(): number {
    return this.list.length;
  }
}
