import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
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

/** Told what cannot be read, in one line: the place, what was expected, what was found. */
export type Tell = (problem: string) => void;

const EXPERIMENT = /^[A-Z]_/;

/**
 * The experiments of a folder of measurements, in the order of their names. The folder may also be
 * that of one experiment, or of one of its scenarios.
 */
export function experimentFolders(measured: string): ExperimentFolder[] {
  if (!isFolder(measured)) throw new InputError([`missing folder of measurements: ${measured}`]);
  const path = resolve(measured);
  const experiments = folders(path).filter((folder) => EXPERIMENT.test(basename(folder)));
  if (experiments.length > 0) return experiments.map((folder) => experimentAt(folder));
  if (EXPERIMENT.test(basename(path))) return [experimentAt(path)];
  if (EXPERIMENT.test(basename(dirname(path))) && isScenario(path)) {
    return [{ ...experimentAt(dirname(path)), scenarios: [path] }];
  }
  throw new InputError([`${measured}: expected folders such as A_http_sharing; got none`]);
}

/** An experiment with its scenarios; one without folders is a scenario itself. */
function experimentAt(path: string): ExperimentFolder {
  const scenarios = folders(path);
  const isOne = scenarios.length === 0 && isScenario(path);
  return { letter: basename(path)[0], path, scenarios: isOne ? [path] : scenarios };
}

function isScenario(path: string): boolean {
  return existsSync(join(path, "outcomes.csv"));
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
    if (value === undefined || value === "") throw this.problem(`missing ${column}`);
    return value;
  }

  number(column: string): number {
    return this.#checked(column, Number.isFinite, "a number");
  }

  positive(column: string): number {
    return this.#checked(column, (value) => value > 0 && Number.isFinite(value), "more than 0");
  }

  notNegative(column: string): number {
    return this.#checked(column, (value) => value >= 0 && Number.isFinite(value), "0 or more");
  }

  /** Null where the column is missing or empty. */
  positiveOrNull(column: string): number | null {
    return this.has(column) ? this.positive(column) : null;
  }

  /** A problem of this row. */
  problem(text: string): InputError {
    return new InputError([`${this.#place}: ${text}`]);
  }

  #checked(column: string, isRight: (value: number) => boolean, expected: string): number {
    const text = this.text(column);
    const value = Number(text);
    if (isRight(value)) return value;
    throw this.problem(`invalid ${column}: ${text}; expected ${expected}`);
  }
}

/** Whether the program that the row tells of ended well; one that is not said to have failed did. */
export function isDone(row: Row): boolean {
  return !row.has("rc") || row.number("rc") === 0;
}

/**
 * What `read` makes of the rows of a table. Those that it cannot read are left out and told of, all
 * in one line; where it can read none, that is an error. A row of which it makes null does not count.
 */
export function readEach<Item>(
  folder: string,
  name: string,
  read: (row: Row) => Item | null,
  tell: Tell,
): Item[] {
  const rows = readRows(folder, name);
  const items: Item[] = [];
  const problems: string[] = [];
  for (const row of rows) {
    try {
      const item = read(row);
      if (item !== null) items.push(item);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length === 0) return items;
  const told = `${problems[0]}; ${problems.length} of ${rows.length} rows left out`;
  if (problems.length === rows.length) throw new InputError([told]);
  tell(told);
  return items;
}

/** The lines of a table of the scenario. A table without lines says nothing, which is an error. */
export function readRows(folder: string, name: string): Row[] {
  const path = join(folder, name);
  const records = readTable(path);
  const rows = records.map((fields, at) => new Row(`${path}:${at + 2}`, fields));
  if (rows.length === 0) throw new InputError([`${path}: expected rows; got none`]);
  return rows;
}

function readTable(path: string): Record<string, string>[] {
  const options = { bom: true, columns: true, relax_column_count: true, trim: true } as const;
  const text = readText(path);
  try {
    return parse(text, { ...options, skip_empty_lines: true });
  } catch (error) {
    throw new InputError([
      `${path}: expected a table; got ${error instanceof Error ? error.message : error}`,
    ]);
  }
}

function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
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
