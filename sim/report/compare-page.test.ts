import { test } from "uvu";
import * as assert from "uvu/assert";
import { comparePage } from "./compare-page.ts";
import type { ChangeRow, ComparisonData } from "./comparison-data.ts";

function change(policy: string, metric: string, mean: number, says: ChangeRow["says"]): ChangeRow {
  return {
    ...{ policy, metric, unit: "s", better: "lower", says, pHolm: 0.01, isPaired: true },
    before: { mean: 10, low: 9, high: 11 },
    after: { mean: 10 + mean, low: 9, high: 12 },
    difference: { mean, low: mean - 0.1, high: mean + 0.1, level: 0.998 },
  };
}

function data(changes: readonly ChangeRow[]): ComparisonData {
  const run = { folder: "results/a/1", title: "A <crowd>", fingerprint: "f", version: "0.1.0" };
  const settings = [{ path: "seed", before: "1", after: undefined }];
  const other = { ...run, folder: "results/a/2", isIdentical: false, settings, changes };
  const others = [{ ...other, removed: ["gone"], added: [] }];
  return { name: "c", before: run, others, answer: "Little." };
}

test("the page shows what changed and what did not, and escapes what it is told", () => {
  const page = comparePage(
    data([
      change("random", "delay.mean", 2, "worse"),
      change("origin-only", "delay.mean", 0, "equal"),
      change("random", "delay.p95", -1, "better"),
    ]),
  );
  assert.match(page, /A &lt;crowd&gt;: 2 runs compared/);
  assert.match(page, /✗ worse/);
  assert.match(page, /✓ better/);
  assert.match(page, />\+1\.90 to \+2\.10 \(99\.8 %\)</, "the level stands beside the interval");
  assert.not.match(page, /= equal<\/td>/);
  assert.match(page, /<th scope="row">gone<\/th><td>the first run<\/td>/);
  assert.match(page, /<th scope="row">seed<\/th><td>1<\/td><td>absent<\/td>/);
});

test("a comparison without a change that can be drawn has no charts, and no libraries", () => {
  const page = comparePage(data([]));
  assert.not.match(page, /<figure/);
  assert.ok(page.length < 100_000);
});

test("the same rows give the same bytes", () => {
  const rows = data([change("random", "delay.mean", 2, "worse")]);
  assert.is(comparePage(rows), comparePage(rows));
});

test.run();
