import { readFileSync } from "node:fs";
import { InputError } from "../../engine/input-error.ts";
import type { Experiment } from "./experiment.ts";
import { type ParseOptions, parseExperiment } from "./parse-experiment.ts";

/** Bytes: far more than an experiment takes, far less than a trace that was given by mistake. */
const MAX_BYTES = 1_000_000;

/**
 * Reads the experiment in `file`.
 *
 * @throws InputError with everything that is wrong, each with its place.
 */
export function readExperiment(file: string, options: ParseOptions = {}): Experiment {
  return parseExperiment(readText(file), file, options);
}

/** @throws InputError where the file is none, or holds no text; `what` it should be is said then. */
export function readText(file: string, what = "an experiment"): string {
  const bytes = readBytes(file);
  const problem = (found: string) => new InputError([`${file}: expected ${what}; got ${found}`]);
  if (bytes.length > MAX_BYTES) throw problem(`more than ${MAX_BYTES} bytes`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Not UTF-8: what is said below holds.
  }
  throw problem("binary data");
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError([`${file}: ${reasonOf(error)}`]);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "missing file";
  if (code === "EISDIR") return "expected a file; got a folder";
  return `expected a readable file; got ${code}`;
}
