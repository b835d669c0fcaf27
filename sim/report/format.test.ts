import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  formatDifference,
  formatDuration,
  formatInterval,
  formatLevel,
  formatMean,
  formatSetting,
  formatShare,
  formatTime,
  formatValue,
  intervalTexts,
} from "./format.ts";

/** Each value as a reader would write it to three digits. */
const VALUES: readonly (readonly [value: number, unit: string, text: string])[] = [
  [0, "bytes", "0 B"],
  [999, "bytes", "999 B"],
  [1000, "bytes", "1.00 kB"],
  [999_960_000, "bytes", "1.00 GB"],
  [2.86e12, "bytes", "2.86 TB"],
  [-5e9, "bytes", "−5.00 GB"],
  [6_250_000, "bytes/s", "50.0 Mbit/s"],
  [125e6, "bytes/s", "1.00 Gbit/s"],
  [1, "bytes/s", "8.00 bit/s"],
  [0, "s", "0 s"],
  [0.0204, "s", "20.4 ms"],
  [59.94, "s", "59.9 s"],
  [59.97, "s", "1.00 min"],
  [5400, "s", "1.50 h"],
  [3 * 86_400, "s", "3.00 d"],
  [1.81, "hours", "1.81 h"],
  [0.5, "hours", "30.0 min"],
  [0.93419, "ratio", "0.934"],
  [40, "ratio", "40.0"],
  [0.00001, "ratio", "0.0000"],
  [12_345, "count", "12,345"],
  [1_234_567, "count", "1,234,567"],
  [3.4, "count", "3.40"],
  [7, "furlong", "7.00 furlong"],
  [Number.NaN, "s", "not known"],
];

for (const [value, unit, text] of VALUES) {
  test(`${value} ${unit} reads ${text}`, () => assert.is(formatValue(value, unit), text));
}

test("an interval is in the unit of its mean, with one digit of a half width of 0.4 GB", () => {
  assert.is(
    formatInterval({ mean: 12.34e9, low: 11.94e9, high: 12.74e9 }, "bytes"),
    "12.3 GB (11.9 to 12.7)",
  );
});

test("a half width that begins with 1 or 2 shows two digits", () => {
  assert.is(
    formatInterval({ mean: 0.9712, low: 0.97, high: 0.9724 }, "ratio"),
    "0.9712 (0.9700 to 0.9724)",
  );
});

test("a mean that is small beside its spread takes the unit of the spread", () => {
  assert.is(formatInterval({ mean: 0.3, low: -19.7, high: 20.3 }, "s"), "0 s (−20 to 20)");
});

test("after a single run there is a mean and no interval", () => {
  const single = { mean: 60, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  assert.is(formatInterval(single, "s"), "1.00 min");
  assert.equal(intervalTexts(single, "s"), { mean: "1.00 min", bounds: null });
});

test("a difference shows its sign, and zero has none", () => {
  assert.is(formatDifference({ mean: 2, low: 1, high: 3 }, "s"), "+2.0 s (+1.0 to +3.0)");
  assert.is(formatDifference({ mean: -4, low: -8, high: 0 }, "s"), "−4 s (−8 to 0)");
  assert.is(formatDifference({ mean: 0, low: 0, high: 0 }, "count"), "0 (0 to 0)");
});

test("a number that rounds to zero is not negative", () => {
  assert.is(formatValue(-0.00001, "ratio"), "0.0000");
});

test("shares are in percent", () => {
  assert.is(formatShare(0.7318), "73.2 %");
  assert.is(formatShare(-0.05), "−5.0 %");
  assert.is(formatShare(Number.NaN), "not known");
});

test("simulated time is written as in experiment files", () => {
  assert.is(formatTime(0), "0");
  assert.is(formatTime(33 * 3600), "1 d 9 h");
  assert.is(formatTime(1800), "30 min");
  assert.is(formatTime(2 * 86_400), "2 d");
  assert.is(formatTime(90.2), "1 min 30 s");
});

test("a setting is told as somebody wrote it: to four digits, without zeros at the end", () => {
  for (const [value, unit, text] of [
    [1_125_000, "bytes/s", "9 Mbit/s"],
    [93_750, "bytes/s", "750 kbit/s"],
    [0.04015, "s", "40.15 ms"],
    [12_345, "count", "12,345"],
    [0.0005, "ratio", "0.0005"],
    [1 / 3, "ratio", "0.3333"],
    [65_536, "bytes", "64 KiB"],
    [3 * 2 ** 20, "bytes", "3 MiB"],
    [64e6, "bytes", "64 MB"],
    [1500, "bytes", "1.5 kB"],
    [1448, "bytes", "1,448 B"],
    [21_510, "bytes", "21.51 kB"],
    [Number.POSITIVE_INFINITY, "bytes/s", "no limit"],
    [Number.NaN, "s", "not known"],
  ] as const) {
    assert.is(formatSetting(value, unit), text);
  }
});

test("a length of time has two units at most, and parts of a second where it is short", () => {
  for (const [seconds, text] of [
    [0, "0 s"],
    [0.02, "20 ms"],
    [1.5, "1.5 s"],
    [30, "30 s"],
    [1944, "32 min 24 s"],
    [24_012, "6.67 h"], // Not 6 h 40 min 12 s.
    [118_800, "1 d 9 h"],
    [Number.POSITIVE_INFINITY, "no limit"],
  ] as const) {
    assert.is(formatDuration(seconds), text);
  }
});

test("a level shows what is left of it, to two digits", () => {
  const levels = [0.95, 0.9, 0.975, 1 - 0.05 / 3, 1 - 0.05 / 110, 1 - 0.05 / 1000];
  assert.equal(levels.map(formatLevel), [
    ...["95 %", "90 %", "97.5 %", "98.3 %"],
    ...["99.955 %", "99.995 %"],
  ]);
});

test("a difference that is sure never reads as if it might be none", () => {
  const sure = { mean: -4, low: -8, high: -0.02 };
  assert.is(formatDifference(sure, "ratio"), "−4.00 (−8.00 to −0.02)");
  assert.is(formatDifference({ mean: 4, low: 0.02, high: 8 }, "ratio"), "+4.00 (+0.02 to +8.00)");
  // In doubt it keeps the digits that its spread leaves meaning to.
  assert.is(formatDifference({ mean: 4, low: -0.02, high: 8 }, "ratio"), "+4 (0 to +8)");
});

test("a lower bound is told as one, without the interval that it has not", () => {
  const bound = { mean: 29_880, low: 20_000, high: 40_000, isAtLeast: true as const };
  assert.is(formatMean(bound, "s"), "> 8.30 h");
  assert.is(formatMean({ mean: 29_880 }, "s"), "8.30 h");
  assert.equal(intervalTexts(bound, "s"), { mean: "> 8.30 h", bounds: null });
  assert.is(formatInterval(bound, "s"), "> 8.30 h");
});

test.run();
