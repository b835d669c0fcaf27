import { csvFormatRow } from "d3-dsv";
import { writeWhole } from "../compiled/atomic.ts";
import type { Table } from "./table.ts";

/** Rows written at a time. */
const BLOCK = 10_000;

/**
 * Writes the table as CSV (RFC 4180) that the importer reads back: numbers as they are, in full.
 * A line is a row, so that line ends in names become spaces.
 */
export function writeCsv(path: string, { rows, columns }: Table): void {
  writeWhole(path, (file) => {
    file.write(Buffer.from(`${csvFormatRow(columns.map(({ name }) => name))}\n`));
    for (let start = 0; start < rows; start += BLOCK) {
      const lines: string[] = [];
      for (let row = start; row < Math.min(rows, start + BLOCK); row++) {
        lines.push(csvFormatRow(columns.map(({ at }) => oneLine(at(row)))));
      }
      file.write(Buffer.from(`${lines.join("\n")}\n`));
    }
  });
}

function oneLine(value: string | number | null): string {
  return typeof value === "string" ? value.replace(/[\r\n]/g, " ") : String(value ?? "");
}
