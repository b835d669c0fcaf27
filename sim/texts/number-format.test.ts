import { test } from "uvu";
import * as assert from "uvu/assert";
import { intervalText, numberFormat, rangeText } from "./number-format.ts";

const EXACT = (mean: number) => ({ mean, low: mean, high: mean });

const NUMBERS: readonly (readonly [value: number, unit: string, format: string, text: string])[] = [
  [148.06e9, "bytes", "0.0 GB", "148.1 GB"],
  [148.06e9, "bytes", "0.0 [GB]", "148.1"],
  [502.4, "s", "0 s", "502 s"],
  [0.4689, "s", "0 ms", "469 ms"],
  [79_387, "s", "0 h", "22 h"],
  [0.51873, "ratio", "0 %", "52 %"],
  [0.9642, "ratio", "0.000", "0.964"],
  [1.809, "hours", "0.00", "1.81"],
  [10_220_331, "count", "0,000", "10,220,331"],
  [108.6, "units", "0", "109"],
  [-2.5, "s", "0.0 s", "−2.5 s"],
  // A decimal that is only written where fewer than two digits would be told.
  [0.953, "s", "0.0# [s]", "0.95"],
  [23.94, "s", "0.0# [s]", "23.9"],
  [1.84, "s", "0.# [s]", "1.8"],
  [112.4, "s", "0.# [s]", "112"],
  // What is not zero is not written as zero, and zero has no unit.
  [4e6, "bytes", "0.0 GB", "0.004 GB"],
  [0, "bytes", "0.0 GB", "0"],
  [1.32e9, "bytes", "auto", "1.32 GB"],
  [1.21, "s", "auto", "1.21 s"],
];

for (const [value, unit, format, text] of NUMBERS) {
  test(`${value} ${unit} as ${format} reads ${text}`, () => {
    assert.is(intervalText(EXACT(value), numberFormat(format, unit)), text);
  });
}

const INTERVALS: readonly (readonly [format: string, text: string])[] = [
  ["0 s (0–0)", "502 s (464–539)"],
  ["0.0 [s] (0.0–0.0)", "501.6 (464.0–539.2)"],
  ["0 s (95 % interval 0 to 0)", "502 s (95 % interval 464 to 539)"],
  ["0 s (±0 %)", "502 s (±7 %)"],
  ["0 s (± 0.0 %)", "502 s (± 7.5 %)"],
  ["0 s", "502 s"],
];

for (const [format, text] of INTERVALS) {
  test(`501.6 s from 464.0 to 539.2 as ${format} reads ${text}`, () => {
    const interval = { mean: 501.6, low: 464, high: 539.2 };
    assert.is(intervalText(interval, numberFormat(format, "s")), text);
  });
}

test("an interval below zero is told with a word, since a dash is a minus", () => {
  const interval = { mean: 1, low: -2, high: 4 };
  assert.is(intervalText(interval, numberFormat("0 s (0–0)", "s")), "1 s (−2 to 4)");
});

test("after a single run there is no interval to tell", () => {
  const single = { mean: 7, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  assert.is(intervalText(single, numberFormat("0 s (0–0)", "s")), "7 s");
  assert.is(intervalText(single, numberFormat("0 s (±0 %)", "s")), "7 s");
});

test("several values are told by the least and the most, once where they read the same", () => {
  assert.is(rangeText([11.72, 11.6, 11.64], numberFormat("0.0 s", "s")), "11.6–11.7 s");
  assert.is(rangeText([11.61, 11.6], numberFormat("0.0 s", "s")), "11.6 s");
  assert.is(rangeText([0, 0], numberFormat("0.0 s", "s")), "0");
});

test("formats that mean nothing are told, and units that the metric has not", () => {
  assert.throws(() => numberFormat("two digits", "s"), /^invalid format: two digits; not like/);
  assert.throws(() => numberFormat("0 (low–high)", "ratio"), /^invalid interval: \(low–high\)/);
  assert.throws(() => numberFormat("0 GB", "s"), "unknown unit of s: GB; known: ms, s, min, h, d");
  assert.throws(() => numberFormat("0.0", "bytes"), /^unknown unit of bytes: none; known: B, kB/);
  assert.throws(() => numberFormat("0 %", "count"), "unknown unit of count: %; known: none");
});

test.run();
