import type { ColumnType } from "./tables.ts";
import { WordColumn, type Words } from "./word-column.ts";

/** Some rows of a table, column by column. Columns may be longer: only the first `rows` count. */
export interface Block {
  readonly rows: number;
  readonly columns: readonly (Int32Array | Float64Array | Words)[];
}

/** Takes rows as they come. The block belongs to the sender again when it returns. */
export type BlockSink = (block: Block) => void;

/** A column with room for so many rows. */
export function emptyColumn(type: ColumnType, rows: number) {
  if (type === "text") return new WordColumn(rows);
  return type === "integer" ? new Int32Array(rows) : new Float64Array(rows);
}
