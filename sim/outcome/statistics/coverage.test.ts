/** Whether 95 % intervals are what they say, over 1,000 experiments whose true mean is known. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { excludesZero, type Interval, meanInterval, pairedDifference } from "./interval.ts";
import { normal, sample, shareOf, skewed } from "./testing.ts";

const EXPERIMENTS = 1000;

const holds = (interval: Interval | null, value: number) =>
  interval !== null && interval.low <= value && value <= interval.high;

function isNominal(coverage: number, what: string) {
  assert.ok(0.935 <= coverage && coverage <= 0.965, `${what}: ${coverage}`);
}

test("Student's interval holds the mean of normal runs in 93.5 to 96.5 %, however few they are", () => {
  for (const runs of [2, 3, 5, 10, 30]) {
    const draw = normal(`mean of ${runs}`);
    const covered = shareOf(EXPERIMENTS, () =>
      holds(meanInterval(sample(runs, () => 100 + 7 * draw())), 100),
    );
    isNominal(covered, `${runs} runs`);
  }
});

test("the paired difference holds the true one in 93.5 to 96.5 %, though runs share their chance", () => {
  for (const runs of [3, 5, 10]) {
    const draw = normal(`difference of ${runs}`);
    let unpaired = 0;
    const covered = shareOf(EXPERIMENTS, () => {
      const chance = sample(runs, () => 10 * draw());
      const [before, after] = [0, -2].map((mean) => chance.map((shared) => mean + shared + draw()));
      const difference = pairedDifference(after, before);
      const halfOf = (interval: Interval | null) => (interval ? interval.high - interval.mean : 0);
      unpaired += halfOf(meanInterval(after)) / halfOf(difference);
      return holds(difference, -2);
    });
    isNominal(covered, `${runs} pairs`);
    assert.ok(unpaired / EXPERIMENTS > 5, "pairs make the interval five times narrower and more");
  }
});

test("of skewed runs it holds the mean less often: in about 88 % of five, 94 % of a hundred", () => {
  // Of an exponential distribution, whose deviation is its mean.
  for (const [runs, low, high] of [
    [5, 0.86, 0.9],
    [100, 0.93, 0.955],
  ]) {
    const draw = skewed(`skewed ${runs}`);
    const covered = shareOf(4000, () => holds(meanInterval(sample(runs, draw)), 1));
    assert.ok(low <= covered && covered <= high, `${runs}: ${covered}`);
  }
});

test("of two policies that are alike a difference is declared in at most 5.5 % of experiments", () => {
  for (const runs of [3, 5, 10]) {
    const draw = normal(`alike ${runs}`);
    const declared = shareOf(4000, () => {
      const difference = pairedDifference(sample(runs, draw), sample(runs, draw));
      return difference !== null && excludesZero(difference);
    });
    assert.ok(declared <= 0.055, `${runs}: ${declared}`);
  }
});

test.run();
