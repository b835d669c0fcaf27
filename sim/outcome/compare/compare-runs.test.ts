import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Experiment } from "../../experiment/config/experiment.ts";
import { manifest } from "../../experiment/manifest.ts";
import { type CellRuns, experimentFingerprint } from "../../runner/cell-runs.ts";
import { numberedRuns, variedExperiment } from "../../runner/testing.ts";
import type { StoredRun } from "../results/run-folder.ts";
import { changedSettings } from "./changed-settings.ts";
import { compareRuns } from "./compare-runs.ts";

const experiment = variedExperiment("{ dispatch: origin-only }");

function stored(of: Experiment, all: readonly CellRuns[]): StoredRun {
  return { folder: "run", manifest: manifest(of, [], experimentFingerprint(all)), all };
}

/** As `numberedRuns`, with `by` added to the delay of every run of the cell at `at`. */
function slower(at: number, by: readonly number[]): CellRuns[] {
  return numberedRuns(experiment).map(({ cell, runs }, number) => {
    if (number !== at) return { cell, runs };
    const changed = runs.map((run, replication) => {
      const delay = (run.metrics["delay.mean"] ?? 0) + by[replication];
      return { ...run, fingerprint: "other", metrics: { ...run.metrics, "delay.mean": delay } };
    });
    return { cell, runs: changed };
  });
}

test("a run against itself is identical and equal in every metric", () => {
  const run = stored(experiment, numberedRuns(experiment));
  const [comparison] = compareRuns([run, run]);
  assert.ok(comparison.isIdentical);
  assert.equal(comparison.settings, []);
  for (const { changes } of comparison.cells) {
    for (const { says } of Object.values(changes)) assert.is(says, "equal");
  }
});

test("what one cell lost is seen in pairs, and nowhere else", () => {
  const before = stored(experiment, numberedRuns(experiment));
  // Of values 2 and 2.1 the spread would hide a loss of about 0.01; of the differences it does not.
  const after = stored(experiment, slower(2, [0.01, 0.0101]));
  const [{ cells, isIdentical }] = compareRuns([before, after]);
  assert.not(isIdentical);
  const says = cells.map(({ changes }) => changes["delay.mean"].says);
  assert.equal(
    says,
    cells.map((_, at) => (at === 2 ? "worse" : "equal")),
  );
  assert.ok(cells.every(({ isPaired }) => isPaired));
});

test("other seeds share no chance, so the same loss is unclear", () => {
  const before = stored(experiment, numberedRuns(experiment));
  const after = stored({ ...experiment, seed: 99 }, slower(2, [0.01, 0.0101]));
  const [{ cells, settings }] = compareRuns([before, after]);
  assert.equal(
    settings.map(({ path }) => path),
    ["seed"],
  );
  assert.not(cells[2].isPaired);
  assert.is(cells[2].changes["delay.mean"].says, "unclear");
});

test("single runs are not tested, and a change in two decides among all", () => {
  const single = (all: readonly CellRuns[]) =>
    all.map(({ cell, runs }) => ({ cell, runs: runs.slice(0, 1) }));
  const before = single(numberedRuns(experiment));
  const [{ cells }] = compareRuns([
    stored(experiment, before),
    stored(experiment, single(slower(2, [0.5, 0.5]))),
  ]);
  const { difference, pHolm, says } = cells[2].changes["delay.mean"];
  assert.equal([difference?.mean, difference?.level, pHolm, says], [0.5, null, null, "untested"]);
  assert.ok(cells.every(({ changes }) => changes["visit.mean"].says === "untested"));
});

test("the interval of a change has the level at which it was decided; who decided alike counts once", () => {
  const before = stored(experiment, numberedRuns(experiment));
  const levelOf = (was: readonly CellRuns[], is: readonly CellRuns[]) =>
    compareRuns([stored(experiment, was), stored(experiment, is)])[0].cells[2].changes["delay.mean"]
      .difference?.level ?? 0;
  // Of eight cells the one that differs is decided first.
  assert.ok(Math.abs(levelOf(before.all, slower(2, [0.01, 0.0101])) - (1 - 0.05 / 8)) < 1e-12);
  // Where the third and the fourth are one, there are seven.
  const alike = (all: readonly CellRuns[]) =>
    all.map(({ cell, runs }, at) => ({ cell, runs: at === 3 ? all[2].runs : runs }));
  const found = levelOf(alike(before.all), alike(slower(2, [0.01, 0.0101])));
  assert.ok(Math.abs(found - (1 - 0.05 / 7)) < 1e-12, String(found));
});

test("cells that only one run has are named, and not compared", () => {
  const alone: Experiment = { ...experiment, policies: { ...experiment.policies } };
  const all = numberedRuns(experiment);
  const [{ added, removed, cells }] = compareRuns([
    stored(experiment, all.slice(1)),
    stored(alone, all.slice(0, -1)),
  ]);
  assert.equal(added, [all[0].cell.label]);
  assert.equal(removed, [all.at(-1)?.cell.label]);
  assert.is(cells.length, all.length - 2);
});

test("settings that differ are told by their path, with those that only one has", () => {
  const before = { server: { uplink: Number.POSITIVE_INFINITY, name: "a" }, classes: [1, 2] };
  const after = { server: { uplink: 5 }, classes: [1, 3] };
  assert.equal(changedSettings(before, after), [
    { path: "server.uplink", before: "Infinity", after: "5" },
    { path: "server.name", before: "a", after: undefined },
    { path: "classes.1", before: "2", after: "3" },
  ]);
});

test("a quantile that stands at its own run's horizon is a lower bound there", () => {
  // Cells are 0, 1, …, 7 in one run and 0.1 more in the other.
  const at = (horizon: number) =>
    stored(
      { ...experiment, measure: { ...experiment.measure, horizon } },
      numberedRuns(experiment),
    );
  const [{ cells }] = compareRuns([at(3.1), at(7.1)]);
  const bounds = cells.map(({ changes: { "visit.p95": change } }) => [
    change.before?.isAtLeast === true,
    change.after?.isAtLeast === true,
  ]);
  assert.equal(bounds, [
    ...Array(3).fill([false, false]),
    ...Array(4).fill([true, false]),
    [true, true],
  ]);
});

test.run();
