import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { readTrace } from "../../workload/trace/compiled/read.ts";
import { readRecipe } from "./read-recipe.ts";
import { synthesize } from "./synthesize.ts";
import { ACCESS_RECIPE, SYNC_RECIPE } from "./testing.ts";

const test = suite("synthesize");
const folder = mkdtempSync(join(tmpdir(), "synthesize-"));
test.after(() => rmSync(folder, { recursive: true }));

const digest = (path: string) => readFileSync(path).toString("base64");

test("a trace is written with the recipe beside it, from which it can be made again", () => {
  const [out, again] = ["a", "b"].map((name) => join(folder, name));
  const made = synthesize(ACCESS_RECIPE, { out, overrides: { scale: 0.01, seed: 5 } });
  assert.is(made.trace, join(out, "requests.mlt"));
  const { trace } = synthesize(made.recipe, { out: again });
  assert.is(digest(trace), digest(made.trace));
  const other = synthesize(ACCESS_RECIPE, { out: again, overrides: { scale: 0.01, seed: 6 } });
  assert.is.not(digest(other.trace), digest(made.trace));
});

test("the compiled file holds what was made", () => {
  const made = synthesize(SYNC_RECIPE, { out: join(folder, "sync") });
  assert.is(made.trace, join(folder, "sync", "syncs.mlt"));
  const trace = readTrace(made.trace);
  assert.is(trace.kind, "sync");
  assert.is(trace.kind === "sync" && trace.syncs, made.rows);
});

test("figures tell the target beside what was achieved", () => {
  const { figures } = synthesize(ACCESS_RECIPE, {
    out: join(folder, "figures"),
    overrides: { scale: 0.01 },
  });
  const calibrated = figures.filter(({ target }) => target !== null);
  assert.is(calibrated.length, 7);
  for (const { name, target, achieved } of calibrated) {
    assert.ok(Math.abs((achieved ?? 0) / (target ?? 1) - 1) < 0.02, `${name}: ${achieved}`);
  }
});

test("numbers that contradict each other name the recipe", () => {
  const file = join(folder, "bad.yaml");
  const text = readFileSync(ACCESS_RECIPE, "utf8").replace("bytes: 2.86 TB", "bytes: 900 TB");
  writeFileSync(file, text.replace("seed: 1", "seed: 1\nscale: 0.01"));
  assert.throws(
    () => synthesize(file, { out: folder }),
    (error: Error) =>
      error instanceof InputError && error.message.startsWith(`${file}: invalid bytes: packages`),
  );
});

test("a folder that cannot be made is the user's mistake", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  assert.throws(() => synthesize(SYNC_RECIPE, { out: file }), /expected a folder .* got EEXIST/);
});

test("what is no recipe is said to be none", () => {
  const binary = join(folder, "binary");
  writeFileSync(binary, Buffer.from([0xff, 0xfe, 0x41]));
  assert.throws(() => readRecipe(binary), /expected a recipe; got binary data/);
  writeFileSync(binary, Buffer.alloc(1_000_001, "a"));
  assert.throws(() => readRecipe(binary), /expected a recipe; got more than 1000000 bytes/);
  assert.throws(() => readRecipe(join(folder, "none")), /missing file/);
  assert.throws(() => readRecipe(folder), /expected a file; got a folder/);
});

test.run();
