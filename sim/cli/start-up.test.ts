/** Whoever waits for a program to start waits for all that it imports. */
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { staticImports } from "../testing/static-imports.ts";
import { root } from "./testing.ts";

const packagesOf = (file: string) =>
  [...staticImports(join(root, "sim", file)).packages.keys()].filter(
    (name) => !name.startsWith("node:"),
  );

test("sim --help loads yargs and little else", () => {
  assert.equal(packagesOf("cli/main.ts"), ["yargs", "yargs/helpers"]);
  assert.ok(staticImports(join(root, "sim/cli/main.ts")).files.size <= 20);
});

const HEAVY = ["jstat", "saxes", "vega", "vega-lite", "hyparquet-writer", "csv-parse"];

test("nothing that only reports or other inputs need is loaded before the first event", () => {
  for (const file of ["cli/commands/run.ts", "runner/worker.ts"]) {
    const found = packagesOf(file);
    assert.ok(found.includes("seedrandom"), "the walk found the simulator");
    assert.equal(
      found.filter((name) => HEAVY.includes(name)),
      [],
      file,
    );
  }
});

test("threads start without what reads experiments", () => {
  const found = packagesOf("runner/worker.ts");
  assert.not(found.includes("zod"));
  assert.not(found.includes("yaml"));
});

test.run();
