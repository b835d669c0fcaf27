import { test } from "uvu";
import * as assert from "uvu/assert";
import { estimateText, numberFormat, rangeText } from "./number-format.ts";

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
    assert.is(estimateText(EXACT(value), numberFormat(format, unit)), text);
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
    assert.is(estimateText(interval, numberFormat(format, "s")), text);
  });
}

test("an interval below zero is told with a word, since a dash is a minus", () => {
  const interval = { mean: 1, low: -2, high: 4 };
  assert.is(estimateText(interval, numberFormat("0 s (0–0)", "s")), "1 s (−2 to 4)");
});

test("after a single run there is no interval to tell", () => {
  const single = { mean: 7, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  assert.is(estimateText(single, numberFormat("0 s (0–0)", "s")), "7 s");
  assert.is(estimateText(single, numberFormat("0 s (±0 %)", "s")), "7 s");
});

test("several values are told by the least and the most, once where they read the same", () => {
  const format = numberFormat("0.0 s", "s");
  assert.is(rangeText([11.72, 11.6, 11.64].map(EXACT), format), "11.6–11.7 s");
  assert.is(rangeText([11.61, 11.6].map(EXACT), format), "11.6 s");
  assert.is(rangeText([0, 0].map(EXACT), format), "0");
});

const AT_LEAST = (mean: number) => ({ ...EXACT(mean), isAtLeast: true as const });

test("a lower bound is told as one, and has no interval", () => {
  const bound = { mean: 43_200, low: 40_000, high: 46_400, isAtLeast: true as const };
  assert.is(estimateText(bound, numberFormat("0 h (0–0)", "s")), "> 12 h");
  assert.is(estimateText(bound, numberFormat("0 [h]", "s")), "> 12");
  assert.is(estimateText(bound, numberFormat("auto", "s")), "> 12.0 h");
});

test("several values of which one is a lower bound have no upper end", () => {
  const format = numberFormat("0 h", "s");
  assert.is(rangeText([EXACT(10_800), AT_LEAST(43_200)], format), "3 to > 12 h");
  assert.is(rangeText([AT_LEAST(10_800), EXACT(43_200)], format), "> 3 to > 12 h");
  assert.is(rangeText([AT_LEAST(43_200), AT_LEAST(43_200)], format), "> 12 h");
  const auto = numberFormat("auto", "s");
  assert.is(rangeText([EXACT(10_800), AT_LEAST(43_200)], auto), "3.00 h to > 12.0 h");
});

test("formats that mean nothing are told, and units that the metric has not", () => {
  assert.throws(() => numberFormat("two digits", "s"), /^invalid format: two digits; not like/);
  assert.throws(() => numberFormat("0 (low–high)", "ratio"), /^invalid interval: \(low–high\)/);
  assert.throws(() => numberFormat("0 GB", "s"), "unknown unit of s: GB; known: ms, s, min, h, d");
  assert.throws(() => numberFormat("0.0", "bytes"), /^unknown unit of bytes: none; known: B, kB/);
  assert.throws(() => numberFormat("0 %", "count"), "unknown unit of count: %; known: none");
});

test.run();
