import { test } from "uvu";
import * as assert from "uvu/assert";
import { leastMean } from "./best.ts";
import { normal, sample, shareOf } from "./testing.ts";

test("by hand: two systems and the one-sided interval of their difference", () => {
  // Differences 1, 2, 3: mean 2, deviation 1; t(0.95, 2) = 2.9199856, over √3: 1.6858545.
  const found = leastMean([
    [1, 1, 1],
    [2, 3, 4],
  ]);
  assert.is(found.best, 0);
  assert.equal(found.among, [0]);
  assert.is(found.regrets[0], 0);
  assert.ok(Math.abs(found.regrets[1] - 3.6858545) < 1e-6);
});

test("who cannot be told apart is among the best, at the price of a regret", () => {
  // Differences 1, -1, 3: mean 1, deviation 2: 1 ± 3.371709.
  const found = leastMean([
    [1, 1, 1],
    [2, 0, 4],
  ]);
  assert.equal(found.among, [0, 1]);
  assert.ok(Math.abs(found.regrets[0] - 2.371709) < 1e-6);
});

test("the same results are one and the same; one run tells nothing; one system is the best", () => {
  const same = [1, 2];
  const alike = { means: [1.5, 1.5], best: 0, among: [0, 1], regrets: [0, 0] };
  assert.equal(leastMean([same, same]), alike);
  const single = { means: [1, 2], best: 0, among: [0, 1], regrets: [1 / 0, 1 / 0] };
  assert.equal(leastMean([[1], [2]]), single);
  assert.equal(leastMean([[3, 4]]), { means: [3.5], best: 0, among: [0], regrets: [0] });
});

test("of means that rounding parts the first is the best, and both are among the best", () => {
  const noisy = leastMean([
    [1e6 + 2e-6, 2e6],
    [1e6, 2e6 - 1e-6],
  ]);
  assert.equal([noisy.best, noisy.among, noisy.regrets], [0, [0, 1], [0, 0]]);
  const apart = leastMean(
    [
      [0.5, 0.7],
      [0.1, 0.2],
    ],
    0.95,
    "count",
  );
  assert.equal([apart.best, apart.regrets], [0, [0, 0]], "less than one of a count");
});

/** How systems are drawn: their means, the deviation of each, and what they share of their chance. */
interface Configuration {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Deviation of what all systems meet alike; those with odd numbers meet it the other way. */
  readonly shared: number;
  readonly runs: number;
}

const slippage = (systems: number, by: number) =>
  Array.from({ length: systems }, (_, at) => (at === 0 ? 0 : by));

const CONFIGURATIONS: Readonly<Record<string, Configuration>> = {
  "all alike": { means: slippage(10, 0), deviations: Array(10).fill(1), shared: 3, runs: 5 },
  slippage: { means: slippage(10, 1), deviations: Array(10).fill(1), shared: 3, runs: 5 },
  "slippage of two": { means: slippage(2, 0.5), deviations: [1, 1], shared: 0, runs: 3 },
  "unequal deviations": {
    means: slippage(6, 0.4),
    deviations: [3, 1, 0.2, 1, 2, 0.5],
    shared: 1,
    runs: 8,
  },
};

for (const [name, { means, deviations, shared, runs }] of Object.entries(CONFIGURATIONS)) {
  test(`the best is among those named and no regret is exceeded in 95 %: ${name}`, () => {
    const draw = normal(name);
    let chosen = 0;
    const kept = shareOf(2000, () => {
      const chance = sample(runs, draw);
      const observed = means.map((mean, i) =>
        chance.map((all) => mean + (i % 2 === 0 ? 1 : -1) * shared * all + deviations[i] * draw()),
      );
      const { best, among, regrets } = leastMean(observed);
      if (best === 0) chosen++;
      assert.ok(among.includes(best));
      // The first is a best one.
      return among.includes(0) && means.every((mean, i) => mean - means[0] <= regrets[i]);
    });
    // Two systems are kept in exactly 95 %: the standard error over 2,000 experiments is 0.5 %.
    assert.ok(kept >= 0.94, `${kept}, the best chosen ${chosen} times`);
  });
}

test("a best that is far enough ahead is found alone", () => {
  const draw = normal("far ahead");
  const alone = shareOf(1000, () => {
    const chance = sample(10, () => 5 * draw());
    const observed = slippage(10, 3).map((mean) => chance.map((all) => mean + all + draw()));
    return leastMean(observed).among.length === 1;
  });
  assert.ok(alone > 0.9, String(alone));
});

test.run();
