import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { fitCountLaw, zeta } from "./count-law.ts";

test("the zeta function knows its values at 2 and at 4", () => {
  assert.ok(Math.abs(zeta(2, 1) - Math.PI ** 2 / 6) < 1e-8);
  assert.ok(Math.abs(zeta(4, 1) - Math.PI ** 4 / 90) < 1e-9);
  // Beginning at 3 leaves out the terms of 1 and 2.
  assert.ok(Math.abs(zeta(2, 3) - (Math.PI ** 2 / 6 - 1 - 1 / 4)) < 1e-8);
});

/** Whole numbers from 1 on whose probability falls as k to the power of minus the exponent. */
function draws(exponent: number, many: number): Uint32Array {
  const random = streams(1)("test/counts");
  const whole = zeta(exponent, 1);
  return Uint32Array.from({ length: many }, () => {
    const target = 1 - random();
    let [low, high] = [1, 1];
    while (zeta(exponent, high + 1) / whole >= target) high *= 2;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (zeta(exponent, middle + 1) / whole < target) high = middle;
      else low = middle + 1;
    }
    return low;
  })
    .sort()
    .reverse();
}

for (const exponent of [1.8, 2.5]) {
  test(`a count exponent of ${exponent} is found again in 20,000 files`, () => {
    const law = fitCountLaw(draws(exponent, 20_000));
    assert.ok(law !== null);
    assert.ok(Math.abs(law.exponent - exponent) < 4 * law.error, JSON.stringify(law));
    assert.ok(law.distance < 0.02);
    assert.ok(Math.abs(law.rankExponent - 1 / (law.exponent - 1)) < 1e-12);
  });
}

test("there is no tail of fewer than fifty files, and none of files equal in requests", () => {
  assert.is(fitCountLaw(Uint32Array.from({ length: 49 }, (_, at) => 100 - at)), null);
  assert.is(fitCountLaw(new Uint32Array(1000).fill(3)), null);
});

test.run();
