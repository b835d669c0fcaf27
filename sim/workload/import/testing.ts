/** Reads lines of a format without a file, for tests. */

import { parserOf } from "./detect-log.ts";
import { LineCutter } from "./input/lines.ts";
import type { LineParser, LogFormat } from "./log-format.ts";
import type { Outcome } from "./outcome.ts";
import { AccessRows } from "./tables/access-rows.ts";
import { FileTable } from "./tables/file-table.ts";
import { SyncRows } from "./tables/sync-rows.ts";

/** A download: seconds, customer, path, bytes, status. */
export type AccessRow = readonly [number, string, string, number, number];

/** A synchronisation: seconds, node, files, bytes, seconds it took. */
export type SyncRow = readonly [number, string, number, number, number];

/** What becomes of each line of `text`. */
export function outcomesOf(parser: LineParser, text: string | Buffer): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  const cutter = new LineCutter("text", (bytes, start, end) => {
    outcomes.push(parser.line(bytes, start, end));
  });
  cutter.chunk(Buffer.from(text));
  cutter.end();
  parser.finish?.();
  return outcomes;
}

export function readAccess(format: LogFormat, text: string | Buffer) {
  const access = new AccessRows();
  const outcomes = outcomesOf(parserOf(format, "access", access, new SyncRows()), text);
  const { rows, time, customer, file, bytes, status } = access.columns();
  const list = Array.from(
    { length: rows },
    (_, row): AccessRow => [
      time[row],
      access.customers.at(customer[row]),
      access.files.paths.at(file[row]),
      bytes[row],
      status[row],
    ],
  );
  return { outcomes, rows: list, access };
}

export function readSync(format: LogFormat, text: string | Buffer) {
  const sync = new SyncRows();
  const outcomes = outcomesOf(parserOf(format, "sync", new AccessRows(), sync), text);
  const rows = sync.list.map(
    ({ time, node, files, bytes, duration }): SyncRow => [
      time,
      sync.nodes.at(node),
      files,
      bytes,
      duration,
    ],
  );
  return { outcomes, rows, sync };
}

export function readFiles(lines: (files: FileTable) => LineParser, text: string) {
  const files = new FileTable();
  const outcomes = outcomesOf(lines(files), text);
  const list = Array.from({ length: files.length }, (_, file) => ({
    path: files.paths.at(file),
    ...files.facts(file),
  }));
  return { outcomes, files: list };
}

/** The outcome of each line in short: `row`, or why not. */
export function reasons(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map((outcome) => (outcome.kind === "row" ? "row" : outcome.reason));
}

export function kinds(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ kind }) => kind);
}
