import { test } from "uvu";
import * as assert from "uvu/assert";
import { weightOf } from "./popularity.ts";

/** The exponent with which weights fall between two ranks. */
function exponent(from: number, to: number): number {
  return -Math.log(weightOf(to) / weightOf(from)) / Math.log(to / from);
}

test("the head is a plateau, as on an operating system's package server: 0.12 to 0.18", () => {
  const slope = exponent(0.0001, 0.0079);
  assert.ok(slope >= 0.12 && slope <= 0.18, `${slope}`);
});

test("the body falls as apt-p2p's curve does: from 8.5 % of machines to 0.29 %, about -2.1", () => {
  // Ranks by the source: 93.3 % and 66.6 % of the packages are less popular.
  const slope = exponent(0.067, 0.334);
  assert.ok(Math.abs(slope - 2.1) < 0.2, `${slope}`);
});

test("the tail is steeper still, and never rises", () => {
  assert.ok(exponent(0.5, 0.95) > 4, `${exponent(0.5, 0.95)}`);
  for (let rank = 0.001; rank < 1; rank += 0.001) {
    assert.ok(weightOf(rank) <= weightOf(rank - 0.0009) * (1 + 1e-9), `${rank}`);
  }
});

test.run();
