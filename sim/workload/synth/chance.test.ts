import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Stream, streams } from "../../engine/random.ts";
import { geometric, normal, permutation, poisson } from "./chance.ts";

const DRAWS = 20_000;

/** Mean and variance of many draws. */
function moments(draw: (random: Stream) => number): { mean: number; variance: number } {
  const random = streams(1)("test/chance");
  const values = Float64Array.from({ length: DRAWS }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / DRAWS;
  return { mean, variance };
}

function near(value: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected} ± ${tolerance}`);
}

test("normal numbers have mean 0 and variance 1", () => {
  const { mean, variance } = moments(normal);
  near(mean, 0, 0.03); // Four standard errors: 4/√20000.
  near(variance, 1, 0.04);
});

for (const expected of [0.5, 20, 400]) {
  test(`Poisson numbers of mean ${expected} have that variance too`, () => {
    const { mean, variance } = moments((random) => poisson(random, expected));
    near(mean, expected, 4 * Math.sqrt(expected / DRAWS));
    near(variance / expected, 1, 0.06);
  });
}

test("of nothing expected, nothing comes", () => {
  assert.equal(
    moments((random) => poisson(random, 0) + geometric(random, 0)),
    { mean: 0, variance: 0 },
  );
});

test("geometric numbers of mean m have variance m(1 + m)", () => {
  const { mean, variance } = moments((random) => geometric(random, 5));
  near(mean, 5, 4 * Math.sqrt(30 / DRAWS));
  near(variance, 30, 2);
});

test("a permutation has every number once, and first any of them", () => {
  const random = streams(1)("test/permutation");
  const firsts = new Set<number>();
  for (let round = 0; round < 100; round++) {
    const order = permutation(random, 5);
    assert.equal([...order].sort(), [0, 1, 2, 3, 4]);
    firsts.add(order[0]);
  }
  assert.is(firsts.size, 5);
  assert.is(permutation(random, 0).length, 0);
});

test.run();
