import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { differenceOf } from "./equality.ts";

test("what parts by two in 10^12 is equal, and by two in 10^9 is not", () => {
  // Peak rates that the table called better: 1075957.727876424 and 1075957.7278740392 bytes/s.
  assert.is(differenceOf(1075957.727876424, 1075957.7278740392, "bytes/s"), 0);
  assert.is(differenceOf(1e9, 1e9 + 1), 0, "one in 10^9 is the most");
  assert.is(differenceOf(1e9, 1e9 + 2), -2);
  assert.is(differenceOf(-1e9, -1e9 - 2), 2);
});

test("less than a metric resolves is equal: a byte, one of a count, a microsecond", () => {
  for (const [unit, resolution] of [
    ["bytes", 1],
    ["count", 1],
    ["s", 1e-6],
  ] as const) {
    assert.is(differenceOf(0.9 * resolution, 0, unit), 0, unit);
    assert.is(differenceOf(resolution, 0, unit), resolution, unit);
    assert.is(differenceOf(0, resolution, unit), -resolution, unit);
  }
  assert.is(differenceOf(1e-12, 0, "ratio"), 1e-12, "ratios resolve what they are");
});

test("the same is equal, be it infinite", () => {
  assert.is(differenceOf(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), 0);
  assert.is(differenceOf(Number.POSITIVE_INFINITY, 1), Number.POSITIVE_INFINITY);
  assert.is(differenceOf(0, 0), 0);
});

test("turning values around turns the difference around", () => {
  const values = fc.double({ min: -1e300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(values, values, fc.constantFrom("s", "bytes", "ratio"), (a, b, unit) => {
      assert.is(differenceOf(a, b, unit) + differenceOf(b, a, unit), 0);
    }),
  );
});

test.run();
