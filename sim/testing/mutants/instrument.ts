import { readFileSync } from "node:fs";
import { Instrumenter } from "@stryker-mutator/instrumenter";

/** One change of the source that tests should notice. Lines and columns from 1. */
export interface Mutant {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What kind of change, in Stryker's words. */
  readonly kind: string;
  readonly before: string;
  readonly after: string;
}

export interface Instrumented {
  readonly mutants: readonly Mutant[];
  /** By path: the source with all its mutants, of which a global switch chooses one. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Puts every mutant that Stryker knows into the files, by their absolute paths. */
export async function instrument(paths: readonly string[]): Promise<Instrumented> {
  const originals = new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
  const files = Array.from(originals, ([name, content]) => ({ name, content, mutate: true }));
  const options = { plugins: null, ignorers: [], excludedMutations: [] };
  const result = await new Instrumenter(SILENT).instrument(files, options);
  return {
    sources: new Map(result.files.map(({ name, content }) => [name, content])),
    mutants: result.mutants.map(({ id, fileName, location, mutatorName, replacement }) => ({
      id,
      path: fileName,
      line: location.start.line + 1,
      column: location.start.column + 1,
      kind: mutatorName,
      before: between(originals.get(fileName) ?? "", location),
      after: replacement,
    })),
  };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text from one place to another; lines from 0. */
function between(
  text: string,
  { start, end }: { readonly start: Place; readonly end: Place },
): string {
  const lines = text.split("\n").slice(start.line, end.line + 1);
  lines[lines.length - 1] = (lines.at(-1) ?? "").slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  return lines.join("\n");
}

const nothing = (): void => {};
const never = (): boolean => false;

const SILENT = {
  ...{
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    fatal: nothing,
  },
  ...{ isTraceEnabled: never, isDebugEnabled: never, isInfoEnabled: never },
  ...{ isWarnEnabled: never, isErrorEnabled: never, isFatalEnabled: never },
};
