import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bonferroni } from "./correction.ts";
import { type DifferenceTest, decideByHolm } from "./holm-intervals.ts";
import { excludesZero, type Interval, meanInterval } from "./interval.ts";
import { differenceTest } from "./t-test.ts";
import { normal, sample, shareOf } from "./testing.ts";
import { welchDifferenceTest } from "./welch.ts";

/** A test with that p-value whose interval is 1 ± the width that makes it so. */
function testWith(p: number): DifferenceTest {
  const at = (level: number): Interval => {
    const half = p / (1 - level);
    return { mean: 1, low: 1 - half, high: 1 + half };
  };
  return { p, intervalAt: at };
}

test("each difference has the level at which it was decided, and all behind the first in doubt its", () => {
  // Of four, 0.01 is below 0.05 / 4 and 0.016 below 0.05 / 3; 0.03 is not below 0.05 / 2, and though
  // 0.04 is below 0.05 the method is over.
  const decided = decideByHolm([0.03, 0.01, 0.04, 0.016].map(testWith));
  assert.equal(
    decided.map(({ level }) => Number((1 - level).toFixed(12))),
    [0.025, 0.0125, 0.025, 0.016666666667],
  );
  assert.equal(
    decided.map(({ pHolm }) => Number(pHolm.toFixed(12))),
    [0.06, 0.04, 0.06, 0.048],
  );
  assert.equal(
    decided.map(({ interval }) => excludesZero(interval)),
    [false, true, false, true],
  );
  const { low, high } = decided[1].interval;
  assert.equal(
    [low, high].map((end) => Number(end.toFixed(9))),
    [0.2, 1.8],
  );
});

test("one test keeps its level, none are none, and all that are sure end at 95 %", () => {
  assert.equal(decideByHolm([]), []);
  assert.ok(Math.abs(decideByHolm([testWith(0.2)])[0].level - 0.95) < 1e-12);
  const levels = decideByHolm([0, 0].map(testWith)).map(({ level }) => level);
  assert.equal(levels, [0.975, 0.95]);
});

const observations = fc.array(
  fc.oneof(
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.constantFrom(0, 1), // Often without spread, or without a difference.
  ),
  { minLength: 2, maxLength: 6 },
);

const tests = fc.array(
  fc.oneof(
    observations.map((values) => differenceTest(values)),
    fc.tuple(observations, observations).map(([a, b]) => welchDifferenceTest(a, b)),
    observations.map((values) => differenceTest(values.map((value) => value + 30))),
  ),
  { maxLength: 25 },
);

test("verdict, interval and p-value never contradict each other, whatever was observed", () => {
  const property = fc.property(tests, (all) => {
    const family = all.filter((each) => each !== null);
    const strict = bonferroni(family.map(({ p }) => p));
    for (const [at, { interval, level, pHolm }] of decideByHolm(family).entries()) {
      assert.ok(level >= 0.95 - 1e-12 && level <= 1 - 0.05 / family.length + 1e-12);
      if (Math.abs(pHolm - 0.05) < 1e-6) continue; // As exact as the quantiles are.
      assert.is(excludesZero(interval), pHolm < 0.05, JSON.stringify({ interval, level, pHolm }));
      if (strict[at] < 0.05) assert.ok(excludesZero(interval), "Holm rejects what Bonferroni does");
    }
  });
  fc.assert(property, { numRuns: 300, seed: 5 });
});

test("of twenty differences that are none, an interval excludes zero in 1 of 20 experiments at most", () => {
  const draw = normal("Holm's intervals");
  const erring = shareOf(1000, () => {
    const family = sample(20, () => 0).flatMap(() => differenceTest(sample(5, draw)) ?? []);
    return decideByHolm(family).some(({ interval }) => excludesZero(interval));
  });
  // The standard error over 1,000 experiments is 0.7 %.
  assert.ok(erring <= 0.065, String(erring));
  assert.ok(erring >= 0.03, String(erring));
});

test("the interval of a test is Student's at that level", () => {
  const values = [1, 2, 4];
  assert.equal(differenceTest(values)?.intervalAt(0.99), meanInterval(values, 0.99));
  assert.is(differenceTest([1]), null);
  assert.is(welchDifferenceTest([1], [1, 2]), null);
});

test.run();
