import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { minimal, parse } from "../experiment/config/testing.ts";
import { type MetricName, mainMetrics } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { numberedRuns, result, variedExperiment } from "../runner/testing.ts";
import { rankings } from "./ranking.ts";
import { shownCells, summarise, summaryJson } from "./summary.ts";
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
      const run = { ...result(1), fingerprint: `${at}` };
      return { ...run, metrics: { ...run.metrics, [metric]: value } };
    }),
  }));
}

test("the best is named with those that cannot be told apart, and what choosing it may cost", () => {
  const all = runsWith("visit.p95", [
    [90, 91, 92],
    [12, 13, 14],
    [10, 14, 12],
    [20, 21, 22],
  ]);
  const ranking = rankings(all).find(({ metric }) => metric === "visit.p95");
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
  const found = rankings(numberedRuns(varied)).filter(({ metric }) => metric === "visit.p95");
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

test("a metric that is not a main one is decided among all cells compared, by itself", () => {
  // Student's t of 1 ± 1 over √3 is 1.7320508, of 10 ± 1 17.320508: with two degrees of freedom
  // p = 1 - t / √(t² + 2): 0.2254033 and 0.0033167. A third cell is like the baseline: 1.
  const all = runsWith("delay.p95", [
    [10, 10, 10],
    [10, 11, 12],
    [19, 20, 21],
    [10, 10, 10],
  ]);
  const summary = summarise(four, all);
  const found = summary.cells.map(({ differences }) => differences?.["delay.p95"]?.pHolm);
  assert.is(found[0], undefined);
  for (const [at, expected] of [
    [1, 2 * 0.2254033],
    [2, 3 * 0.0033167],
    [3, 1],
  ]) {
    assert.ok(Math.abs((found[at] ?? 0) - expected) < 1e-6, `${at}: ${found[at]}`);
  }
  // The second is decided at 5 % over three, the first not even over the two left: 1 - 0.05 / 2.
  const json = JSON.parse(summaryJson(summary));
  const levels = [1, 2, 3].map((at) => json.cells[at].differences["delay.p95"].level.toFixed(6));
  assert.equal(levels, ["0.975000", "0.983333", "0.975000"]);
  const { low, high, pHolm } = json.cells[2].differences["delay.p95"];
  // t(1 - 0.05 / 6, 2) = 7.648886, over √3.
  assert.ok(Math.abs(low - (10 - 7.648886 / Math.sqrt(3))) < 1e-4, String(low));
  assert.ok(Math.abs(high - (10 + 7.648886 / Math.sqrt(3))) < 1e-4, String(high));
  assert.is(pHolm, found[2]);
  assert.not.ok("pHolm" in json.cells[1].metrics["delay.p95"]);
  assert.is(json.replications, 3);
  assert.not.ok("until" in json);
  assert.not.ok(json.rankings.some((each: { metric: string }) => each.metric === "delay.p95"));
});

const answer = (values: readonly (readonly number[])[]) =>
  verdict(summarise(four, runsWith("visit.p95", values)));

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
});

test("of single runs it says what was seen, and that they say nothing of chance", () => {
  const single = runsWith("server.bytes", [[100], [97], [100], [100]]);
  const summary = summarise(four, single);
  const told = verdict(summary);
  assert.match(
    told,
    `The server sent least under ${FIRST}: 3.0 % fewer bytes than under ${ORIGIN}.`,
  );
  assert.ok(told.endsWith("A single run of each says nothing of chance."), told);
  assert.not.match(told, /surely|explain|interval/);
  assert.equal(summary.rankings, []);
  const { differences } = JSON.parse(summaryJson(summary)).cells[1];
  const nothing = { low: null, high: null, level: null, pHolm: null };
  assert.equal(differences["server.bytes"], { mean: -3, ...nothing, unit: "bytes" });
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
  const values2 = values.with(1, [90.9, 91, 91.1]);
  const sure = verdict(summarise(four, runsWith("server.bytes", values2)));
  assert.match(sure, `Volunteers relieve the server most under ${FIRST}: it sends 9.0 % fewer`);
});

test("differences in the main metrics are one family over all cells, whatever others are", () => {
  const serving = runsWith("server.bytes", [
    [100, 100, 100],
    [80, 81, 82],
    [100, 100, 100],
    [100, 100, 100],
  ]);
  const family = 3 * mainMetrics(true).length;
  const [, cell] = summarise(four, serving).cells;
  assert.ok(
    Math.abs((cell.differences?.["server.bytes"]?.level ?? 0) - (1 - 0.05 / family)) < 1e-12,
  );
  assert.ok(Math.abs((cell.differences?.["delay.p50"]?.level ?? 0) - (1 - 0.05 / 3)) < 1e-12);
});

/** As `runsWith`, where the cells at `alike` have the decisions of the first of them. */
function alikeRuns(alike: readonly number[], values: readonly (readonly number[])[]): CellRuns[] {
  return runsWith("server.bytes", values).map(({ cell, runs }, at) => ({
    cell,
    runs: runs.map((run) => ({ ...run, fingerprint: `${alike.includes(at) ? alike[0] : at}` })),
  }));
}

test("cells that decided alike are one: compared, ranked and named once", () => {
  const values = [
    [100, 100, 100],
    [80, 81, 82],
    [80, 81, 82],
    [90, 92, 91],
  ];
  const summary = summarise(four, alikeRuns([1, 2], values));
  const [, first, second, third] = summary.cells;
  assert.equal(first.alike, [FIRST, SECOND]);
  assert.equal(second.alike, [FIRST, SECOND]);
  assert.equal(third.alike, [THIRD]);
  assert.equal(
    shownCells(summary).map(({ label }) => label),
    [ORIGIN, FIRST, THIRD],
  );
  // Two comparisons in place of three.
  const family = 2 * mainMetrics(true).length;
  assert.ok(
    Math.abs((first.differences?.["server.bytes"]?.level ?? 0) - (1 - 0.05 / family)) < 1e-12,
  );
  assert.equal(second.differences, first.differences);
  const ranking = summary.rankings.find(({ metric }) => metric === "server.bytes");
  // Of three systems, whose differences are -10 ± 1.73: t(1 - 0.05 / 2, 2) = 4.302653, over √3.
  assert.equal(ranking?.among, [FIRST]);
  assert.match(verdict(summary), `under ${FIRST} (also ${SECOND}): it sends 19.0 % fewer bytes`);
  assert.match(verdict(summary), "ahead of all 2 others");
  const json = JSON.parse(summaryJson(summary));
  assert.is(json.cells.length, 4);
  assert.equal(json.cells[2].alike, [FIRST, SECOND]);
  assert.is(json.cells[2].label, SECOND);
  assert.not.ok("alike" in json.cells[3]);
});

test("what decided as its baseline did is not compared with it", () => {
  const values = [
    [100, 101, 99],
    [80, 81, 82],
    [100, 101, 99],
    [90, 91, 92],
  ];
  const summary = summarise(four, alikeRuns([2, 0], values));
  assert.equal(summary.cells[2].alike, [ORIGIN, SECOND]);
  const none = { mean: 0, low: 0, high: 0, level: null, pHolm: null };
  assert.equal(summary.cells[2].differences?.["server.bytes"], none);
  assert.is(summary.cells[1].differences?.["server.bytes"]?.mean, -19);
});

test("cells at other levels are never one, whatever they decided", () => {
  const varied = variedExperiment("{ dispatch: origin-only }");
  const all = numberedRuns(varied).map(({ cell }) => ({ cell, runs: [result(1), result(2)] }));
  const { cells: found } = summarise(varied, all);
  assert.equal(
    found.map(({ alike }) => alike.length),
    Array(8).fill(2),
  );
  assert.is(shownCells({ cells: found }).length, 4);
});

test.run();
