import type { ColumnChunk, SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { assert } from "../engine/assert.ts";
import { isLittleEndian } from "../workload/trace/compiled/endian.ts";
import { type Block, emptyColumn } from "./block.ts";
import { type FileColumn, PHYSICAL, writeChunk } from "./parquet-column.ts";
import type { Head, RowFile } from "./row-file.ts";
import { WordColumn } from "./word-column.ts";

/** Rows of a row group: what is in memory at a time, and what readers skip or read as one. */
const GROUP_ROWS = 65_536;

/** A Parquet file that is written as rows come. Equal rows give equal bytes. */
export class ParquetFile implements RowFile {
  readonly #columns: readonly FileColumn[];
  readonly #group: readonly ReturnType<typeof emptyColumn>[];
  readonly #write: (bytes: Uint8Array) => void;
  readonly #bytes = new ByteWriter();
  readonly #parquet: ParquetWriter;
  #rows = 0;

  /** What `write` is given is overwritten afterwards. */
  constructor(columns: readonly FileColumn[], write: (bytes: Uint8Array) => void) {
    assert(isLittleEndian, "rows are written on little-endian machines only");
    this.#columns = columns;
    this.#group = columns.map(({ type }) => emptyColumn(type, GROUP_ROWS));
    this.#write = write;
    const schema = schemaOf(columns);
    this.#parquet = new ParquetWriter({ writer: this.#bytes, schema, createdBy: "mirrorlab" });
  }

  add(head: Head, block: Block): void {
    for (let from = 0; from < block.rows; ) {
      const to = Math.min(block.rows, from + GROUP_ROWS - this.#rows);
      this.#take(head, block, from, to);
      this.#rows += to - from;
      if (this.#rows === GROUP_ROWS) this.#endGroup();
      from = to;
    }
  }

  end(): void {
    if (this.#rows > 0) this.#endGroup();
    this.#parquet.finish();
    this.#flush();
  }

  /** Copies rows from `from` up to but not including `to`, behind those that are there. */
  #take(head: Head, { columns }: Block, from: number, to: number): void {
    const [start, end] = [this.#rows, this.#rows + to - from];
    for (const [place, target] of this.#group.entries()) {
      const value = head[place];
      if (target instanceof WordColumn) {
        if (value !== undefined) target.codes.fill(target.codeOf(String(value)), start, end);
        else {
          const source = columns[place - head.length];
          assert("words" in source, "words come as words");
          const codes = source.words.map((word) => target.codeOf(word));
          for (let row = from; row < to; row++) {
            const code = source.codes[row];
            target.codes[start + row - from] = code < 0 ? -1 : codes[code];
          }
        }
      } else if (value !== undefined) target.fill(Number(value), start, end);
      else {
        const source = columns[place - head.length];
        assert(!("words" in source), "numbers come as numbers");
        target.set(source.subarray(from, to), start);
      }
    }
  }

  #endGroup(): void {
    const start = this.#bytes.offset;
    const columns = this.#columns.map((spec, place): ColumnChunk => {
      const chunk = writeChunk(this.#bytes, spec, this.#group[place], this.#rows);
      this.#flush();
      return chunk;
    });
    const rows = BigInt(this.#rows);
    const size = BigInt(this.#bytes.offset - start);
    this.#parquet.num_rows += rows;
    this.#parquet.row_groups.push({
      columns,
      num_rows: rows,
      total_byte_size: size,
      total_compressed_size: size,
    });
    this.#rows = 0;
    for (const column of this.#group) if (column instanceof WordColumn) column.clear();
  }

  #flush(): void {
    this.#write(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}

function schemaOf(columns: readonly FileColumn[]): SchemaElement[] {
  return [
    { name: "root", num_children: columns.length },
    ...columns.map(
      ({ name, type, isOptional }): SchemaElement => ({
        name,
        type: PHYSICAL[type],
        repetition_type: isOptional ? "OPTIONAL" : "REQUIRED",
        ...(type === "text" ? { converted_type: "UTF8" } : {}),
      }),
    ),
  ];
}
