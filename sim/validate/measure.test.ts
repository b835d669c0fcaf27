import { test } from "uvu";
import * as assert from "uvu/assert";
import { measure } from "./measure.ts";

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

test("errors are logarithms of ratios, so half and double are the same error", () => {
  const result = measure("A.all", [
    { scenario: "half", measured: 2, simulated: 1, naive: 2 },
    { scenario: "double", measured: 1, simulated: 2, naive: 1 },
    { scenario: "four times", measured: 1, simulated: 4, naive: Math.E },
  ]);
  assert.ok(result !== null);
  assert.is(result.cases, 3);
  near(result.median, Math.log(2));
  // Sorted: log 2, log 2, log 4; the 95th percentile lies 0.9 of the way from second to third.
  near(result.p95, Math.log(2) * 1.9);
  near(result.bias, (Math.log(0.5) + Math.log(2) + Math.log(4)) / 3);
  assert.equal(result.worst, { scenario: "four times", error: Math.log(4) });
  assert.is(result.naive.median, 0);
});

test("without cases there is no measure", () => {
  assert.is(measure("A.all", []), null);
});

test.run();
