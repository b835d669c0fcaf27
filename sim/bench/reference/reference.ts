import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a reference found, and the seconds of the processor that it took. */
export interface ReferenceRun {
  readonly endSum: number;
  readonly seconds: number;
}

/** Runs a program of this folder in C++ on these numbers; null where there is no g++. */
export function runCpp(
  name: "star" | "hot" | "hold" | "hold-calendar",
  numbers: Float64Array,
): ReferenceRun | null {
  if (!isInstalled("g++", ["--version"])) return missing(`g++ for the reference of ${name}`);
  return withInput(numbers, (input) =>
    parsed(execFileSync(compiled(name), [input], { encoding: "utf8" })),
  );
}

const programs = new Map<string, string>();

/** Compiled once in a process, and gone when that ends. */
function compiled(name: string): string {
  const known = programs.get(name);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), "reference-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const program = join(folder, name);
  execFileSync("g++", ["-O2", "-ffp-contract=off", "-o", program, sourceOf(`${name}.cpp`)]);
  programs.set(name, program);
  return program;
}

/** Runs a program of this folder in Python on these numbers; null where it or the module is absent. */
export function runPython(
  name: string,
  module: string,
  numbers: Float64Array,
): ReferenceRun | null {
  if (!isInstalled("python3", ["-c", `import ${module}`])) {
    return missing(`${module} for the reference of ${name}`);
  }
  return withInput(numbers, (input) =>
    parsed(execFileSync("python3", [sourceOf(`${name}.py`), input], { encoding: "utf8" })),
  );
}

function withInput<Result>(numbers: Float64Array, run: (input: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "reference-"));
  try {
    const input = join(folder, "input");
    writeFileSync(input, numbers);
    return run(input);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function parsed(output: string): ReferenceRun {
  const [endSum, seconds] = output.trim().split(" ").map(Number);
  return { endSum, seconds };
}

function isInstalled(program: string, options: readonly string[]): boolean {
  return spawnSync(program, options, { stdio: "ignore" }).status === 0;
}

const told = new Set<string>();

function missing(what: string): null {
  if (!told.has(what)) console.error(`skipped: no ${what}`);
  told.add(what);
  return null;
}

function sourceOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
