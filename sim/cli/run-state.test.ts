import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Beat } from "../runner/beat.ts";
import { RunState } from "./run-state.ts";

const DAY = 86_400;
const beat = (days: number, events = 0, requests = 0): Beat => ({
  now: days * DAY,
  window: 10 * DAY,
  events,
  requests,
});

test("the time left grows from what was made now, not from what was at hand", () => {
  const state = new RunState();
  state.begin(6, 10);
  assert.is(state.left(5), null);
  state.beat(0, beat(5)); // Half of the first of four runs, in 5 seconds.
  assert.is(state.left(5), 35);
  state.beat(0, beat(9));
  state.ended(7);
  assert.is(state.left(10), 30);
  state.beat(1, beat(5));
  assert.is(state.left(15), 25);
  for (const done of [8, 9, 10]) state.ended(done);
  assert.is(state.left(40), 0);
});

test("the line tells runs, simulated time, requests, events a second, memory and time left", () => {
  const state = new RunState();
  state.begin(0, 2);
  assert.is(state.text(0, 1e9), "0/2 runs, 0 requests, 0 events/s, 1.00 GB");
  state.beat(0, beat(2, 4_000_000, 12_345));
  state.beat(1, beat(3, 1_000_000, 5));
  const expected = "0/2 runs, day 3.0 of 10.0, 12 k requests, 1.0 M events/s, 0.50 GB, 15 s left";
  assert.is(state.text(5, 5e8), expected);
  assert.match(state.text(500, 5e8), /, 25 min left$/);
  assert.match(state.text(6000, 5e8), /, 5 h 0 min left$/);
});

test("a run without a window says nothing of time left, and one after its window is not above all", () => {
  const state = new RunState();
  state.begin(0, 1);
  state.beat(0, { now: 5, window: 0, events: 1, requests: 0 });
  assert.is(state.left(1), null);
  state.beat(0, { now: 20, window: 10, events: 1, requests: 0 });
  assert.is(state.left(1), 0);
});

test.run();
