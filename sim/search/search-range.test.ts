import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Dimension } from "../experiment/config/quantity.ts";
import { rangeText, type SearchRange, shareOf, valueAt, written } from "./search-range.ts";

const range = (low: number, high: number, more: Partial<SearchRange> = {}): SearchRange => ({
  ...{ low, high, dimension: null, isWhole: false, usual: null },
  ...more,
});

test("a range of a decade or more goes by ratios, a shorter one by differences", () => {
  assert.is(valueAt(range(1, 100), 0.5), 10);
  assert.is(valueAt(range(1, 10), 0.5), 3.16);
  assert.is(valueAt(range(1, 9), 0.5), 5);
});

test("a range from 0 goes by ratios from a tenth of the usual number on, if that is far below the high end", () => {
  // 10 · (1010 / 10)^½ − 10 = 90.498…
  assert.is(valueAt(range(0, 1000, { usual: 100 }), 0.5), 90.5);
  assert.is(valueAt(range(0, 1000, { usual: 101 }), 0.5), 500);
  assert.is(valueAt(range(0, 1000, { usual: 0 }), 0.5), 500);
  assert.is(valueAt(range(-100, 0, { usual: -7 }), 0.5), -50);
});

test("numbers have three digits, rates in bits, and whole ones are whole", () => {
  assert.is(valueAt(range(0, 1), 1 / 3), 0.333);
  assert.is(valueAt(range(1, 2, { isWhole: true }), 0.6), 2);
  assert.is(valueAt(range(0, 100_000, { isWhole: true }), 0.123456), 12_300);
  // A third of 1 B/s is 2.67 bit/s.
  assert.is(valueAt(range(0, 1, { dimension: "rate" }), 1 / 3), 2.67 / 8);
});

test("a number is written as experiments say it", () => {
  const texts = (dimension: Dimension, ...values: readonly number[]) =>
    values.map((value) => written(value, range(0, 1, { dimension })));
  assert.equal(texts("duration", 0, 90, 6003, 96_048), ["0 s", "1.5 min", "100.05 min", "26.68 h"]);
  assert.equal(texts("rate", 4e6, 537_500, 100), ["32 Mbit/s", "4.3 Mbit/s", "800 bit/s"]);
  assert.equal(texts("size", 12_300, 4096, 1), ["12.3 kB", "4.096 kB", "1 B"]);
  // In no unit with three decimals.
  assert.equal(texts("duration", 0.5, 1.0001), ["500 ms", "1.0001 s"]);
  assert.is(written(90, range(0, 100)), 90);
  assert.is(rangeText(range(60, 3600, { dimension: "duration" })), "1 min … 1 h, by ratios");
  assert.is(rangeText(range(1, 3)), "1 … 3");
});

test("the ends of a range are its shares 0 and 1, and what lies between has its share again", () => {
  const anyRange = fc
    .record({
      low: fc.constantFrom(0, 0.001, 1, 50),
      width: fc.constantFrom(1, 10, 1e6),
      usual: fc.double({ min: 0.001, max: 1, noNaN: true }),
    })
    .map(({ low, width, usual }) => range(low, low + width, { usual: low + usual * width }));
  fc.assert(
    fc.property(anyRange, fc.double({ min: 0, max: 1, noNaN: true }), (each, share) => {
      for (const [end, expected] of [each.low, each.high].entries()) {
        assert.ok(Math.abs(valueAt(each, end) - expected) <= 0.005 * expected);
      }
      const value = valueAt(each, share);
      assert.ok(each.low <= value && value <= each.high);
      // Rounding to three digits moves the value by at most half a percent, besides the share.
      assert.ok(Math.abs(valueAt(each, shareOf(each, value)) - value) <= 0.011 * Math.abs(value));
    }),
  );
});

test.run();
