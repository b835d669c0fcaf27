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
  return withInput(numbers, (input, folder) => {
    const program = join(folder, name);
    execFileSync("g++", ["-O2", "-ffp-contract=off", "-o", program, sourceOf(`${name}.cpp`)]);
    return parsed(execFileSync(program, [input], { encoding: "utf8" }));
  });
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

function withInput<Result>(
  numbers: Float64Array,
  run: (input: string, folder: string) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), "reference-"));
  try {
    const input = join(folder, "input");
    writeFileSync(input, numbers);
    return run(input, folder);
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

function missing(what: string): null {
  console.error(`skipped: no ${what}`);
  return null;
}

function sourceOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
