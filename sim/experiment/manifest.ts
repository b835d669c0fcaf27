import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { revived } from "../policies/record.ts";
import type { Experiment } from "./config/experiment.ts";
import { fileDigest, sha256 } from "./file-digest.ts";

/** Where results come from: enough to make them again. Holds no time of day. */
export interface Manifest {
  readonly experiment: Experiment;
  /** SHA-256 of each input file, by its path as the experiment names it. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly fingerprint: string;
  readonly version: string;
  /** Commit of mirrorlab, with `+` when its files differ from it; null outside a checkout. */
  readonly commit: string | null;
  readonly node: string;
}

export function manifest(
  experiment: Experiment,
  inputFiles: readonly string[],
  fingerprint: string,
): Manifest {
  return {
    experiment,
    inputs: Object.fromEntries(inputFiles.map((path) => [path, fileDigest(path)])),
    fingerprint,
    version: version(),
    commit: commit(),
    node: process.version,
  };
}

/**
 * Names a run by its inputs: the same experiment, input files and version always have the same
 * name, and no others do.
 */
export function runName({ experiment, inputs, version: of }: Manifest): string {
  return sha256(manifestJson({ experiment, inputs, version: of })).slice(0, 12);
}

/** JSON in which unlimited quantities are not lost as null. */
export function manifestJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_name, part) => (part === Number.POSITIVE_INFINITY ? { $number: "Infinity" } : part),
    2,
  );
}

/** What `manifestJson` wrote. */
export function manifestOf(text: string): Manifest {
  return JSON.parse(text, revived) as Manifest;
}

export function version(): string {
  const file = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}

function commit(): string | null {
  const here = new URL("../..", import.meta.url);
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const isChanged = git("status", "--porcelain", "--untracked-files=no").trim() !== "";
    return git("rev-parse", "HEAD").trim() + (isChanged ? "+" : "");
  } catch {
    return null;
  }
}
