import { deepStrictEqual as same } from "node:assert";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { snapshotOf, stateOf } from "./snapshot.ts";

/** Numbers as they stand in columns: whole and small, any, and often the same. */
const numbers = fc.oneof(
  fc.array(fc.integer({ min: -2, max: 2 })),
  fc.array(fc.nat()),
  fc.array(fc.maxSafeInteger()),
  fc.array(fc.double()),
  fc
    .array(fc.tuple(fc.double(), fc.nat(9)), { maxLength: 9 })
    .map((runs) => runs.flatMap(([value, length]) => Array.from({ length }, () => value))),
);

const column = numbers.chain((all) =>
  fc.constantFrom(
    ...[Uint8Array.from(all), Int32Array.from(all), Uint32Array.from(all)],
    Float64Array.from(all),
  ),
);

const state = fc.array(
  fc.record(
    { name: fc.string({ unit: "binary" }), number: fc.double(), column, of: fc.array(column) },
    { requiredKeys: [], noNullPrototype: true },
  ),
);

test("all plain data comes back, typed arrays as they were", () => {
  fc.assert(fc.property(state, (saved) => same(stateOf(snapshotOf(saved)), saved)));
  same(stateOf(snapshotOf(null)), null);
});

test("equal data is equal bytes, wherever it came from", () => {
  fc.assert(
    fc.property(state, (saved) => {
      const bytes = snapshotOf(saved);
      assert.equal(snapshotOf(stateOf(bytes)), bytes);
    }),
  );
});

// Snapshots that were kept are to be read by later versions: a change here is one of the format.
test("golden bytes", () => {
  const runs = Float64Array.of(5, 300, 7, 7, 7, 7, 7, 1);
  const saved = { a: runs, b: Int32Array.of(-1, 1), c: Float64Array.of(0.5), d: new Uint8Array(0) };
  const bytes = Buffer.from(snapshotOf(saved));
  const json = '{"a":"#column 0","b":"#column 1","c":"#column 2","d":"#column 3"}';
  const head = `mirrorlab snapshot 1\nA${json}`;
  assert.is(json.length, "A".charCodeAt(0));
  assert.is(bytes.subarray(0, head.length).toString(), head);
  assert.is(
    bytes.subarray(head.length).toString("hex"),
    [
      "04", // Four columns.
      "0301" + "08" + "02" + "05" + "ac02" + "05" + "07" + "01" + "01", // 300 is 44 + 2·128.
      "0202" + "02" + "02" + "01" + "02",
      "0300" + "01" + "01" + "000000000000e03f",
      "0001" + "00",
      "f3cfaa17", // The checksum of all before it.
    ].join(""),
  );
});

test("anything else, and what is damaged, is refused", () => {
  const bytes = snapshotOf({ a: Float64Array.of(1, 2, 3) });
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => stateOf(bytes.subarray(0, length)), /^expected/);
  }
  for (let at = 0; at < bytes.length; at++) {
    const damaged = bytes.slice();
    damaged[at] ^= 4;
    assert.throws(() => stateOf(damaged), /^expected/);
  }
  assert.throws(() => stateOf(Buffer.from("x".repeat(99))), /^expected "mirrorlab snapshot 1\\n"/);
});

test.run();
