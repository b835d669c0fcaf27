import { type BlockSink, emptyColumn } from "./block.ts";
import { type ColumnsOf, TABLES, type TableName } from "./tables.ts";
import { WordColumn } from "./word-column.ts";

/** Rows that a table holds in memory before it passes them on. */
export const BLOCK_ROWS = 16_384;

/**
 * A table being written. Rows are set in place, column by column, and leave for the sink a block at a
 * time: nothing is allocated for a row.
 */
export class OpenTable<Name extends TableName> {
  readonly columns: ColumnsOf<Name>;
  readonly #inOrder: readonly ReturnType<typeof emptyColumn>[];
  readonly #sink: BlockSink;
  #rows = 0;

  constructor(name: Name, sink: BlockSink) {
    const specs = TABLES[name].columns;
    this.#inOrder = specs.map(({ type }) => emptyColumn(type, BLOCK_ROWS));
    this.columns = Object.fromEntries(
      specs.map((spec, at) => [spec.name, this.#inOrder[at]]),
    ) as unknown as ColumnsOf<Name>;
    this.#sink = sink;
  }

  /** The place of another row, of which every column has to be set. */
  next(): number {
    if (this.#rows === BLOCK_ROWS) this.flush();
    return this.#rows++;
  }

  /** Passes on what is left. */
  flush(): void {
    if (this.#rows === 0) return;
    this.#sink({ rows: this.#rows, columns: this.#inOrder });
    this.#rows = 0;
    for (const column of this.#inOrder) if (column instanceof WordColumn) column.clear();
  }
}

/** Opens a table, if it is wanted. */
export type OpenTables = <Name extends TableName>(name: Name) => OpenTable<Name> | null;
