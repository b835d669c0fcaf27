import { InputError } from "../../engine/input-error.ts";
import { LogReader, type Rejected } from "../access-log/log-reader.ts";
import type { Workload } from "../workload.ts";
import { readLines } from "./lines.ts";

/** How many rejected lines an error shows. */
const SAMPLES = 3;
const SAMPLE_LENGTH = 120;

export interface AccessLog {
  readonly workload: Workload;
  /** Lines that did not parse, for a file of their own. */
  readonly rejected: Rejected;
  /** How many lines were ignored, by reason. */
  readonly ignored: ReadonlyMap<string, number>;
  /** Lines of the file, of any kind. */
  readonly lines: number;
  /** The files read, for the manifest. */
  readonly paths: readonly string[];
}

/**
 * Reads an access log in Common or Combined Log Format, plain or gzip, as a workload.
 *
 * `maxBad` is the largest share of lines, from 0 to 1, that may fail to parse.
 */
export async function readAccessLog(
  path: string,
  { maxBad = 0.01 }: { readonly maxBad?: number } = {},
): Promise<AccessLog> {
  const reader = new LogReader();
  for await (const batch of readLines(path)) {
    for (const line of batch) reader.read(line);
  }
  const { lines, ignored, rejected } = reader;
  if (lines === 0) throw new InputError([`${path}: expected an access log; got an empty file`]);
  if (rejected.count > maxBad * lines) throw tooManyBad(path, lines, maxBad, rejected);
  if (reader.downloads === 0) {
    const found = [...ignored].map(([reason, count]) => `${count} × ${reason}`).join(", ");
    throw new InputError([`${path}: expected at least one download; got ${found || "none"}`]);
  }
  return { workload: reader.workload(), rejected, ignored, lines, paths: [path] };
}

function tooManyBad(path: string, lines: number, maxBad: number, rejected: Rejected): InputError {
  return new InputError([
    `${path}: expected at most ${percent(maxBad)} of the lines to be no Common or Combined Log ` +
      `Format; got ${rejected.count} of ${lines} (${percent(rejected.count / lines)})`,
    ...rejected.lines
      .slice(0, SAMPLES)
      .map(({ line, reason, text }) => `${path}: line ${line}: ${reason}: ${sample(text)}`),
  ]);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function sample(text: string): string {
  return JSON.stringify(text.length > SAMPLE_LENGTH ? `${text.slice(0, SAMPLE_LENGTH)}…` : text);
}
