import { test } from "uvu";
import * as assert from "uvu/assert";
import { rhythmOf } from "./rhythm.ts";

const DAY = 86_400;
/** Twenty in the hours from 8 to 20, ten in the others: a mean of 15. */
const day = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 20 : 10));
const days = (many: number) => Array.from({ length: many }, () => day).flat();

test("factors are the counts over their mean", () => {
  const { hours } = rhythmOf(days(4), null);
  assert.ok(Math.abs(hours[0] - 1 / 1.5) < 1e-12);
  assert.ok(Math.abs(hours[12] - 2 / 1.5) < 1e-12);
});

test("a crowd on one of four days leaves the factors alone", () => {
  const crowded = days(4).map((count, hour) => (hour === 36 ? 1000 : count));
  const [calm, disturbed] = [rhythmOf(days(4), null), rhythmOf(crowded, null)];
  for (const hour of [3, 12]) {
    assert.ok(Math.abs(disturbed.hours[hour] - calm.hours[hour]) < 0.1, `${hour}`);
  }
});

test("few counts are taken together, since most days have none in an hour", () => {
  const rare = Array.from({ length: 240 }, (_, hour) => (hour === 36 || hour === 40 ? 1 : 0));
  const { hours } = rhythmOf(rare, null);
  assert.equal([hours[12], hours[16], hours[3]], [12, 12, 0]);
});

test("hours are those of the clock when the trace starts within a day", () => {
  const late = days(4).slice(6);
  assert.equal(rhythmOf(late, 20 * DAY + 6 * 3600).hours, rhythmOf(days(3), null).hours);
});

test("days of the week begin with Monday, and need a week", () => {
  const week = [5, 5, 5, 5, 5, 2, 1].flatMap((level) => day.map((count) => level * count));
  // 1970-01-05 was a Monday.
  const monday = 4 * DAY;
  const { days: factors } = rhythmOf(week, monday);
  assert.ok(Math.abs((factors?.[0] ?? 0) - 5 / 4) < 1e-12);
  assert.ok(Math.abs((factors?.[6] ?? 0) - 1 / 4) < 1e-12);
  const shifted = rhythmOf([...week.slice(48), ...week.slice(0, 48)], monday + 2 * DAY);
  assert.equal(shifted.days, factors);
  assert.is(rhythmOf(days(6), monday).days, null);
});

test("a weekend is told by its mean day, relative to Tuesday to Thursday", () => {
  const week = [9, 3, 4, 5, 9, 2, 1].flatMap((level) => day.map((count) => level * count));
  // 1.5 of 4; Mondays and Fridays do not count. Without a date the first day is a Monday.
  assert.ok(Math.abs((rhythmOf(week, null).weekend ?? 0) - 1.5 / 4) < 1e-12);
  const fromThursday = [...week.slice(72), ...week.slice(0, 72)];
  assert.ok(Math.abs((rhythmOf(fromThursday, 0).weekend ?? 0) - 1.5 / 4) < 1e-12);
  assert.is(rhythmOf(days(6), null).weekend, null);
  assert.is(rhythmOf(new Array(168).fill(0), null).weekend, 1); // As even as nothing is.
});

test("nothing has an even rhythm", () => {
  assert.equal(new Set(rhythmOf(new Array(48).fill(0), null).hours), new Set([1]));
});

test.run();
