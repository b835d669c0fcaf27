import { test } from "uvu";
import * as assert from "uvu/assert";
import { SEGMENT_PAYLOAD } from "../wire.ts";
import { queueAt, windowAfter } from "./window-growth.ts";

function near(actual: number, expected: number, tolerance = 1e-6): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * expected, `${actual} is not ${expected}`);
}

test("slow start ends where the round trip has grown by an eighth, within 4 and 16 ms", () => {
  near(windowAfter(0, 2e6, 0.08), 2e6 * (0.08 + 0.01));
  near(windowAfter(0, 2e6, 0.02), 2e6 * (0.02 + 0.004));
  near(windowAfter(0, 2e6, 0.4), 2e6 * (0.4 + 0.016));
});

test("no flow leaves slow start with fewer than 16 segments", () => {
  near(windowAfter(0, 1000, 0), 16 * SEGMENT_PAYLOAD);
});

test("a window that is all queue grows by 9/17 of a segment a round trip", () => {
  // At 165 segments a second a round trip of 16 segments takes 97 ms, and grows with the window:
  // after the round trips of windows 16 to 20 it has grown by 4.
  const rate = 165 * SEGMENT_PAYLOAD;
  const perTrip = 9 / 17;
  const seconds = (20 ** 2 - 16 ** 2) / (2 * perTrip * 165);
  near(windowAfter(seconds, rate, 0), 20 * SEGMENT_PAYLOAD);
});

test("in the long run a window grows by the cube of the time", () => {
  // 0.4 segments times 1000; Reno would add 53 in the same time.
  near(windowAfter(10, 1e6, 0.1), 1e6 * 0.1125 + 400 * SEGMENT_PAYLOAD);
});

test("a queue goes down to what is left when all windows fall to 0.7", () => {
  near(queueAt(50_000, 0, 1), 50_000);
  near(queueAt(50_000, 0, 0), 35_000);
  near(queueAt(50_000, 0, 0.5), 42_500);
  near(queueAt(50_000, 50_000, 0), 20_000);
  assert.is(queueAt(50_000, 200_000, 0), 0);
});

test.run();
