import { csvFormatRow, csvFormatValue } from "d3-dsv";
import type { Block } from "./block.ts";
import type { Head, RowFile } from "./row-file.ts";
import { isNone } from "./tables.ts";

/** A CSV file that is written as rows come, with a header, and an empty field for none. */
export class CsvFile implements RowFile {
  readonly #write: (text: string) => void;

  constructor(names: readonly string[], write: (text: string) => void) {
    this.#write = write;
    write(`${csvFormatRow([...names])}\n`);
  }

  add(head: Head, { rows, columns }: Block): void {
    const before = csvFormatRow(head.map(String));
    const fields = columns.map(fieldOf);
    const lines: string[] = [];
    for (let row = 0; row < rows; row++) {
      let line = before;
      for (const field of fields) line += `,${field(row)}`;
      lines.push(line);
    }
    this.#write(`${lines.join("\n")}\n`);
  }

  end(): void {}
}

function fieldOf(column: Block["columns"][number]): (row: number) => string {
  if ("words" in column) {
    const { codes } = column;
    const words = column.words.map((word) => csvFormatValue(word));
    return (row) => (codes[row] < 0 ? "" : words[codes[row]]);
  }
  const isInteger = column instanceof Int32Array;
  return (row) => (isNone(column[row], isInteger) ? "" : String(column[row]));
}
