import { range } from "d3-array";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { quantileInterval } from "./quantile-interval.ts";
import { normal, sample, shareOf, skewed } from "./testing.ts";

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-9, `${actual} is not ${expected}`);

test("the median of ten lies between the second and the ninth", () => {
  const found = quantileInterval(range(10, 0, -1), 0.5);
  assert.is(found?.quantile, 5.5);
  assert.equal([found?.low, found?.high], [2, 9]);
  // All but none, one, nine or ten of ten below it: 1 - 2 (1 + 10) / 2^10.
  near(found?.coverage, 1 - 22 / 1024);
});

test("the median of twenty lies between the sixth and the fifteenth", () => {
  const found = quantileInterval(range(1, 21), 0.5);
  assert.equal([found?.low, found?.high], [6, 15]);
  // 2 (1 + 20 + 190 + 1140 + 4845 + 15504) of 2^20 are outside: ranks 7 and 14 would miss 11.5 %.
  near(found?.coverage, 1 - (2 * 21_700) / 2 ** 20);
});

test("few observations do not bound a tail", () => {
  const found = quantileInterval(range(1, 21), 0.95);
  // 1 - 0.95^20 = 64 % would be surely above, not 97.5 %; at least 17 of 20 are below the quantile.
  assert.is(found?.high, 1 / 0);
  assert.ok(found !== null && found.low >= 16 && found.low <= 17);
  assert.is(quantileInterval([], 0.5), null);
  assert.equal(quantileInterval([7], 0.5), { quantile: 7, low: -1 / 0, high: 1 / 0, coverage: 1 });
});

test("of 1,000 experiments it holds the quantile in 93.5 to 96.5 %, whatever the distribution", () => {
  const cases = [
    // Ranks are whole: of most numbers of observations an interval covers more than it must, not of these.
    { draw: normal("median"), n: 17, share: 0.5, quantile: 0 },
    { draw: skewed("median"), n: 17, share: 0.5, quantile: Math.LN2 },
    { draw: skewed("90 %"), n: 141, share: 0.9, quantile: Math.log(10) },
    { draw: skewed("95 %"), n: 490, share: 0.95, quantile: Math.log(20) },
  ];
  for (const { draw, n, share, quantile } of cases) {
    const covered = shareOf(1000, () => {
      const found = quantileInterval(sample(n, draw), share);
      return found !== null && found.low <= quantile && quantile <= found.high;
    });
    assert.ok(0.935 <= covered && covered <= 0.965, `${n}, ${share}: ${covered}`);
  }
});

test("it holds at 10,000 observations, where powers of the share are zero to a computer", () => {
  const found = quantileInterval(range(10_000), 0.5);
  // 5000 ± 1.96 · 50, by the normal distribution.
  assert.ok(Math.abs((found?.low ?? 0) - 4902) <= 1 && Math.abs((found?.high ?? 0) - 5098) <= 1);
  assert.ok(found !== null && 0.95 <= found.coverage && found.coverage < 0.952);
});

test.run();
