import { deepStrictEqual as same } from "node:assert";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { crc32 } from "../journal/crc32.ts";
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

test("a snapshot takes no more memory than its bytes, however many it has", () => {
  for (const length of [0, 1, 5000, 50_000]) {
    const column = Float64Array.from({ length }, (_, at) => at % 3);
    const bytes = snapshotOf({ column, text: "x".repeat(length) });
    assert.is(bytes.buffer.byteLength, bytes.length);
    same(stateOf(bytes), { column, text: "x".repeat(length) });
  }
});

test("a column that ends too early is refused, whatever its checksum is", () => {
  const bytes = snapshotOf({ a: Float64Array.of(1, 2, 3) }).slice(0, -1);
  const end = bytes.length - 4;
  new DataView(bytes.buffer).setUint32(end, crc32(bytes.subarray(0, end)), true);
  assert.throws(() => stateOf(bytes), /^expected more bytes$/);
});

test("numbers at the edge of what is whole come back", () => {
  const edges = [0, 1, 4_503_599_627_370_495, 4_503_599_627_370_496, Number.MAX_SAFE_INTEGER];
  for (const edge of edges) {
    for (const value of [edge, -edge]) {
      same(stateOf(snapshotOf({ a: Float64Array.of(value) })), { a: Float64Array.of(value) });
    }
  }
});

test.run();
