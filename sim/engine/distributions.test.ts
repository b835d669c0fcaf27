import { test } from "uvu";
import * as assert from "uvu/assert";
import { draw, type Law } from "./distributions.ts";
import { streams } from "./random.ts";

const DRAWS = 100_000;

/** Mean and variance by definition; the median where it has a closed form. */
const LAWS: readonly (readonly [Law, variance: number, median: number | null])[] = [
  [{ kind: "constant", mean: 3 }, 0, 3],
  [{ kind: "exponential", mean: 2 }, 4, 2 * Math.LN2],
  // Shape 2: mean scale·Γ(1.5) = scale·√π/2, variance scale²·(1 − π/4), median scale·√ln 2.
  [
    { kind: "weibull", shape: 2, scale: 1, mean: Math.sqrt(Math.PI) / 2 },
    1 - Math.PI / 4,
    Math.sqrt(Math.LN2),
  ],
  [{ kind: "gamma", shape: 0.357, scale: 43.652, mean: 0.357 * 43.652 }, 0.357 * 43.652 ** 2, null],
  [{ kind: "gamma", shape: 3, scale: 2, mean: 6 }, 12, null],
  [
    { kind: "lognormal", median: 5, sigma: 0.5, mean: 5 * Math.exp(0.125) },
    25 * Math.exp(0.25) * (Math.exp(0.25) - 1),
    5,
  ],
];

for (const [law, variance, median] of LAWS) {
  test(`${law.kind} of mean ${law.mean.toFixed(2)}: mean, variance and median are those of the law`, () => {
    const random = streams(1)(`law ${law.kind}`);
    const drawn = Array.from({ length: DRAWS }, () => draw(law, random)).sort((a, b) => a - b);
    assert.ok(drawn[0] >= 0);
    const mean = drawn.reduce((sum, x) => sum + x, 0) / DRAWS;
    const spread = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / DRAWS;
    // Five standard errors of a mean; variances of skewed laws converge more slowly.
    assert.ok(Math.abs(mean - law.mean) <= 5 * Math.sqrt(variance / DRAWS) + 1e-12, `${mean}`);
    assert.ok(
      Math.abs(spread - variance) <= 0.06 * variance + 1e-12,
      `${spread} is not ${variance}`,
    );
    const middle = drawn[DRAWS / 2];
    if (median !== null) assert.ok(Math.abs(middle - median) <= 0.02 * median, `${middle}`);
  });
}

test.run();
