import { csvParse } from "d3-dsv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../experiment/config/cells.ts";
import { RESERVED_NAMES } from "../experiment/config/vary/reserved-names.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { numberedRuns, result, variedExperiment } from "../runner/testing.ts";
import { statisticsFiles } from "./statistics-files.ts";
import { summarise } from "./summary.ts";

const varied = variedExperiment("{ dispatch: origin-only }");

/** The rows of a file, of `runs` runs of every cell. */
function rowsOf(name: string, all: readonly CellRuns[] = numberedRuns(varied)) {
  return csvParse(statisticsFiles(varied, all, summarise(varied, all)).get(name) ?? "");
}

const many = (runs: number) =>
  cells(varied).map((cell, at) => ({
    cell,
    runs: Array.from({ length: runs }, (_, run) => result(at + (run * run) / 100)),
  }));

test("every metric of every cell has an interval, and every difference", () => {
  const rows = rowsOf("intervals.csv", many(3)).filter(({ metric }) => metric === "delay.p95");
  assert.is(rows.length, 8 + 4);
  const [mean, difference] = rows.filter(
    ({ interval, size, policies }) =>
      interval === "30 min" && size === "two" && policies === "tracker-informed",
  );
  assert.is(mean["of"], "mean");
  assert.is(mean["replications"], "3");
  assert.ok(Math.abs(Number(mean["mean"]) - (5 + 0.05 / 3)) < 1e-12);
  assert.is(difference["of"], "difference");
  assert.is(difference["against"], "interval 30 min + size two + origin-only");
  assert.ok(Math.abs(Number(difference["t_low"]) - 1) < 1e-12);
  // Of four comparisons all alike the first is decided at 5 % over four.
  const levels = rows
    .filter((row) => row["of"] === "difference")
    .map((row) => Number(row["t_level"]).toFixed(6));
  assert.equal(levels.sort(), ["0.950000", "0.975000", "0.983333", "0.987500"]);
  assert.is(mean["t_level"], "0.95");
});

test("few replications do not bound the median, and are not resampled", () => {
  const [row] = rowsOf("intervals.csv", many(5));
  assert.equal([row["median_low"], row["bca_low"]], ["", ""]);
  assert.is.not(row["t_low"], "");
  const [single] = rowsOf("intervals.csv", many(1));
  assert.equal([single["mean"], single["t_low"]], ["0", ""]);
});

test("ten are resampled, the same way each time, and bound the median", () => {
  const [row] = rowsOf("intervals.csv", many(10));
  // The second and the ninth of the squares of 0 to 9, in hundredths.
  assert.equal([row["median_low"], row["median_high"]], ["0.01", "0.64"]);
  const [low, mean, high] = ["bca_low", "mean", "bca_high"].map((column) => Number(row[column]));
  assert.ok(low < mean && mean < high);
  assert.ok(high - mean > mean - low, "what is skewed has a longer side");
  assert.equal(rowsOf("intervals.csv", many(10))[0], row);
});

test("the rate over time has a band for each point and a wider one for the curve", () => {
  for (const [runs, by] of [
    [3, "Bonferroni"],
    [10, "largest t"],
  ] as const) {
    const curve = (run: number) => Float64Array.of(run, run * run, 7);
    const all = many(runs).map(({ cell, runs: of }) => ({
      cell,
      runs: of.map((each, run) => ({ ...each, serverRate: curve(run) })),
    }));
    const rows = rowsOf("server-rate-band.csv", all).slice(0, 3);
    assert.equal(
      rows.map((row) => row["time_s"]),
      ["0", "300", "600"],
    );
    for (const row of rows.slice(0, 2)) {
      assert.is(row["curve_by"], by);
      assert.ok(Number(row["curve_low"]) <= Number(row["point_low"]));
      assert.ok(Number(row["point_high"]) <= Number(row["curve_high"]));
    }
    const last = ["mean_bytes_per_s", "point_low", "curve_high"].map((column) =>
      Number(rows[2][column]).toFixed(9),
    );
    assert.equal(last, Array(3).fill("7.000000000"));
  }
});

test("no axis can have the name of a column", () => {
  const all = numberedRuns(varied);
  for (const content of statisticsFiles(varied, all, summarise(varied, all)).values()) {
    const [, , ...columns] = csvParse(content).columns;
    for (const column of columns) assert.ok(RESERVED_NAMES.has(column), column);
  }
});

test.run();
