import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { design } from "./design.ts";

test("of each dimension every slice has one point", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer(),
      (dimensions, count, seed) => {
        const points = design(dimensions, count, streams(seed)("design"));
        for (let dimension = 0; dimension < dimensions; dimension++) {
          const slices = points.map((point) => Math.floor(count * point[dimension]));
          assert.equal(
            slices.sort((a, b) => a - b),
            Array.from({ length: count }, (_, slice) => slice),
          );
        }
      },
    ),
  );
});

test("dimensions are shuffled each by itself, and points lie anywhere in their slices", () => {
  const points = design(2, 1000, streams(7)("design"));
  const inOrder = points.filter(([x, y]) => Math.floor(1000 * x) === Math.floor(1000 * y));
  // One is expected, and more than six in one of twelve thousand shuffles.
  assert.ok(inOrder.length <= 6, `${inOrder.length}`);
  const within = points.map(([x]) => (1000 * x) % 1);
  const mean = within.reduce((sum, each) => sum + each, 0) / 1000;
  // The standard deviation of the mean is (12 · 1000)^-½ = 0.009.
  assert.ok(Math.abs(mean - 0.5) < 0.04, `${mean}`);
});

test("the same chance makes the same points", () => {
  assert.equal(design(3, 5, streams(1)("a")), design(3, 5, streams(1)("a")));
  assert.not.equal(design(3, 5, streams(1)("a")), design(3, 5, streams(2)("a")));
});

test.run();
