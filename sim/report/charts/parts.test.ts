/** Charts of the parts of a whole: decisions by reason, time by what it goes to, beliefs beside the truth. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { policyStyles } from "../policy-style.ts";
import type { DecisionCourse } from "../report-data.ts";
import { exampleReport } from "../testing.ts";
import { beliefsChart } from "./beliefs.ts";
import type { Chart } from "./chart.ts";
import { decisionsChart } from "./decisions.ts";
import { timeSpentChart } from "./time-spent.ts";

type Row = Readonly<Record<string, unknown>>;

function rowsOf(chart: Chart | null): readonly Row[] {
  if (chart === null) throw new Error("no chart");
  return (chart.spec as unknown as { data: { values: readonly Row[] } }).data.values;
}

function decisionsOf(decisions: readonly DecisionCourse[]): Chart | null {
  const policies = decisions.map(({ policy }) => policy);
  return decisionsChart({ decisions, policies }, policyStyles({ policies, baseline: null }));
}

test("reasons are stacked column by column, the most frequent at the bottom; nothing is no bar", () => {
  const course = {
    ...{ policy: "a", width: 60, reasons: ["idle", "no holder"] },
    counts: [3, 2, 0, 1, 0, 0],
  };
  const chart = decisionsOf([course]);
  assert.equal(
    rowsOf(chart).map((row) => [row["reason"], row["from"], row["to"], row["below"], row["above"]]),
    [
      ["idle", 0, 60, 0, 3],
      ["no holder", 0, 60, 3, 4],
      ["idle", 60, 120, 0, 2],
    ],
  );
  assert.equal(
    rowsOf(chart).map(({ share }) => share),
    [0.75, 0.25, 1],
  );
  assert.match(chart?.caption ?? "", "Decisions in each 1 min,");
  assert.match(JSON.stringify(chart?.spec), "Under a: idle 83.3 %, no holder 16.7 %.");
});

test("who gives but one reason comes last, and who decides nothing not at all", () => {
  const one = (policy: string, counts: readonly number[]) => {
    return { policy, width: 60, reasons: ["only"], counts };
  };
  const two = { policy: "c", width: 60, reasons: ["x", "y"], counts: [1, 1] };
  const chart = decisionsOf([one("a", [1]), one("b", [0]), two]);
  assert.equal(
    chart?.choice?.options.map(({ name }) => name),
    ["c", "a"],
  );
});

test("a page holds so many columns at most: of more, neighbours are added up", () => {
  const columns = 96;
  const many = Array.from({ length: 200 }, (_, at) => ({
    ...{ policy: `p${at}`, width: 60, reasons: ["x", "y"] },
    counts: Array.from({ length: 2 * columns }, (_, place) => (place < columns ? 1 : 3)),
  }));
  const chart = decisionsOf(many); // 38 400 rows, of which 24 000 find room.
  const rows = rowsOf(chart);
  assert.is(rows.length, columns); // Two reasons in 48 columns.
  assert.equal([rows[1]?.["to"], rows[1]?.["below"], rows[1]?.["above"]], [120, 2, 8]);
});

test("beliefs stand beside the truth, and only where anything was in flight", () => {
  const at = (policy: string, time: number, believed: number, actual: number) => {
    return { policy, time, width: 60, believed, actual };
  };
  const beliefs = [at("a", 0, 1, 2), at("a", 60, 2, 4), at("b", 0, 0, 0)];
  const policies = ["a", "b"];
  const chart = beliefsChart({ beliefs, policies }, policyStyles({ policies, baseline: null }));
  assert.equal(
    chart?.choice?.options.map(({ name }) => name),
    ["a"],
  );
  assert.equal(
    rowsOf(chart).map((row) => [row["series"], row["from"], row["transfers"]]),
    [
      ["in truth", 0, 2],
      ["in truth", 60, 4],
      ["as the server believed", 0, 1],
      ["as the server believed", 60, 2],
    ],
  );
  assert.match(
    JSON.stringify(chart?.spec),
    "Under a the server believes 0.500 times what is in flight; that is most after 1 min: 4.00 a volunteer.",
  );
});

test("a bar has the four parts of a request's time, in the unit of the longest", () => {
  const data = exampleReport();
  const chart = timeSpentChart(data, policyStyles(data));
  const rows = rowsOf(chart).filter(({ policy }) => policy === "origin-only");
  // Of 640 s: 3, 0.2, 0.3 and 1 times as much, in minutes.
  assert.equal(
    rows.map(({ part, time }) => [part, time]),
    [
      ["customer's turn", 32],
      ["server, retries", 2.133],
      ["first byte", 3.2],
      ["transfer", 10.67],
    ],
  );
  assert.is(rows[0]?.["total"], "48.0 min");
  const short = data.metrics.filter(({ name }) => name !== "time.turn");
  assert.is(timeSpentChart({ ...data, metrics: short }, policyStyles(data)), null);
});

test.run();
