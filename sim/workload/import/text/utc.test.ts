import { test } from "uvu";
import * as assert from "uvu/assert";
import { midnightUtc, secondsIso, secondsUnix, secondsUtc } from "./utc.ts";

const AT = Date.UTC(2015, 4, 17, 8, 5, 32) / 1000;

test("a date is the seconds to its midnight, or nothing where it does not exist", () => {
  assert.is(midnightUtc(1970, 1, 1), 0);
  assert.is(midnightUtc(2024, 2, 29), Date.UTC(2024, 1, 29) / 1000);
  for (const [year, month, day] of [
    [2023, 2, 29],
    [2023, 4, 31],
    [2023, 0, 1],
    [2023, 13, 1],
    [2023, 1, 0],
  ] as const) {
    assert.ok(Number.isNaN(midnightUtc(year, month, day)), `${year}-${month}-${day}`);
  }
  assert.ok(midnightUtc(99, 1, 1) < midnightUtc(1899, 1, 1));
});

test("a time of day is in range", () => {
  assert.is(secondsUtc([2015, 5, 17], [8, 5, 32]), AT);
  assert.is(secondsUtc([2015, 5, 17], [23, 59, 60]), secondsUtc([2015, 5, 18], [0, 0, 0]));
  assert.ok(Number.isNaN(secondsUtc([2015, 5, 17], [24, 0, 0])));
  assert.ok(Number.isNaN(secondsUtc([2015, 5, 17], [0, 60, 0])));
  assert.ok(Number.isNaN(secondsUtc([2015, 5, 17], [0, 0, 61])));
});

test("ISO 8601 has its zone taken off", () => {
  assert.is(secondsIso("2015-05-17T08:05:32+00:00"), AT);
  assert.is(secondsIso("2015-05-17T08:05:32Z"), AT);
  assert.is(secondsIso("2015-05-17 08:05:32"), AT);
  assert.is(secondsIso("2015-05-17T08:05:32.25Z"), AT + 0.25);
  assert.is(secondsIso("2015-05-17T13:35:32+05:30"), AT);
  assert.is(secondsIso("2015-05-17T00:05:32-0800"), AT);
  assert.is(secondsIso("2015-05-17 08:05"), AT - 32);
  for (const text of ["", "2015-05-17", "2015-13-17T08:05:32Z", "17/May/2015:08:05:32 +0000"]) {
    assert.ok(Number.isNaN(secondsIso(text)), text);
  }
});

test("a number is a time up to the year 9999", () => {
  assert.is(secondsUnix("1286536309.586"), 1286536309.586);
  assert.is(secondsUnix("0"), 0);
  for (const text of ["", "-1", "1e9", "0x10", "1286536309.", "253402300800", "99999999999999"]) {
    assert.ok(Number.isNaN(secondsUnix(text)), text);
  }
});

test.run();
