import { test } from "uvu";
import * as assert from "uvu/assert";
import { SyncHours } from "./sync-hours.ts";

const HOUR = 3600;

test("a synchronisation that passes midnight counts for both days", () => {
  const hours = new SyncHours(1, 0, 48 * HOUR);
  hours.add(0, 22 * HOUR, 27 * HOUR);
  assert.is(hours.most(), 3);
  assert.is(hours.least(), 2);
});

test("synchronisations of one day add up; a day without any is 0 hours", () => {
  const hours = new SyncHours(2, 0, 24 * HOUR);
  hours.add(1, HOUR, 2 * HOUR);
  hours.add(1, 5 * HOUR, 7 * HOUR);
  assert.is(hours.most(), 3);
  assert.is(hours.least(), 0);
});

test("what reaches beyond the window is not counted", () => {
  const hours = new SyncHours(1, 0, 24 * HOUR);
  hours.add(0, 23 * HOUR, 30 * HOUR);
  assert.is(hours.most(), 1);
});

test("a day of which a part is not measured has no least and no most", () => {
  const hours = new SyncHours(1, HOUR, 48 * HOUR);
  hours.add(0, 2 * HOUR, 9 * HOUR);
  hours.add(0, 30 * HOUR, 31 * HOUR);
  assert.is(hours.most(), 1);
  assert.is(hours.least(), 1);
  const { first, most } = hours.days();
  assert.is(first, 2);
  assert.equal([...most], [1]);
  assert.is(new SyncHours(1, 25 * HOUR, 48 * HOUR).most(), null);
});

test("each day is told over the volunteers", () => {
  const hours = new SyncHours(2, 0, 48 * HOUR);
  hours.add(0, 22 * HOUR, 25 * HOUR);
  hours.add(1, HOUR, 2 * HOUR);
  const { mean, least, most } = hours.days();
  assert.equal([...mean], [1.5, 0.5]);
  assert.equal([...least], [1, 0]);
  assert.equal([...most], [2, 1]);
  assert.is(new SyncHours(0, 0, 48 * HOUR).days().mean.length, 0);
});

test("without whole days or volunteers there is nothing to tell", () => {
  assert.is(new SyncHours(3, 0, 100).most(), null);
  assert.is(new SyncHours(0, 0, 24 * HOUR).least(), null);
});

test.run();
