import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { manifest, manifestJson } from "../../experiment/manifest.ts";
import { packedJson, packedOf } from "../../runner/run-store/packed-json.ts";
import { numberedRuns, variedExperiment } from "../../runner/testing.ts";
import { writeRun } from "../store.ts";
import { MANIFEST_FILE, RUNS_FILE, readRun, runsText } from "./run-folder.ts";

let folder = "";
test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), "mirrorlab-run-"));
});
test.after.each(() => rmSync(folder, { recursive: true }));

const experiment = variedExperiment("{ dispatch: origin-only }");
const all = numberedRuns(experiment);

function written(runs = runsText(all)): string {
  const text = manifestJson(manifest(experiment, [], "f"));
  const run = join(folder, "run");
  writeRun(
    run,
    new Map([
      [MANIFEST_FILE, text],
      [RUNS_FILE, runs],
    ]),
  );
  return run;
}

test("a run's folder gives back the experiment and every run", () => {
  const run = readRun(written());
  assert.equal(run.manifest.experiment, experiment);
  assert.equal(run.all, all);
});

test("columns keep every bit, those without a number included", () => {
  const column = Float64Array.of(0.1 + 0.2, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324);
  const { column: read } = packedOf(packedJson({ column })) as { column: Float64Array };
  assert.ok(read instanceof Float64Array && read.every((value, i) => Object.is(value, column[i])));
});

test("a folder that is no run's says what it lacks, and which runs are in it", () => {
  const run = written();
  assert.throws(
    () => readRun(folder),
    new RegExp(`missing manifest.json and runs.jsonl; runs: ${run}$`),
  );
  assert.throws(() => readRun(join(folder, "none")), /none: missing manifest.json and runs.jsonl$/);
});

test("damaged results are told by their place", () => {
  const run = written();
  writeFileSync(join(run, RUNS_FILE), '{"cell":0,');
  assert.throws(() => readRun(run), /runs\.jsonl: expected JSON/);
  assert.throws(() => readRun(written('{"cell":99,"replication":0,"run":{}}')), /invalid cell: 99/);
});

test.run();
