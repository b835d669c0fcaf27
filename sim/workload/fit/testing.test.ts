import { test } from "uvu";
import * as assert from "uvu/assert";
import { kolmogorovSmirnov, logWasserstein, rankDistance } from "./testing.ts";

const close = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${found} instead of ${expected}`);

test("a distribution has no distance from itself, however often it is drawn", () => {
  close(kolmogorovSmirnov([1, 2, 3], [3, 1, 2, 3, 2, 1]), 0);
  close(logWasserstein([1, 2, 3], [3, 1, 2, 3, 2, 1]), 0);
  close(rankDistance(Uint32Array.of(4, 2), Uint32Array.of(2, 4)), 0);
});

test("distributions that do not meet are at distance 1", () => {
  close(kolmogorovSmirnov([1, 2], [3, 4, 5]), 1);
});

test("the largest difference of two steps is where they differ", () => {
  // At 2 one has three quarters behind it and the other a quarter.
  close(kolmogorovSmirnov([1, 2, 2, 9], [1, 5, 5, 9]), 0.5);
});

test("what is ten times as large is one power of ten away", () => {
  close(logWasserstein([1, 10, 100], [10, 100, 1000]), 1);
  // Half of the mass moves by two powers of ten.
  close(logWasserstein([1, 1], [1, 100]), 1);
});

test("popularity differs by the share that the first files have more", () => {
  // 80 % and 50 % go to the first file.
  close(rankDistance(Uint32Array.of(8, 2), Uint32Array.of(50, 50)), 0.3);
  close(rankDistance(Uint32Array.of(1), Uint32Array.of(1, 1)), 0.5);
});

test.run();
