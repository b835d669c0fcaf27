import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { numberedRuns, variedExperiment } from "../runner/testing.ts";
import { differences } from "./asked.ts";
import { type Baseline, baselineOf, baselineText, readBaseline } from "./baseline.ts";
import { type Checked, checkExperiment } from "./check-experiment.ts";

const experiment = { ...variedExperiment("{ dispatch: origin-only }"), replications: 2 };
const all = numberedRuns(experiment);
const asked = { system: { server: "fast" } };
const origin = { version: "1", commit: "abc", inputs: { log: "1234" } };
const baseline = baselineOf({ experiment, asked, origin, all });
const isOverridden = { seed: false, replications: false };
const checked: Checked = { experiment, asked, inputs: origin.inputs, all, baseline, isOverridden };

test("a baseline is a line a run, and is read back as it was", () => {
  const room = mkdtempSync(join(tmpdir(), "mirrorlab-baseline-"));
  const path = join(room, "b.json");
  try {
    assert.is(readBaseline(path), null);
    writeFileSync(path, baselineText(baseline));
    assert.equal(readBaseline(path), baseline);
    const lines = baselineText(baseline).split("\n");
    assert.is(lines.filter((line) => line.startsWith('{"cell"')).length, 8 * 2);
    writeFileSync(path, baselineText(baseline).slice(0, 300));
    assert.throws(() => readBaseline(path), /expected a baseline of format 1; got SyntaxError/);
  } finally {
    rmSync(room, { recursive: true });
  }
});

test("the same runs are identical, in whatever words they are asked for", () => {
  const same = checkExperiment(checked);
  assert.is(same.verdict, "identical");
  const reworded = checkExperiment({ ...checked, asked: { system: { server: "quick" } } });
  assert.is(reworded.verdict, "identical");
  assert.equal(reworded.notes, ['system.server: "fast" → "quick"; the results are the same']);
});

test("what makes another experiment is told, each on its own", () => {
  const changesOf = (other: Partial<Checked>) => checkExperiment({ ...checked, ...other }).changes;
  const older = (fields: Partial<Baseline>) => ({ baseline: { ...baseline, ...fields } });
  assert.equal(changesOf(older({ seed: 9 })), ["seed: 9 → 1"]);
  assert.equal(changesOf(older({ replications: 1 })), ["replications: 1 → 2"]);
  assert.equal(
    changesOf({ ...older({ seed: 9 }), isOverridden: { ...isOverridden, seed: true } }),
    [],
  );
  const runs = baseline.runs.map((run) =>
    run.cell === all[0].cell.label ? { ...run, cell: "x" } : run,
  );
  assert.equal(changesOf(older({ runs })), ["cell gone: x", `new cell: ${all[0].cell.label}`]);
  const metrics = baseline.metrics.map((name) => (name === "delay.p99" ? "delays.p99" : name));
  assert.equal(changesOf(older({ metrics })), ["metric gone: delays.p99; is it delay.p99 now?"]);
  const fewer = changesOf({ ...older({ seed: 9 }), inputs: { log: "5678" } });
  assert.equal(fewer, ['input log: "1234" → "5678"', "seed: 9 → 1"]);
});

test("other events with the same values are equivalent, not identical", () => {
  const [first, ...others] = all;
  const [run, ...runs] = first.runs;
  const shifted = [{ ...first, runs: [{ ...run, fingerprint: "other" }, ...runs] }, ...others];
  const { verdict, cells } = checkExperiment({ ...checked, all: shifted });
  assert.is(verdict, "equivalent");
  assert.equal(cells[0].differing, [0]);
  assert.is(cells[1].verdict, "identical");
});

test("a metric that is not in the baseline yet is noted, and fails nothing", () => {
  const at = baseline.metrics.indexOf("delay.p99");
  const without = <Item>(list: readonly Item[]) => list.filter((_, i) => i !== at);
  const older = {
    ...baseline,
    metrics: without(baseline.metrics),
    runs: baseline.runs.map((run) => ({ ...run, values: without(run.values) })),
  };
  const { verdict, notes } = checkExperiment({ ...checked, baseline: older });
  assert.is(verdict, "identical");
  assert.match(notes[0], /new metric: delay\.p99/);
});

test("differences are told by their paths, the first few of many", () => {
  assert.equal(differences({ a: [1, { b: 2 }], c: 1 }, { a: [1, { b: 3 }], d: [] }), [
    "a.1.b: 2 → 3",
    "c: 1 → nothing",
    "d: nothing → an empty list",
  ]);
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i}`, i]));
  assert.is(differences({}, many).at(-1), "and 4 more");
});

test.run();
