import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { countBackward, timeOrder } from "./time-order.ts";

test("times in order stay as they are", () => {
  assert.is(timeOrder(Float64Array.of()), null);
  assert.is(timeOrder(Float64Array.of(3)), null);
  assert.is(timeOrder(Float64Array.of(1, 1, 2)), null);
  assert.is(countBackward(Float64Array.of(1, 1, 2)), 0);
});

test("times out of order are sorted, equal ones in their order", () => {
  const time = Float64Array.of(12, 10, 12, 11);
  assert.equal([...(timeOrder(time) ?? [])], [1, 3, 0, 2]);
  assert.is(countBackward(time), 2);
});

test("any times come out as a stable sort has them", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 200 }), (times) => {
      const time = Float64Array.from(times);
      const expected = [...times.keys()].sort((a, b) => times[a] - times[b] || a - b);
      assert.equal([...(timeOrder(time) ?? times.keys())], expected);
    }),
    { seed: 2008, numRuns: 500 },
  );
});

test.run();
