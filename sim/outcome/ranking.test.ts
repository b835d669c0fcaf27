import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { minimal, parse } from "../experiment/config/testing.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { numberedRuns, result, variedExperiment } from "../runner/testing.ts";
import { rankings } from "./ranking.ts";
import { summarise, summaryJson } from "./summary.ts";
import { verdict } from "./verdict.ts";

/** Four policies, of which the first is the baseline. */
const four: Experiment = parse(
  `${minimal.replace(
    "dispatch: origin-only",
    `dispatch:
    - origin-only
    - tracker-informed
    - { tracker-informed: { memory: 1 min } }
    - { tracker-informed: { memory: 2 min } }`,
  )}compare: { dispatch: origin-only }\n`,
);
const [ORIGIN, FIRST, SECOND, THIRD] = cells(four).map(({ label }) => label);

/** Runs in which all metrics but some are 1. */
function runsWith(metric: MetricName, values: readonly (readonly (number | null)[])[]): CellRuns[] {
  return cells(four).map((cell, at) => ({
    cell,
    runs: values[at].map((value) => {
      const run = result(1);
      return { ...run, metrics: { ...run.metrics, [metric]: value } };
    }),
  }));
}

test("the best is named with those that cannot be told apart, and what choosing it may cost", () => {
  const all = runsWith("delay.p95", [
    [90, 91, 92],
    [12, 13, 14],
    [10, 14, 12],
    [20, 21, 22],
  ]);
  const ranking = rankings(all).find(({ metric }) => metric === "delay.p95");
  assert.is(ranking?.best, SECOND);
  assert.equal(ranking?.among, [SECOND, FIRST]);
  // Differences -2, 1, -2: -1 ± √3 / √3 · t(1 - 0.05 / 3, 2) = 5.3392.
  assert.ok(Math.abs((ranking?.within ?? 0) - 4.3392) < 1e-3, String(ranking?.within));
  assert.is(ranking?.probability, 0.95);
});

test("higher is better where the metric says so; cells that lack the metric are not ranked", () => {
  const all = runsWith("volunteers.jain", [
    [null, null, null],
    [0.7, 0.71, 0.72],
    [0.9, 0.91, 0.92],
    [0.5, 0.51, 0.52],
  ]);
  const ranking = rankings(all).find(({ metric }) => metric === "volunteers.jain");
  assert.equal([ranking?.best, ranking?.among, ranking?.within], [SECOND, [SECOND], 0]);
});

test("the cells at each combination of levels are ranked among themselves", () => {
  const varied = variedExperiment("{ dispatch: origin-only }");
  const found = rankings(numberedRuns(varied)).filter(({ metric }) => metric === "delay.p95");
  assert.equal(
    found.map(({ levels, best }) => [levels["interval"], levels["size"], best]),
    [
      ["1 min", "two", "interval 1 min + size two + origin-only"],
      ["1 min", "nine", "interval 1 min + size nine + origin-only"],
      ["30 min", "two", "interval 30 min + size two + origin-only"],
      ["30 min", "nine", "interval 30 min + size nine + origin-only"],
    ],
  );
});

test("p-values are adjusted for all cells that are compared, metric by metric", () => {
  // Student's t of 1 ± 1 over √3 is 1.7320508, of 10 ± 1 17.320508: with two degrees of freedom
  // p = 1 - t / √(t² + 2): 0.2254033 and 0.0033167. A third cell is like the baseline: 1.
  const all = runsWith("delay.p95", [
    [10, 10, 10],
    [10, 11, 12],
    [19, 20, 21],
    [10, 10, 10],
  ]);
  const summary = summarise(four, all);
  const found = summary.cells.map(({ pHolm }) => pHolm?.["delay.p95"]);
  assert.is(found[0], undefined);
  for (const [at, expected] of [
    [1, 2 * 0.2254033],
    [2, 3 * 0.0033167],
    [3, 1],
  ]) {
    assert.ok(Math.abs((found[at] ?? 0) - expected) < 1e-6, `${at}: ${found[at]}`);
  }
  const json = JSON.parse(summaryJson(summary));
  assert.is(json.cells[1].differences["delay.p95"].pHolm, found[1]);
  assert.not.ok("pHolm" in json.cells[1].metrics["delay.p95"]);
  assert.is(json.replications, 3);
  assert.not.ok("until" in json);
  const [ranking] = json.rankings.filter((each: { metric: string }) => each.metric === "delay.p95");
  assert.equal(ranking.among, [ORIGIN, THIRD, FIRST]);
});

const answer = (values: readonly (readonly number[])[]) =>
  verdict(summarise(four, runsWith("delay.p95", values)));

test("the answer says that the best is ahead only if it is ahead of all", () => {
  const ahead = answer([
    [90, 91, 92],
    [10, 11, 12],
    [30, 31, 32],
    [20, 21, 22],
  ]);
  assert.match(ahead, `${FIRST}, 11.0 s, ahead of all 3 others by more than chance explains.`);
});

test("the answer names who may be better, and how much is at stake", () => {
  const unsure = answer([
    [90, 91, 92],
    [12, 13, 14],
    [10, 14, 12],
    [20, 21, 22],
  ]);
  assert.match(unsure, `${SECOND}, 12.0 s, though not surely ahead of ${FIRST}, but within 4.34 s`);
  const single = answer([[1], [2], [3], [4]]);
  assert.match(single, `not surely ahead of ${FIRST}, ${SECOND} and ${THIRD}.`);
});

test("a saving that chance explains among so many is none", () => {
  // Alone, t = 5.196 and p = 0.035; of three, 0.105. The others are as the server alone.
  const values = [
    [100, 100, 100],
    [96, 97, 98],
    [100, 100, 100],
    [100, 100, 100],
  ];
  const unsure = verdict(summarise(four, runsWith("server.bytes", values)));
  assert.match(
    unsure,
    `No policy surely relieves the server against ${ORIGIN}: under ${FIRST} it sends 3.0 % fewer`,
  );
  const values2 = values.with(1, [90, 91, 92]);
  const sure = verdict(summarise(four, runsWith("server.bytes", values2)));
  assert.match(sure, `Volunteers relieve the server most under ${FIRST}: it sends 9.0 % fewer`);
});

test.run();
