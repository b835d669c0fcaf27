import { test } from "uvu";
import * as assert from "uvu/assert";
import { startupDelay, WIRE_EFFICIENCY } from "./transport.ts";

const direct = { redirected: false };
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

test("a file in the first window costs two round trips, or four through a redirect", () => {
  near(startupDelay(14_480, 1e6, 0.04, direct), 0.08);
  near(startupDelay(14_480, 1e6, 0.04, { redirected: true }), 0.16);
});

test("each round of slow start idles until its window has come back", () => {
  // At 1 MB/s and 40 ms the pipe holds 40,000 B. Windows of 14,480 and 28,960 do not fill it:
  // idle 40 - 14.48 and 40 - 28.96 ms; the third window, 57,920 B, does.
  near(startupDelay(1e6, 1e6, 0.04, direct), 0.08 + 0.02552 + 0.01104);
  // A file of 20,000 B ends in the second window: only the first idles.
  near(startupDelay(20_000, 1e6, 0.04, direct), 0.08 + 0.02552);
});

test("without delay nothing is lost", () => {
  assert.is(startupDelay(1e9, 1e6, 0, { redirected: true }), 0);
});

test("a full segment of 1514 bytes carries 1448", () => {
  near(WIRE_EFFICIENCY, 0.956_406_869_220_607_7);
});

test.run();
