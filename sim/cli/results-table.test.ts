import { test } from "uvu";
import * as assert from "uvu/assert";
import { summarise } from "../outcome/summary.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { numberedRuns, result, variedExperiment } from "../runner/testing.ts";
import { resultsTable } from "./results-table.ts";

const experiment = variedExperiment("{ dispatch: origin-only }");

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
