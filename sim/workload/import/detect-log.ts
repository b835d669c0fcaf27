import { InputError } from "../../engine/input-error.ts";
import { type Candidate, detect } from "./detect.ts";
import { LOG_FORMATS } from "./formats.ts";
import { firstLines } from "./input/sample.ts";
import type { LogFormat } from "./log-format.ts";
import { AccessRows } from "./tables/access-rows.ts";
import { SyncRows } from "./tables/sync-rows.ts";

/** What is read from a log. */
export type Gives = LogFormat["gives"];

/** A log and what it is read as. */
export interface DetectedLog {
  readonly path: string;
  readonly format: LogFormat;
  readonly gives: Gives;
  /** The earliest time of the rows of its first lines; infinite if there is none. */
  readonly start: number;
}

const WANTED = { access: "an access log", sync: "a log of synchronisations" } as const;

/**
 * Finds out what the log at `path` is, unless `format` names it. `as` is what is wanted of it, or
 * null for what it is mostly used for.
 */
export async function detectLog(
  path: string,
  { format, as }: { readonly format: LogFormat | null; readonly as: Gives | null },
): Promise<DetectedLog> {
  const what = as === null ? "a log of a known format" : WANTED[as];
  const lines = await firstLines(path, what);
  const formats = (format === null ? LOG_FORMATS : [format]).filter((each) => canGive(each, as));
  if (formats.length === 0) {
    throw new InputError([`${path}: expected a format with ${as} rows; got ${format?.name}`]);
  }
  const trials = formats.map((each) => new Trial(each, as ?? each.gives));
  const trial = format === null ? detect(path, what, lines, trials) : trials[0];
  if (format !== null) for (const line of lines) trial.parser.line(line, 0, line.length);
  return { path, format: trial.format, gives: trial.gives, start: trial.start };
}

/** @throws InputError when there is no format of that name. */
export function formatNamed(name: string): LogFormat {
  const format = LOG_FORMATS.find((each) => each.name === name);
  if (format !== undefined) return format;
  const known = LOG_FORMATS.map((each) => each.name).join(", ");
  throw new InputError([`unknown format: ${name}; known: ${known}`]);
}

function canGive(format: LogFormat, as: Gives | null): boolean {
  return as === null || format[as] !== undefined;
}

/** A parser of which only the times of its rows are of interest. */
class Trial implements Candidate {
  readonly format: LogFormat;
  readonly gives: Gives;
  readonly parser: Candidate["parser"];
  readonly #access = new AccessRows();
  readonly #sync = new SyncRows();

  constructor(format: LogFormat, gives: Gives) {
    this.format = format;
    this.gives = gives;
    this.parser = parserOf(format, gives, this.#access, this.#sync);
  }

  get name(): string {
    return this.format.name;
  }

  get start(): number {
    const { time, rows } = this.#access.columns();
    return Math.min(...time.subarray(0, rows), ...this.#sync.list.map((row) => row.time));
  }
}

/** The format's parser of what it gives, which the format must have. */
export function parserOf(format: LogFormat, gives: Gives, access: AccessRows, sync: SyncRows) {
  const parser = gives === "access" ? format.access?.(access) : format.sync?.(sync);
  if (parser === undefined) throw new Error(`format ${format.name} gives no ${gives} rows`);
  return parser;
}
