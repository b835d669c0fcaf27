import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../../experiment/config/cells.ts";
import type { WorkloadSource } from "../../runner/workload-source.ts";
import { demands, evidenceOf, meanOf, reasonsOf, windowOf } from "./evidence.ts";
import { experimentWith, REPLAYED, runWith, soundWorkload } from "./testing.ts";

/** A source that makes the sound workload and says that it has so many requests. */
function sourceOf(requests: number): WorkloadSource {
  return {
    paths: [],
    notes: [],
    rejected: null,
    size: () => ({ files: 1, customers: 1, requests, visits: requests }),
    compiled: null,
    generate: soundWorkload,
  };
}

const SPANS = "vary: { span: { field: workload.window, values: [3 d, 4 d] } }\n";

test("each cell has the workload of its levels, which cells share", () => {
  const experiment = experimentWith([], SPANS);
  const all = cells(experiment).map((cell) => ({ cell, runs: [runWith()] }));
  const found = evidenceOf(experiment, all, [sourceOf(1000), sourceOf(1000)]);
  assert.equal(
    [...demands(found).values()].map((each) => each.map(({ cell }) => cell.label)),
    [
      ["span 3 d + origin-only", "span 3 d + tracker-informed"],
      ["span 4 d + origin-only", "span 4 d + tracker-informed"],
    ],
  );
  assert.equal(
    found.cells.map(({ variant }) => variant.window),
    [3, 3, 4, 4].map((days) => days * 86_400),
  );
});

test("what would take long to make is not made; what is replayed is there", () => {
  const many = [sourceOf(1_000_001)];
  const of = (experiment = experimentWith(), sources = many) =>
    evidenceOf(
      experiment,
      cells(experiment).map((cell) => ({ cell, runs: [runWith()] })),
      sources,
    );
  assert.is(of().cells[0].workload, null);
  assert.is(demands(of()).size, 0);
  assert.is.not(of(experimentWith(), [sourceOf(1_000_000)]).cells[0].workload, null);
  assert.is.not(of(experimentWith([REPLAYED])).cells[0].workload, null);
});

test("metrics are means over the runs that have them, reasons are sums", () => {
  const experiment = experimentWith();
  const runs = [4, null, 6].map((value) =>
    runWith({ "delay.mean": value, "sync.age": null }, { reasons: { best: 2 } }),
  );
  const [each] = evidenceOf(experiment, [{ cell: cells(experiment)[0], runs }], []).cells;
  assert.is(meanOf(each, "delay.mean"), 5);
  assert.is(meanOf(each, "sync.age"), null);
  assert.equal([...reasonsOf(each)], [["best", 6]]);
});

test("the window is the workload's, or what the experiment says, or whole bins", () => {
  const windowIn = (changes: Parameters<typeof experimentWith>[0], sources: WorkloadSource[]) => {
    const experiment = experimentWith(changes, "measure: { bin: 1 h }\n");
    const runs = [runWith({}, { serverRate: new Float64Array(7) })];
    const found = evidenceOf(experiment, [{ cell: cells(experiment)[0], runs }], sources);
    return windowOf(found.cells[0], experiment);
  };
  assert.is(windowIn([["window: 3 d", "window: 4 d"]], [sourceOf(1)]), 3 * 86_400);
  assert.is(windowIn([["window: 3 d", "window: 4 d"]], []), 4 * 86_400);
  assert.is(windowIn([REPLAYED], []), 7 * 3600);
});

test.run();
