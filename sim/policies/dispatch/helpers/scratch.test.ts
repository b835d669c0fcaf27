import { test } from "uvu";
import * as assert from "uvu/assert";
import { stream } from "../../testing.ts";
import { ascending, scratch } from "./scratch.ts";

test("the least are in order, few or many, wanted all or in part", () => {
  const random = stream(1);
  for (const count of [0, 1, 2, 10, 40, 64, 65, 1000]) {
    for (const wanted of [1, 10, 64, 65, count]) {
      const numbers = scratch(count);
      for (let i = 0; i < count; i++) numbers[i] = Math.floor(20 * random());
      const expected = [...numbers.subarray(0, count)].sort((a, b) => a - b).slice(0, wanted);
      const found = ascending(numbers, count, Math.min(wanted, count));
      assert.equal([...found.subarray(0, expected.length)], expected);
    }
  }
});

test.run();
