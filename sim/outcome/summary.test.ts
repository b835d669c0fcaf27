import { test } from "uvu";
import * as assert from "uvu/assert";
import { RESERVED_NAMES } from "../experiment/config/vary/reserved-names.ts";
import type { MetricName } from "../metrics/metric.ts";
import { numberedRuns, variedExperiment } from "../runner/testing.ts";
import { rowFiles } from "./rows.ts";
import { summarise, summaryJson } from "./summary.ts";
import { verdict } from "./verdict.ts";

const summaryOf = (compare: string) => {
  const experiment = variedExperiment(compare);
  return summarise(experiment, numberedRuns(experiment));
};

/** For each cell the label of its baseline, by its own. */
const against = (compare: string) =>
  summaryOf(compare).cells.map((cell) => `${cell.label} < ${cell.against ?? "none"}`);

test("a policy is compared with the baseline at the same levels", () => {
  assert.equal(against("{ dispatch: origin-only }").slice(0, 4), [
    "interval 1 min + size two + origin-only < none",
    "interval 1 min + size two + tracker-informed < interval 1 min + size two + origin-only",
    "interval 1 min + size nine + origin-only < none",
    "interval 1 min + size nine + tracker-informed < interval 1 min + size nine + origin-only",
  ]);
});

test("a level is compared with the baseline that is like it in all else", () => {
  assert.equal(against("{ size: two }").slice(4), [
    "interval 30 min + size two + origin-only < none",
    "interval 30 min + size two + tracker-informed < none",
    "interval 30 min + size nine + origin-only < interval 30 min + size two + origin-only",
    "interval 30 min + size nine + tracker-informed < interval 30 min + size two + tracker-informed",
  ]);
});

test("a level with a policy of its own is compared with the only one at the baseline's level, if it is", () => {
  const againstWith = (one: string, own: string) => {
    const levels = `one: { policies.dispatch: ${one} }, own: { policies.dispatch: ${own} }`;
    const experiment = variedExperiment("{ design: one }", `  design: { ${levels} }\n`);
    const { cells } = summarise(experiment, numberedRuns(experiment));
    return `${cells.at(-1)?.label} < ${cells.at(-1)?.against ?? "none"}`;
  };
  const tracker = "design own + tracker-informed";
  assert.is(
    againstWith("origin-only", "tracker-informed"),
    `${tracker} < design one + origin-only`,
  );
  assert.is(
    againstWith("[origin-only, tracker-informed]", "tracker-informed"),
    `${tracker} < design one + tracker-informed`,
  );
  assert.is(
    againstWith("[tracker-informed, { tracker-informed: { memory: 3 s } }]", "origin-only"),
    "design own + origin-only < none",
  );
});

test("a whole cell can be the one baseline of all others", () => {
  const only = "interval 1 min + size two + origin-only";
  const summary = summaryOf("{ dispatch: origin-only, size: two, interval: 1 min }");
  assert.is(summary.baseline, only);
  assert.equal(
    summary.cells.map((cell) => cell.against),
    [null, ...Array(7).fill(only)],
  );
  assert.is(summary.cells[5].differences?.["delay.mean"]?.mean, 5);
});

test("several baselines are named by what they share", () => {
  assert.is(summaryOf("{ dispatch: origin-only }").baseline, "origin-only");
  assert.is(summaryOf("{ size: two }").baseline, "size two");
  const both = summaryOf("{ size: two, dispatch: origin-only }");
  assert.is(both.baseline, "size two + origin-only");
});

test("a quantile that stands at the horizon in any run is a lower bound, and a mean is not", () => {
  const experiment = variedExperiment("{ dispatch: origin-only }");
  // The metrics of the cells are 0, 1, …, 7 in one run and 0.1 more in the other.
  const measure = { ...experiment.measure, horizon: 2.1 };
  const { cells, horizon } = summarise({ ...experiment, measure }, numberedRuns(experiment));
  assert.is(horizon, 2.1);
  const isAtLeast = (name: MetricName) => cells.map(({ metrics }) => metrics[name]?.isAtLeast);
  const some = [undefined, undefined, ...Array(6).fill(true)];
  assert.equal(isAtLeast("visit.p95"), some);
  assert.equal(isAtLeast("delay.arrival.p99"), some);
  assert.equal(isAtLeast("visit.mean"), Array(8).fill(undefined));
  assert.equal(isAtLeast("server.bytes"), Array(8).fill(undefined));
  const [, , cell] = JSON.parse(
    summaryJson(summarise({ ...experiment, measure }, numberedRuns(experiment))),
  ).cells;
  assert.is(cell.metrics["visit.p95"].isAtLeast, true);
});

test("a run that an older version stored, without a horizon, has no lower bounds", () => {
  const experiment = variedExperiment("{ dispatch: origin-only }");
  const { horizon: _, ...measure } = experiment.measure;
  const old = { ...experiment, measure } as typeof experiment;
  const { cells, horizon } = summarise(old, numberedRuns(experiment));
  assert.is(horizon, Number.POSITIVE_INFINITY);
  assert.ok(cells.every(({ metrics }) => metrics["visit.p95"]?.isAtLeast === undefined));
});

test("cells of JSON have their levels", () => {
  const { cells } = JSON.parse(summaryJson(summaryOf("{ size: two }")));
  assert.equal(cells[6].levels, { interval: "30 min", size: "nine" });
});

test("rows have a column for each axis, and no axis can have the name of another column", () => {
  const experiment = variedExperiment("{ size: two }");
  for (const [name, content] of rowFiles(experiment, numberedRuns(experiment))) {
    if (typeof content !== "string") continue;
    const [header = "", ...rows] = content.split("\n");
    const [interval, size, ...others] = header.split(",");
    assert.equal([interval, size], ["interval", "size"], name);
    for (const column of others) assert.ok(RESERVED_NAMES.has(column), `${name}: ${column}`);
    const isEmpty = ["delay.csv", "visit-times.csv"].includes(name);
    if (!isEmpty) assert.match(rows.join("\n"), /^30 min,nine,tracker-informed,1,/m);
  }
});

test("the answer tells between what the main metrics lie, and against what", () => {
  const experiment = variedExperiment("{ dispatch: origin-only }");
  const all = numberedRuns(experiment);
  const answer = verdict(summarise(experiment, all));
  // Cells 1, 3, 5, 7 are compared with 0, 2, 4, 6, and 0.05 is the mean of 0 and 0.1.
  assert.match(answer, "Against origin-only, all else alike, the server's bytes change by");
  assert.match(answer, "+16.5 % (interval 30 min + size nine + tracker-informed) to");
  assert.match(
    answer,
    "95th percentile of the time of a visit: 50.0 ms (interval 1 min + size two + origin-only)",
  );
  assert.match(answer, "to 7.05 s (interval 30 min + size nine + tracker-informed).");
});

test.run();
