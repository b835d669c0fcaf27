import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MetricName } from "../metrics/metric.ts";
import { summarise } from "../outcome/summary.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { numberedRuns, result, variedExperiment } from "../runner/testing.ts";
import { resultsTable } from "./results-table.ts";

const experiment = variedExperiment("{ dispatch: origin-only }");

/** Runs in which the metric is, in every run, what it says, cell by cell. */
function summaryOf(metric: MetricName, values: readonly number[], horizon = 43_200) {
  const all = numberedRuns(experiment).map(({ cell, runs }, at) => ({
    cell,
    runs: runs.map((run) => ({ ...run, metrics: { ...run.metrics, [metric]: values[at] } })),
  }));
  return summarise({ ...experiment, measure: { ...experiment.measure, horizon } }, all);
}

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The table in its columns: at least two spaces are between two. */
function columnsOf(text: string): string[][] {
  const [table = ""] = text.split("\n\n");
  return table.split("\n").map((line) => line.split(/ {2,}/));
}

test("the metrics that tell most come first, visits among them", () => {
  const [header = []] = columnsOf(resultsTable(summaryOf("visit.p95", NUMBERS)));
  assert.equal(header.slice(0, 7), [
    ...["interval", "size", "policies", "server.bytes", "visit.mean", "visit.p95"],
    "visit.incomplete",
  ]);
});

test("a narrow terminal has fewer columns, and is told of which; one has at least one", () => {
  const summary = summaryOf("visit.p95", NUMBERS);
  const whole = resultsTable(summary).split("\n\n")[0] ?? "";
  const wide = Math.max(...whole.split("\n").map((line) => line.length));
  assert.is(resultsTable(summary, wide), resultsTable(summary));
  for (const [width, count] of [
    [wide - 1, 8],
    [100, 4],
    [10, 1],
  ] as const) {
    const text = resultsTable(summary, width);
    const [header = []] = columnsOf(text);
    assert.is(header.length, 3 + count, text);
    assert.match(text, /^for which there was no room: .*requests\.wrongAccepted$/m);
  }
  const lines = resultsTable(summary, 100).split("\n\n")[0]?.split("\n") ?? [];
  assert.ok(lines.every((line) => line.length <= 100));
});

test("a lower bound has no spread, and the legend says what > and restricted mean", () => {
  const text = resultsTable(summaryOf("visit.p95", NUMBERS, 7));
  const column = columnsOf(text)[0]?.indexOf("visit.p95") ?? -1;
  assert.equal(
    columnsOf(text)
      .slice(1)
      .map((row) => row[column]?.replace(/ [+-]$/, "")),
    ["1.00 s", "2.00 s", "3.00 s", "4.00 s", "5.00 s", "6.00 s", "> 7.00 s", "> 8.00 s"],
  );
  assert.match(text, "; visit.mean restricted to 7 s; > at least, since some runs reach 7 s");
  const free = resultsTable(summaryOf("visit.p95", NUMBERS));
  assert.match(free, "; visit.mean restricted to 12 h");
  assert.not.match(free, "at least");
});

test("runs of an older version, which had no horizon, are told of none", () => {
  const text = resultsTable(summaryOf("visit.p95", NUMBERS, Number.POSITIVE_INFINITY));
  assert.not.match(text, /restricted|at least/);
});

function tableOf(all: readonly CellRuns[]): string {
  return resultsTable(summarise(experiment, all));
}

test("who decided alike has one row, and is named below, with where that was so", () => {
  const all = numberedRuns(experiment).map(({ cell, runs }, at) => {
    const isAlike = at === 0 || at === 1;
    return { cell, runs: isAlike ? [result(1), result(2)] : runs };
  });
  const lines = tableOf(all).split("\n");
  assert.is(lines.filter((line) => /origin-only|tracker-informed/.test(line)).length, 7 + 2);
  assert.ok(
    lines.includes("origin-only: also tracker-informed, at 1 of 4 combinations of levels"),
    lines.join("\n"),
  );
  assert.not.match(tableOf(numberedRuns(experiment)), "alike");
});

test("single runs have no mark and no interval, and the legend says why", () => {
  const all = numberedRuns(experiment).map(({ cell, runs }) => ({ cell, runs: runs.slice(1) }));
  const table = tableOf(all);
  assert.match(table, /\n\none run of each, which says nothing of chance/);
  assert.not.match(table, /±|[0-9A-Za-z] [+-](\s|$)/);
});

test.run();
