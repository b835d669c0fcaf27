import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../../experiment/config/cells.ts";
import type { Experiment, UntilSpec } from "../../experiment/config/experiment.ts";
import { minimal, parse } from "../../experiment/config/testing.ts";
import { firstReplications } from "../../experiment/first-replications.ts";
import type { CellRuns } from "../../runner/cell-runs.ts";
import type { RunResult } from "../../runner/replication.ts";
import { result } from "../../runner/testing.ts";
import { precisionOf, precisionText } from "../precision.ts";
import { runUntil } from "../run-until.ts";
import { meanInterval } from "./interval.ts";
import { nextReplications } from "./next-replications.ts";
import { normal, shareOf, skewed } from "./testing.ts";

const two = `${minimal.replace("dispatch: origin-only", "dispatch: [origin-only, tracker-informed]")}
compare: { dispatch: origin-only }
`;

/** Two policies, the first the baseline, unless there is to be one alone. */
function experiment(until: Partial<UntilSpec>, replications = 4, text = two): Experiment {
  const spec = { metric: "delay.p95", halfWidth: { absolute: 1 }, max: 20 } as const;
  return { ...parse(text), replications, until: { ...spec, ...until } };
}

/** Runs in which `metric` has these values, cell by cell. */
function runsOf(of: Experiment, values: readonly (readonly (number | null)[])[]): CellRuns[] {
  return cells(of).map((cell, at) => ({ cell, runs: values[at].map(delayed) }));
}

const alike = [7, 7, 7, 7];
const wide = [0, 10, 20, 30];

test("without `until` there are as many replications as are asked for", () => {
  const plain = parse(two);
  assert.is(firstReplications(plain), 10);
  assert.is(nextReplications(plain, runsOf(plain, [wide, wide])), null);
  assert.is(precisionOf(plain, runsOf(plain, [wide, wide])), null);
});

test("three are the least to judge by", () => {
  assert.is(firstReplications(experiment({}, 1)), 3);
  assert.is(firstReplications(experiment({}, 5)), 5);
});

test("there are half as many more while an interval is too wide, up to the most", () => {
  const next = (of: Experiment, cell: readonly number[]) =>
    nextReplications(of, runsOf(of, [cell, cell]));
  assert.is(next(experiment({}), wide), 6);
  assert.is(next(experiment({}), [...wide, ...wide, ...wide]), 18);
  assert.is(next(experiment({ max: 13 }), [...wide, ...wide, ...wide]), 13);
  assert.is(next(experiment({ max: 12 }), [...wide, ...wide, ...wide]), null);
  assert.is(next(experiment({}), alike), null);
});

test("the interval of each cell counts, and that of each difference", () => {
  const of = experiment({});
  const asked = (a: readonly number[], b: readonly number[]) =>
    nextReplications(of, runsOf(of, [a, b]));
  assert.is(asked(alike, wide), 6);
  assert.is(asked(wide, alike), 6);
  // Each is within ±1 by itself: t(0.975, 3) = 3.182, deviations of 0.577, ±0.92. Their
  // differences are 1, -1, 1, -1 around 0: ±1.84.
  assert.is(asked([0, 1, 0, 1], [1, 0, 1, 0]), 6);
  assert.is(asked([0, 1, 0, 1], [5, 6, 5, 6]), null);
  const widest = precisionOf(
    of,
    runsOf(of, [
      [0, 1, 0, 1],
      [1, 0, 1, 0],
    ]),
  )?.widest;
  assert.is(widest?.of, "difference");
  assert.is(widest?.cell, "tracker-informed");
  assert.ok(Math.abs((widest?.absolute ?? 0) - 1.8374) < 1e-4);
});

test("a share is one of the cell's mean, and of the baseline's mean for a difference", () => {
  const of = experiment({ halfWidth: { relative: 0.1 } });
  const asked = (a: readonly number[], b: readonly number[]) =>
    nextReplications(of, runsOf(of, [a, b]));
  // ±0.919 is within 10 % of 10.5 and not of 9; the differences are ±1.84 around 0.
  assert.is(asked([10, 11, 10, 11], [10, 11, 10, 11]), null);
  assert.is(asked([8.5, 9.5, 8.5, 9.5], [8.5, 9.5, 8.5, 9.5]), 6);
  assert.is(asked([10, 11, 10, 11], [11, 10, 11, 10]), 6);
  assert.is(asked([20, 21, 20, 21], [21, 20, 21, 20]), null);
  assert.is(asked([0, 0, 0, 0], [0, 0, 0, 0]), null, "nothing is within any share of nothing");
});

test("a cell without the metric is not waited for", () => {
  const of = experiment({});
  const none = [null, 1, 2, 3];
  assert.is(nextReplications(of, runsOf(of, [none, alike])), null);
  const nobody = precisionOf(of, runsOf(of, [none, none]));
  assert.is(nobody?.isReached, true);
  assert.match(nobody === null ? "" : precisionText(nobody), "no cell has delay.p95");
});

test("what was reached is told", () => {
  const told = (of: Experiment, values: readonly number[]) => {
    const precision = precisionOf(of, runsOf(of, [values, values]));
    return precision === null ? "" : precisionText(precision);
  };
  assert.is(
    told(experiment({ halfWidth: { relative: 0.05 } }), alike),
    "4 replications: every 95 % interval of delay.p95 is within ±5.0 %",
  );
  // Deviation 12.91: 3.182 · 12.91 / 2 = 20.54 s, 137 % of 15.
  assert.is(
    told(experiment({ max: 4 }), wide),
    "4 replications, of at most 4: the 95 % interval of delay.p95 is ±20.5 s for origin-only, " +
      "where ±1.00 s was asked for",
  );
});

test("batches follow each other, and their runs are in the order of the replications", async () => {
  const of = experiment({ halfWidth: { absolute: 30 } }, 3);
  const batches: number[][] = [];
  const all = await runUntil(of, async (from, to) => {
    batches.push([from, to]);
    // Wide to begin with; later runs lie together.
    const values = Array.from({ length: to - from }, (_, at) => (from + at < 3 ? 100 * at : 100));
    return runsOf(of, [values, values]);
  });
  // t · deviation / √n: of 3 runs 4.30 · 100 / √3 = 248; of 5 88; of 8 45; of 12 27.
  assert.equal(batches, [
    [0, 3],
    [3, 5],
    [5, 8],
    [8, 12],
  ]);
  const values = all[1].runs.map(({ metrics }) => metrics["delay.p95"]);
  assert.equal(values, [0, 100, 200, ...Array(9).fill(100)]);
});

/** The share of 1,000 sequential experiments whose last interval holds the true mean. */
function coverage(of: Experiment, draw: () => number, mean: number): number {
  const [cell] = cells(of);
  return shareOf(1000, () => {
    const runs: RunResult[] = [];
    let next: number | null = firstReplications(of);
    while (next !== null) {
      while (runs.length < next) runs.push(delayed(draw()));
      next = nextReplications(of, [{ cell, runs }]);
    }
    const interval = meanInterval(runs.map(({ metrics }) => metrics["delay.p95"] ?? 0));
    return interval !== null && interval.low <= mean && mean <= interval.high;
  });
}

const template = result(1);

function delayed(seconds: number | null): RunResult {
  return { ...template, metrics: { ...template.metrics, "delay.p95": seconds } };
}

test("who stops when intervals are narrow has them hold the mean less often", () => {
  // Half a deviation, for which about 18 runs are needed; from three runs on and from ten.
  const until = { halfWidth: { absolute: 0.5 }, max: 100 } as const;
  const [early, late] = [3, 10].map((first) => experiment(until, first, minimal));
  const near = (found: number, expected: number) =>
    assert.ok(Math.abs(found - expected) < 0.03, `${found} is not about ${expected}`);
  near(coverage(early, normal("stopped early"), 0), 0.905);
  near(coverage(late, normal("stopped late"), 0), 0.945);
  near(coverage(early, skewed("stopped early"), 1), 0.8);
  near(coverage(late, skewed("stopped late"), 1), 0.89);
});

test.run();
