import { test } from "uvu";
import * as assert from "uvu/assert";
import { weekdays, weeklyRhythm } from "./rhythm.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

test("the factor has a mean of 1 over a week, whichever day it starts on", () => {
  for (const weekday of weekdays) {
    const { factor, elapsed } = weeklyRhythm(weekday);
    const hours = Array.from({ length: 168 }, (_, hour) => factor((hour + 0.5) * HOUR));
    assert.ok(Math.abs(hours.reduce((sum, each) => sum + each) / 168 - 1) < 1e-12);
    assert.ok(Math.abs(elapsed(WEEK) - WEEK) < 1e-6);
  }
});

test("a weekend day carries 0.52 of a midweek day", () => {
  const { elapsed } = weeklyRhythm("monday");
  const day = (number: number) => elapsed((number + 1) * DAY) - elapsed(number * DAY);
  const weekend = (day(5) + day(6)) / 2;
  const midweek = (day(1) + day(2) + day(3)) / 3;
  assert.ok(Math.abs(weekend / midweek - 0.52) < 0.01);
});

test("who comes on all days alike makes weekends less quiet, and days no different in themselves", () => {
  const day = (everyDay: number, number: number) => {
    const { elapsed } = weeklyRhythm("monday", everyDay);
    return elapsed((number + 1) * DAY) - elapsed(number * DAY);
  };
  for (let number = 0; number < 7; number++) {
    assert.ok(Math.abs(day(1, number) - DAY) < 1e-6);
    assert.ok(Math.abs(day(0.25, number) - 0.25 * DAY - 0.75 * day(0, number)) < 1e-6);
  }
  const [night, noon] = [0, 12].map((hour) => weeklyRhythm("monday", 1).factor(hour * HOUR));
  const { factor } = weeklyRhythm("monday");
  assert.ok(Math.abs(noon / night - factor(12 * HOUR) / factor(0)) < 1e-9);
});

test("a window that starts on a Saturday starts quietly", () => {
  assert.is(weeklyRhythm("saturday").factor(0), weeklyRhythm("monday").factor(5 * DAY));
});

test("elapsed is the integral of the factor, also beyond the first week", () => {
  const { factor, elapsed } = weeklyRhythm("friday");
  for (const time of [0, 100, HOUR - 1, 3 * DAY + 20_000, WEEK + 7, 5 * WEEK + 12_345]) {
    const start = Math.floor(time / HOUR) * HOUR;
    const gain = factor(time) * (time - start);
    assert.ok(Math.abs(elapsed(time) - elapsed(start) - gain) < 1e-6);
  }
});

test("timeAt is the inverse of elapsed", () => {
  const { elapsed, timeAt } = weeklyRhythm("sunday");
  for (let time = 0; time < 3 * WEEK; time += 997) {
    assert.ok(Math.abs(timeAt(elapsed(time)) - time) < 1e-5, `${time}`);
  }
});

test.run();
