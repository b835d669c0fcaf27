import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Dimension,
  dimensionOfPattern,
  parseQuantity,
  quantityPattern,
  quantityText,
  unitExpected,
  unitMeantBy,
  unitsBetween,
  unitsOf,
} from "./quantity.ts";

const value = (text: string, dimension: Dimension) => {
  const result = parseQuantity(text, dimension);
  return "value" in result ? result.value : result;
};

test("rates are bytes per second: a byte is 8 bits, k is 1000 and Ki is 1024", () => {
  assert.is(value("50 Mbit/s", "rate"), 6_250_000);
  assert.is(value("6.25 MB/s", "rate"), 6_250_000);
  assert.is(value("1 bit/s", "rate"), 0.125);
  assert.is(value("1.5 Gbit/s", "rate"), 187_500_000);
  assert.is(value("64 KiB/s", "rate"), 65_536);
});

test("sizes are bytes", () => {
  assert.is(value("4.7 GB", "size"), 4_700_000_000);
  assert.is(value("64 KiB", "size"), 65_536);
  assert.is(value("2.86 TB", "size"), 2_860_000_000_000);
});

test("durations are seconds, and may be sums of falling units", () => {
  assert.is(value("1 d 9 h", "duration"), 118_800);
  assert.is(value("20 ms", "duration"), 0.02);
  assert.is(value("1 d 2 h 3 min 4 s 5 ms", "duration"), 93_784.005);
  assert.is(value("12h", "duration"), 43_200);
  assert.is(value("  30 min ", "duration"), 1800);
});

test("digits are exact to the end, where floats would err", () => {
  assert.is.not(0.54 * 3600, 1944);
  assert.is(value("0.54 h", "duration"), 1944);
  assert.is(value("15.6 h", "duration"), 56_160);
  assert.is(value("0.1 s", "duration"), 0.1);
  assert.is(value("0.3 s", "duration"), 0.3);
});

test("a sign is read, so that ranges can speak about it; zero has none", () => {
  assert.is(value("-5 Mbit/s", "rate"), -625_000);
  assert.ok(Object.is(value("-0 s", "duration"), 0));
});

test("a unit of another dimension, or of none, is unknown by name", () => {
  assert.equal(value("5 MB", "rate"), { unknownUnit: "MB" });
  assert.equal(value("1 d 5 hours", "duration"), { unknownUnit: "hours" });
  assert.equal(value("5 toString", "duration"), { unknownUnit: "toString" });
});

test("what is no quantity is malformed", () => {
  for (const text of [
    "",
    "fast",
    "5",
    "5 5 s",
    "s",
    "1,5 h",
    "1.h",
    ".5 h",
    "1 h and 2 min",
    "1e3 s",
  ])
    assert.not("value" in parseQuantity(text, "duration"), text);
  assert.equal(value("9 h 1 d", "duration"), { malformed: true }, "rising units");
  assert.equal(value("1 h 1 h", "duration"), { malformed: true }, "the same unit twice");
  assert.equal(value("1 h -1 min", "duration"), { malformed: true }, "a difference");
  assert.equal(value("1 GB 1 MB", "size"), { malformed: true }, "a sum of sizes");
  assert.equal(value("0.1234567890123 s", "duration"), { malformed: true }, "13 decimals");
});

test("a common way to write a unit is understood where the nearest name would mislead", () => {
  assert.is(unitMeantBy("Mbps"), "Mbit/s");
  assert.is(unitMeantBy("kb/s"), "kbit/s");
  assert.is(unitMeantBy("MB"), undefined);
  assert.is(unitMeantBy("m"), "min");
  assert.is(unitMeantBy("hours"), "h");
});

test("bits and bytes are asked for where a unit could be either", () => {
  assert.is(unitsBetween("Mb", "rate"), "Mbit/s or MB/s");
  assert.is(unitsBetween("gb", "size"), "Gbit or GB");
  assert.is(unitsBetween("Kb", "rate"), "kbit/s or kB/s");
  assert.is(unitsBetween("b", "rate"), "bit/s or B/s");
  for (const clear of ["MB", "Mbit", "Mb/s", "Mbps", "h"]) {
    assert.is(unitsBetween(clear, "rate"), undefined, clear);
  }
});

test("a number without unit is answered with what it would be with one", () => {
  const said = unitExpected(20, "rate");
  assert.is(said, "expected a rate with its unit, such as 20 Mbit/s");
  assert.match(unitExpected("1.5", "duration", "h"), "such as 1.5 h");
  for (const odd of [-3, Number.POSITIVE_INFINITY, Number.NaN, 1e300]) {
    assert.match(unitExpected(odd, "size"), "such as 4.7 GB", `${odd}`);
  }
});

test("quantities are written in the largest unit of which they are whole, and read back", () => {
  assert.is(quantityText(118_800, "duration"), "33 h");
  assert.is(quantityText(0.02, "duration"), "20 ms");
  assert.is(quantityText(0.123456, "duration"), "0.123456 s");
  assert.is(quantityText(65_536, "size"), "64 KiB");
  assert.is(quantityText(1_250_000, "rate"), "10 Mbit/s");
  assert.is(quantityText(0.3, "rate"), "0.3 B/s");
  assert.is(quantityText(0, "duration"), "0 s");
  const amounts = fc.integer({ min: 0, max: 1e12 }).map((micros) => micros / 1e6);
  fc.assert(
    fc.property(amounts, fc.constantFrom("duration", "size", "rate"), (amount, dimension) => {
      assert.is(value(quantityText(amount, dimension), dimension), amount);
    }),
  );
});

test("a pattern tells its dimension", () => {
  for (const dimension of ["duration", "size", "rate"] as const) {
    assert.is(dimensionOfPattern(quantityPattern(dimension)), dimension);
  }
  assert.is(dimensionOfPattern("^x$"), undefined);
});

test("the pattern for editors takes what the reader takes", () => {
  for (const dimension of ["duration", "size", "rate"] as const) {
    const pattern = new RegExp(quantityPattern(dimension));
    for (const unit of unitsOf(dimension)) {
      for (const text of [`5 ${unit}`, `0.25${unit}`]) {
        assert.ok(pattern.test(text) && "value" in parseQuantity(text, dimension), text);
      }
      assert.not(pattern.test(`5 ${unit}x`));
    }
  }
  assert.ok(new RegExp(quantityPattern("duration")).test("1 d 9 h"));
  assert.not(new RegExp(quantityPattern("size")).test("1 GB 9 MB"));
});

test.run();
