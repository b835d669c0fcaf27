import { test } from "uvu";
import * as assert from "uvu/assert";
import { HostClock } from "./host-clock.ts";

const MIDNIGHT = new Date(2026, 11, 1).getTime();

/** A source of time that tests turn. */
const source = (wall: number) => {
  let monotonic = 5000;
  return {
    wall: () => wall,
    monotonic: () => monotonic,
    pass(milliseconds: number) {
      monotonic += milliseconds;
    },
  };
};

test("it counts from the midnight before the first start", () => {
  const at = source(MIDNIGHT + 3_600_000);
  const clock = new HostClock(null, 0, at);
  assert.is(clock.epoch, MIDNIGHT);
  assert.is(clock.now(), 3600);
  at.pass(1500);
  assert.is(clock.now(), 3601.5);
  assert.is(clock.wall(3601.5), MIDNIGHT + 3_601_500);
});

test("a later start goes on, with the pause in between", () => {
  const clock = new HostClock(MIDNIGHT, 4000, source(MIDNIGHT + 7_200_000));
  assert.is(clock.now(), 7200);
});

test("a clock that was set back does not take it back", () => {
  const clock = new HostClock(MIDNIGHT, 9000, source(MIDNIGHT + 7_200_000));
  assert.is(clock.now(), 9000);
});

test.run();
