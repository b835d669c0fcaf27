import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BitTable } from "./bits.ts";

test("columns set in a row are found in order, and no other row's", () => {
  const sets = fc.uniqueArray(fc.nat(99));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), sets, sets, (columns, ours, theirs) => {
      const table = new BitTable(2, columns);
      const set = ours.filter((column) => column < columns);
      for (const column of set) table.add(0, column);
      for (const column of theirs.filter((each) => each < columns)) table.add(1, column);
      const found: number[] = [];
      for (let at = table.next(0, 0); at >= 0; at = table.next(0, at + 1)) found.push(at);
      assert.equal(
        found,
        set.sort((a, b) => a - b),
      );
      assert.is(table.count(0), set.length);
    }),
  );
});

test.run();
