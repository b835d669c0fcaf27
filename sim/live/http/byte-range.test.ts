import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { byteRange } from "./byte-range.ts";

test("a range is from, to or the last so many bytes of ten", () => {
  const cases = {
    "bytes=0-0": [0, 1],
    "bytes=2-4": [2, 3],
    "BYTES= 2-4 ": [2, 3],
    "bytes=9-9": [9, 1],
    "bytes=9-": [9, 1],
    "bytes=0-": [0, 10],
    "bytes=5-99999999999999999999999": [5, 5],
    "bytes=-1": [9, 1],
    "bytes=-9": [1, 9],
  } as const;
  for (const [field, [start, length]] of Object.entries(cases)) {
    assert.equal(byteRange(field, 10), { start, length }, field);
  }
});

test("all of the file is the answer to no range, invalid ones and several", () => {
  const fields = [
    ...[undefined, "", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,4-5", "items=0-1"],
    ...[
      "bytes=a-b",
      "bytes=+1-2",
      "bytes=1-2-3",
      "bytes=0x1-2",
      "bytes=1.5-2",
      "bytes=-10",
      "bytes=-11",
    ],
  ];
  for (const field of fields) assert.is(byteRange(field, 10), "whole", field);
});

test("what is behind the end, and nothing at all, cannot be satisfied", () => {
  for (const field of ["bytes=10-", "bytes=10-20", "bytes=-0"]) {
    assert.is(byteRange(field, 10), "unsatisfiable", field);
  }
  assert.is(byteRange("bytes=0-", 0), "unsatisfiable");
  assert.is(byteRange("bytes=-5", 0), "whole");
});

test("a range lies in the file", () => {
  const limit = fc.option(fc.nat({ max: 30 }), { nil: "" });
  fc.assert(
    fc.property(limit, limit, fc.nat({ max: 20 }), (from, to, size) => {
      const range = byteRange(`bytes=${from}-${to}`, size);
      if (typeof range === "string") return;
      assert.ok(range.start >= 0 && range.length > 0 && range.start + range.length <= size);
    }),
  );
});

test.run();
