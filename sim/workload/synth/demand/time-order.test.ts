import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { radixOrder } from "./time-order.ts";

test("keys are ordered, and equal ones stay as they stood", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2 ** 20 - 1)), fc.integer({ min: 1, max: 2 ** 20 }), (keys, by) => {
      // Few different keys, so that many are equal.
      const few = keys.map((key) => (key % 7) * Math.floor(key / by));
      for (const each of [keys, few.map((key) => key % 2 ** 20)]) {
        const expected = [...each.keys()].sort((a, b) => each[a] - each[b] || a - b);
        assert.equal([...radixOrder(Uint32Array.from(each))], expected);
      }
    }),
  );
});

test.run();
