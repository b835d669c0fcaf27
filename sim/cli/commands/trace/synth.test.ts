import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import yargs from "yargs";
import { ACCESS_RECIPE, SYNC_RECIPE } from "../../../experiment/recipe/testing.ts";
import { synthCommand } from "./synth.ts";

const test = suite("trace synth");
const folder = mkdtempSync(join(tmpdir(), "synth-"));
test.after(() => rmSync(folder, { recursive: true }));

/** What the command prints. */
async function printed(...args: string[]): Promise<string> {
  const log = console.log;
  const lines: string[] = [];
  console.log = (line: string) => lines.push(line);
  try {
    await yargs(["synth", ...args])
      .command(synthCommand as never)
      .strict()
      .parseAsync();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

test("a table shows targets beside what was achieved", async () => {
  const text = await printed(SYNC_RECIPE, "--out", folder);
  assert.match(text, /^Thirty-five days/);
  assert.match(text, /\nhoursPerDay\.mean +1\.81 +1\.81\n/);
  assert.match(text, /\ntrace .*syncs\.mlt, \d+ rows\nrecipe .*syncs\.yaml$/);
});

test("--json prints the same figures for programs, at the scale and seed of the flags", async () => {
  const args = ["--out", folder, "--scale", "0.01", "--seed", "2", "--json"];
  const { figures, rows } = JSON.parse(await printed(ACCESS_RECIPE, ...args));
  assert.equal(figures.files, { target: 22_000, achieved: 22_000 });
  assert.equal(figures.requests, { target: null, achieved: rows });
});

test.run();
