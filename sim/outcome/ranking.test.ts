import { test } from "uvu";
import * as assert from "uvu/assert";
import { mainMetrics } from "../metrics/metric.ts";
import { numberedRuns, result, variedExperiment } from "../runner/testing.ts";
import { rankings } from "./ranking.ts";
import { shownCells, summarise, summaryJson } from "./summary.ts";
import { alikeRuns, FIRST, four, ORIGIN, runsWith, SECOND, THIRD } from "./testing.ts";

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

test("single runs are not ranked, and their differences have no interval", () => {
  const summary = summarise(four, runsWith("server.bytes", [[100], [97], [100], [100]]));
  assert.equal(summary.rankings, []);
  const { differences } = JSON.parse(summaryJson(summary)).cells[1];
  const nothing = { low: null, high: null, level: null, pHolm: null };
  assert.equal(differences["server.bytes"], { mean: -3, ...nothing, unit: "bytes" });
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
