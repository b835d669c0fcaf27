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

test("no card crowns a tie: values that rounding parts are equal", () => {
  const all = keyNumbers(withBytes((_, at) => ({ mean: 1e9 * (1 + at * 1e-13) })))?.markup ?? "";
  assert.match(all, /sent by the server.*?under every policy/i);
  const some = withBytes((_, at) => ({ mean: at < 2 ? 5e8 * (1 + (1 - at) * 1e-13) : 1e9 }));
  const [first] = example.policies;
  const cards = keyNumbers(some)?.markup ?? "";
  assert.match(cards, `under <b>${first}</b>, equal to 1 other`);
});

test.run();
