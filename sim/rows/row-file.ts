import type { Block } from "./block.ts";

/** What the first columns have in all rows of a block. */
export type Head = readonly (string | number)[];

/** A file of rows, which come a block at a time. */
export interface RowFile {
  /** Adds the rows of a block, each with `head` before its own columns. */
  add(head: Head, block: Block): void;
  /** Writes what is left. */
  end(): void;
}
