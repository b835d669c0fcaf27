import { test } from "uvu";
import * as assert from "uvu/assert";
import { chunkedTime, clientServerTime, peerToPeerTime } from "./bounds.ts";

const near = (actual: number, expected: number, relative = 1e-6) =>
  assert.ok(Math.abs(actual / expected - 1) < relative, `${actual} is not ${expected}`);

/** Kurose and Ross, section 2.5: F = 15 Gbit, server 30 Mb/s, downlinks 2 Mb/s. */
const [SIZE, SERVER, DOWN] = [15e9, 30e6, 2e6];

test("a server alone takes time in proportion to the receivers", () => {
  const times = [10, 100, 1000].map((n) => clientServerTime(SIZE, SERVER, n, DOWN));
  assert.equal(times, [7500, 50_000, 500_000]);
});

test("receivers that upload bound the time", () => {
  const cases = [
    [300e3, [7500, 25_000, 45_454.545_454]],
    [700e3, [7500, 15_000, 20_547.945_205]],
    [2e6, [7500, 7500, 7500]],
  ] as const;
  for (const [up, expected] of cases) {
    for (const [i, n] of [10, 100, 1000].entries()) {
      near(peerToPeerTime(SIZE, SERVER, new Array(n).fill(up), DOWN), expected[i]);
    }
  }
});

test("pieces passed on whole cost the depth of a binary tree, a piece each", () => {
  near(chunkedTime(1, 1, 40, 1), 6);
  near(chunkedTime(1, 1, 40, 16), 1.3125);
  near(chunkedTime(1, 1, 40, 1000), 1.005);
});

test.run();
