import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { apportion } from "./apportion.ts";

test("what is left over goes to the largest remainders, the first of equals first", () => {
  assert.equal(apportion(10, [1, 1, 1]), [4, 3, 3]);
  assert.equal(apportion(5, [0.6, 0.25, 0.15]), [3, 1, 1]); // Due: 3, 1.25, 0.75.
  assert.equal(apportion(0, [1, 2]), [0, 0]);
});

test("everything is given, and nobody is a whole thing off", () => {
  const shares = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(fc.nat(100_000), shares, (things, each) => {
      const given = apportion(things, each);
      const sum = each.reduce((total, share) => total + share, 0);
      assert.is(
        given.reduce((total, count) => total + count, 0),
        things,
      );
      for (const [index, count] of given.entries()) {
        assert.ok(Math.abs(count - (things * each[index]) / sum) < 1 + 1e-6);
      }
    }),
  );
});

test.run();
