import { test } from "uvu";
import * as assert from "uvu/assert";
import { RoundedSpread } from "./rounded-spread.ts";
import { spreadOf, spreadOfCounts } from "./spread.ts";

test("the quantiles of 0 to 100 are their shares in percent", () => {
  const spread = spreadOf(Array.from({ length: 101 }, (_, value) => 100 - value));
  assert.equal(spread, {
    count: 101,
    mean: 50,
    min: 0,
    quantiles: {
      ...{ p1: 1, p5: 5, p10: 10, p25: 25, p50: 50, p75: 75, p90: 90, p95: 95, p99: 99 },
      "p99.9": spread?.quantiles["p99.9"],
    },
    max: 100,
  });
  assert.ok(Math.abs((spread?.quantiles["p99.9"] ?? 0) - 99.9) < 1e-9);
});

test("counted values spread as if they were written out", () => {
  const counted = spreadOfCounts([
    [1, 3],
    [5, 1],
    [7, 2],
  ]);
  assert.equal(counted, spreadOf([7, 1, 5, 1, 7, 1]));
});

test("nothing has no spread", () => {
  assert.is(spreadOf([]), null);
  assert.is(new RoundedSpread().spread, null);
});

test("a rounded spread is exact for small whole numbers and right to 0.5 % beyond", () => {
  const small = new RoundedSpread();
  const large = new RoundedSpread();
  const values = Array.from({ length: 900 }, (_, value) => value);
  const scaled = values.map((value) => 1234.5678 + 98.7 * value ** 2);
  for (const value of values) small.add(value);
  for (const value of scaled) large.add(value);
  assert.equal(small.spread, spreadOf(values));
  const exact = spreadOf(scaled);
  assert.is(large.spread?.max, exact?.max);
  for (const [name, value] of Object.entries(exact?.quantiles ?? {})) {
    assert.ok(Math.abs((large.spread?.quantiles[name] ?? 0) / value - 1) < 0.005, name);
  }
});

test.run();
