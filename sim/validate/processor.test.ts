import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { Processor } from "./processor.ts";
import type { Train } from "./replay.ts";

function launched(from: number, at: number): Train {
  return { client: "c0", launched: from, at, downloads: [], keepAlive: false };
}

/** Mean seconds that a request waits at this time. */
function meanWait(trains: readonly Train[], now: number): number {
  const processor = new Processor(trains, streams(1)("processor"));
  let sum = 0;
  for (let i = 0; i < 10_000; i++) sum += processor.wait(now, 1);
  return sum / 10_000;
}

test("on an idle machine nobody waits", () => {
  const trains = [
    launched(0, 1),
    launched(2, 3),
    { client: "c1", at: 9, downloads: [], keepAlive: false },
  ];
  assert.is(meanWait([], 1.5), 0);
  assert.is(meanWait(trains, 1.5), 0);
});

test("programs that are being started take turns of 4 ms with those that wake", () => {
  const starting = Array.from({ length: 9 }, () => launched(0, 1));
  // Two wakes, each next in half the cases (half a turn) and else anywhere among nine turns.
  const expected = 2 * 0.004 * (0.5 * 0.5 + 0.5 * 4.5);
  assert.ok(Math.abs(meanWait(starting, 0.5) / expected - 1) < 0.02);
  assert.is(meanWait(starting, 1), 0); // They run.
});

test.run();
