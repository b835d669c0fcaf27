import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { isWholePart, PartWriter } from "../../rows/part.ts";
import type { RowSinks } from "../../rows/row-recorder.ts";
import type { TableName } from "../../rows/tables.ts";
import { processName } from "../process-name.ts";
import { entryPath, explained, writingFolder } from "./run-store.ts";

/** The rows that are wanted of a run, and where they are kept. Plain data: it travels to threads. */
export interface WantedParts {
  /** The folder of the store. */
  readonly folder: string;
  /** Of the run, in the store. */
  readonly key: string;
  readonly tables: readonly TableName[];
}

/** Where the store keeps the rows of a run, beside its result. */
export function partPath({ folder, key }: Omit<WantedParts, "tables">, table: TableName): string {
  return entryPath(folder, key, `.${table}.rows`);
}

export function hasParts(wanted: WantedParts): boolean {
  return wanted.tables.every((table) => existsSync(partPath(wanted, table)));
}

/** Whether all rows are there as they were written. */
export function hasWholeParts(wanted: WantedParts): boolean {
  return hasParts(wanted) && wanted.tables.every((t) => isWholePart(partPath(wanted, t), t));
}

/**
 * Writes the rows of a run into the store, all tables or none: under names of their own, which are changed
 * when the run has ended.
 */
export class RunParts {
  readonly #wanted: WantedParts;
  readonly #parts: readonly { table: TableName; writing: string; writer: PartWriter }[];

  /** @throws Unfinished when the disk is full or cannot be written; so do the sinks and `keep`. */
  constructor(wanted: WantedParts) {
    this.#wanted = wanted;
    const { folder, key } = wanted;
    this.#parts = explained(folder, () => {
      mkdirSync(writingFolder(folder), { recursive: true });
      return wanted.tables.map((table) => {
        const writing = join(writingFolder(folder), `${processName()} ${key}.${table}`);
        return { table, writing, writer: new PartWriter(writing, table) };
      });
    });
  }

  get sinks(): RowSinks {
    const { folder } = this.#wanted;
    return new Map(
      this.#parts.map(({ table, writer }) => [
        table,
        (block) => explained(folder, () => writer.write(block)),
      ]),
    );
  }

  /** The run has ended: its rows are kept. */
  keep(): void {
    explained(this.#wanted.folder, () => {
      for (const { writer } of this.#parts) writer.end();
      for (const { table, writing } of this.#parts) {
        const path = partPath(this.#wanted, table);
        mkdirSync(dirname(path), { recursive: true });
        renameSync(writing, path);
      }
    });
  }

  /** Closes the files, and removes what is not kept. */
  close(): void {
    for (const { writing, writer } of this.#parts) {
      writer.close();
      rmSync(writing, { force: true });
    }
  }
}
