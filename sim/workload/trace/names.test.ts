import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CompactNames, compactNames, namesOf } from "./names.ts";

test("any names are what they were", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 50 }), (names) => {
      const compact = namesOf(names);
      assert.is(compact.length, names.length);
      names.forEach((name, index) => {
        assert.is(compact.at(index), name);
      });
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("compact names stay as they are, half a surrogate pair becomes a replacement character", () => {
  const names = namesOf(["a", "\ud800b"]);
  assert.is(compactNames(names), names);
  assert.is(names.at(1), "\ufffdb");
  assert.is(new CompactNames(Uint32Array.of(0), new Uint8Array()).length, 0);
});

test.run();
