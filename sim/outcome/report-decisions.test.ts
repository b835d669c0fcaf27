import { test } from "uvu";
import * as assert from "uvu/assert";
import type { RunResult } from "../runner/replication.ts";
import { numberedRuns, variedExperiment } from "../runner/testing.ts";
import { reportDecisions } from "./report-decisions.ts";
import { reportDistributions } from "./report-distributions.ts";

const [first] = numberedRuns(variedExperiment("{ dispatch: origin-only }"));

/** The first cell with two runs that have this beside all else. */
function cellWith(...runs: readonly Partial<RunResult>[]) {
  return { ...first, runs: runs.map((run, at) => ({ ...first.runs[at], ...run })) };
}

const course = (reasons: readonly string[], ...counts: readonly number[]) => ({
  reasonCourse: { width: 60, reasons, counts: Float64Array.from(counts) },
});

test("decisions are averaged over the replications, reason by reason", () => {
  const cell = cellWith(course(["a", "b"], 4, 0, 1, 1), course(["b", "c"], 2, 2, 6, 0));
  const { label: policy } = cell.cell;
  assert.equal(reportDecisions([cell]).decisions, [
    // Together b has 6 of 16, c 6 and a 4; equals stay in their order.
    { policy, width: 60, reasons: ["b", "c", "a"], counts: [1.5, 1.5, 3, 0, 2, 0] },
  ]);
});

test("ten reasons are kept apart, and what runs have pooled stays with all others", () => {
  const names = Array.from({ length: 11 }, (_, at) => `reason ${at}`);
  const cell = cellWith(
    course(names.slice(0, 10), ...Array(10).fill(8)),
    course([names[10], "other"], 2, 4),
  );
  const [{ reasons, counts }] = reportDecisions([cell]).decisions;
  assert.equal(reasons, [...names.slice(0, 10), "other"]);
  assert.equal(counts, [...Array(10).fill(4), 3]); // (2 + 4) / 2.
});

test("a replication without decisions counts as none, and older runs say nothing", () => {
  const quiet = cellWith(course([]), course(["a"], 2, 4));
  assert.equal(reportDecisions([quiet]).decisions[0]?.counts, [1, 2]);
  assert.equal(reportDecisions([cellWith(course([]), course([]))]).decisions, []);
  const { reasonCourse: _, ...old } = first.runs[0];
  const stored = { ...first, runs: [old as RunResult] };
  assert.equal(reportDecisions([stored]), { decisions: [], beliefs: [] });
});

test("beliefs are means over candidates of all replications, where there are any", () => {
  const beliefs = (...[candidates, believed, actual]: readonly number[][]) => ({
    beliefCourse: {
      width: 60,
      candidates: Float64Array.from(candidates),
      believed: Float64Array.from(believed),
      actual: Float64Array.from(actual),
    },
  });
  const cell = cellWith(
    beliefs([2, 0, 1], [1, 0, 0], [4, 0, 1]),
    beliefs([6, 0, 0], [3, 0, 0], [0, 0, 0]),
  );
  const { label: policy } = cell.cell;
  assert.equal(reportDecisions([cell]).beliefs, [
    { policy, time: 0, width: 60, believed: 0.5, actual: 0.5 },
    { policy, time: 120, width: 60, believed: 0, actual: 1 },
  ]);
});

test("quantiles are averaged one by one; one that stands at the horizon in any run is a lower bound", () => {
  const steps = (...[low, high]: readonly number[]) =>
    Float64Array.from({ length: 201 }, (_, at) => (at < 100 ? low : high));
  const cell = cellWith(
    { visits: steps(1, 5), delays: steps(1, 1) },
    { visits: steps(3, 60), delays: steps(2, 2) },
  );
  const { visits, delay } = reportDistributions([cell], 60);
  const { label: policy } = cell.cell;
  assert.equal(visits[99], { policy, share: 0.495, seconds: 2 });
  assert.equal(visits[100], { policy, share: 0.5, seconds: 32.5, isAtLeast: true });
  assert.equal(delay[200], { policy, share: 1, seconds: 1.5 });
  const { visits: _, ...old } = first.runs[0];
  const stored = { ...first, runs: [{ ...old, delays: steps(1, 2) } as RunResult] };
  assert.equal(reportDistributions([stored], 60).visits, []);
  assert.is(reportDistributions([stored], 60).delay.length, 201);
});

test.run();
