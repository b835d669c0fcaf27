import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "csv-parse/sync";
import type { z } from "zod";
import { InputError } from "../engine/input-error.ts";

/** An experiment's folder: `A_http_sharing`, with one folder a scenario. */
export interface ExperimentFolder {
  /** The letter before the first underscore. */
  readonly letter: string;
  readonly path: string;
  readonly scenarios: readonly string[];
}

/** The experiments of a folder of measurements, in the order of their names. */
export function experimentFolders(measured: string): ExperimentFolder[] {
  if (!isFolder(measured)) throw new InputError([`missing folder of measurements: ${measured}`]);
  const experiments = folders(measured)
    .filter((path) => /^[A-Z]_/.test(basename(path)))
    .map((path) => ({ letter: basename(path)[0], path, scenarios: folders(path) }));
  if (experiments.length > 0) return experiments;
  throw new InputError([`${measured}: expected folders such as A_http_sharing; got none`]);
}

/** What a scenario's `scenario.json` says, checked. Members that nobody asks for are let pass. */
export function readScenario<Schema extends z.ZodType>(
  folder: string,
  schema: Schema,
): z.output<Schema> {
  const path = join(folder, "scenario.json");
  const result = schema.safeParse(readJson(path));
  if (result.success) return result.data;
  throw new InputError(
    result.error.issues.map(
      (issue) => `${path}: ${issue.path.join(".") || "it"}: ${issue.message}`,
    ),
  );
}

/** One line of a table of measurements. */
export class Row {
  readonly #place: string;
  readonly #fields: Readonly<Record<string, string | undefined>>;

  constructor(place: string, fields: Readonly<Record<string, string | undefined>>) {
    this.#place = place;
    this.#fields = fields;
  }

  /** Whether the column has a value here. */
  has(column: string): boolean {
    return (this.#fields[column] ?? "") !== "";
  }

  text(column: string): string {
    const value = this.#fields[column];
    if (value === undefined || value === "") {
      throw new InputError([`${this.#place}: missing ${column}`]);
    }
    return value;
  }

  number(column: string): number {
    const value = Number(this.text(column));
    if (Number.isFinite(value)) return value;
    throw new InputError([
      `${this.#place}: invalid ${column}: ${this.text(column)}; expected a number`,
    ]);
  }

  /** Null where the column is missing or empty. */
  numberOrNull(column: string): number | null {
    return this.has(column) ? this.number(column) : null;
  }
}

/** The lines of a table of the scenario. A table without lines says nothing, which is an error. */
export function readRows(folder: string, name: string): Row[] {
  const path = join(folder, name);
  const records: Record<string, string>[] = parse(readText(path), {
    columns: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const rows = records.map((fields, at) => new Row(`${path}:${at + 2}`, fields));
  if (rows.length === 0) throw new InputError([`${path}: expected rows; got none`]);
  return rows;
}

function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError([
      `${path}: expected JSON; got ${error instanceof Error ? error.message : error}`,
    ]);
  }
}

function readText(path: string): string {
  if (!existsSync(path)) throw new InputError([`missing ${path}`]);
  return readFileSync(path, "utf8");
}

function folders(path: string): string[] {
  return readdirSync(path)
    .sort()
    .map((name) => join(path, name))
    .filter(isFolder);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
