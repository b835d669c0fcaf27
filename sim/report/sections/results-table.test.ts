import { test } from "uvu";
import * as assert from "uvu/assert";
import { mainMetrics } from "../../metrics/metric.ts";
import { policyStyles } from "../policy-style.ts";
import type { MetricValue, ReportData } from "../report-data.ts";
import { exampleReport } from "../testing.ts";
import { keyNumbers } from "./key-numbers.ts";
import { resultsTable } from "./results-table.ts";

const example = exampleReport();

function tableOf(data: ReportData): string {
  return resultsTable(data, policyStyles(data)).markup;
}

/** The example with other values of the server's bytes, policy by policy. */
function withBytes(change: (value: MetricValue, at: number) => Partial<MetricValue>): ReportData {
  const metrics = example.metrics.map((metric) =>
    metric.name === "server.bytes"
      ? {
          ...metric,
          values: metric.values.map((value, at) => ({ ...value, ...change(value, at) })),
        }
      : metric,
  );
  return { ...example, metrics };
}

test("the level stands beside the interval of a difference, and what the family is, above", () => {
  const table = tableOf(example);
  assert.match(table, / \(99 %\)<\/span>/);
  const main = mainMetrics(true).join(", ");
  assert.match(table, `the main metrics (${main}) are one family`);
});

test("a single run has no mark, no interval and no word of chance but that it says nothing of it", () => {
  const ends = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const bare = example.metrics.map((metric) => ({
    ...metric,
    values: metric.values.map((value) => {
      const { difference } = value;
      const alone = difference === null ? null : { ...difference, ...ends, level: null };
      return { ...value, ...ends, difference: alone };
    }),
  }));
  const table = tableOf({ ...example, replications: 1, metrics: bare });
  assert.match(table, "a single run of each came to, which says nothing of chance");
  assert.not.match(table, /✓|✗|○|Holm|class="bounds">[^n]/);
  assert.match(table, /<span class="untested">−/);
});

test("who stands for others says for whom", () => {
  const also = new Map([["random", ["weighted", "<b>mirrorbits"]]]);
  assert.match(tableOf({ ...example, also }), "<small>also weighted, &lt;b&gt;mirrorbits</small>");
  const only = withBytes((_, at) => ({ mean: example.policies[at] === "random" ? 1 : 9e12 }));
  const cards = keyNumbers({ ...only, also })?.markup ?? "";
  assert.match(cards, "under <b>random</b> (also weighted, &lt;b&gt;mirrorbits)");
});

/** The example with `visit.p95` at the horizon of 12 h for the policies at these places. */
function atHorizon(...places: readonly number[]): ReportData {
  const metrics = example.metrics.map((metric) =>
    metric.name !== "visit.p95"
      ? metric
      : {
          ...metric,
          values: metric.values.map(({ isAtLeast: _, ...value }, at) =>
            places.includes(at)
              ? { ...value, mean: 43_200, isAtLeast: true as const }
              : { ...value, mean: 3600, low: 3564, high: 3636 },
          ),
        },
  );
  return { ...example, metrics };
}

/** The cells of the row of `visit.p95`, policy by policy. */
function cellsOf(data: ReportData): string[] {
  const [, row = ""] = />visit\.p95<\/a>(.*?)<\/tr>/s.exec(tableOf(data)) ?? [];
  return [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = ""]) => cell);
}

test("a lower bound is told without an interval, and so is what is known of a difference to it", () => {
  const [baseline, random] = cellsOf(atHorizon(1));
  assert.match(baseline ?? "", /^<b>1\.000 h<\/b><span class="bounds">/);
  assert.match(random ?? "", /^<b>&gt; 12\.0 h<\/b><span class="\w+">[^<]* &gt; −[^<]*<\/span>$/);
  const [before, after] = cellsOf(atHorizon(0));
  assert.match(before ?? "", /^<b>&gt; 12\.0 h<\/b>$/);
  assert.match(after ?? "", /<span class="\w+">[^<]* &lt; −[^<]*<\/span>$/);
});

test("of two lower bounds nothing is told but which is surely the better, if any is", () => {
  const marks = cellsOf(atHorizon(0, 1, 2, 3, 4)).slice(1);
  // The differences of the example, which are sure.
  for (const mark of marks)
    assert.match(mark, /<span class="(better|worse)">. (better|worse)<\/span>$/);
  const data = atHorizon(0, 1);
  const even = data.metrics.map((metric) => ({
    ...metric,
    values: metric.values.map((value) => ({
      ...value,
      difference: value.difference && { mean: 0, low: 0, high: 0, level: 0.95 },
    })),
  }));
  const [, mark] = cellsOf({ ...data, metrics: even });
  assert.match(mark ?? "", '<span class="unclear">○ both reach the horizon</span>');
});

test("the table says what > is, and to what means are restricted; without a horizon nothing of it", () => {
  const table = tableOf(atHorizon(1));
  assert.match(table, "What follows &gt; is a lower bound: some runs reach 12 h, ");
  assert.match(table, /visit\.mean<\/a><small>[^<]*; lower is better; restricted to 12 h</);
  assert.not.match(table, /visit\.p95<\/a><small>[^<]*restricted/);
  const free = tableOf({ ...atHorizon(), horizon: Number.POSITIVE_INFINITY });
  assert.not.match(free, /; restricted to|What follows/);
});

test("a card tells a lower bound, and never that others are equal to it", () => {
  const cards = keyNumbers(atHorizon(0, 1, 2, 3, 4))?.markup ?? "";
  assert.match(
    cards,
    /95th percentile<\/a><\/h3><p class="number">&gt;.12\.0.h<\/p><p>under every/,
  );
  const beside = keyNumbers(atHorizon(0))?.markup ?? "";
  assert.match(beside, /<p class="beside">&gt;.12\.0.h under origin-only/);
});

test("no card crowns a tie: values that rounding parts are equal", () => {
  const all = keyNumbers(withBytes((_, at) => ({ mean: 1e9 * (1 + at * 1e-13) })))?.markup ?? "";
  assert.match(all, /sent by the server.*?under every policy/i);
  const some = withBytes((_, at) => ({ mean: at < 2 ? 5e8 * (1 + (1 - at) * 1e-13) : 1e9 }));
  const [first] = example.policies;
  const cards = keyNumbers(some)?.markup ?? "";
  assert.match(cards, `under <b>${first}</b>, equal to 1 other`);
});

test.run();
