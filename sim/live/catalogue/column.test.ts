import { test } from "uvu";
import * as assert from "uvu/assert";
import { ByteColumn, Column, SizeColumn } from "./column.ts";

test("columns begin with zeros and hold what was set, beyond a chunk too", () => {
  const column = new Column();
  assert.is(column.get(70_000), 0);
  column.set(70_000, 2 ** 32 - 1);
  column.set(0, 7);
  assert.equal(
    [0, 1, 4464, 70_000, 1e6].map((at) => column.get(at)),
    [7, 0, 0, 2 ** 32 - 1, 0], // 4464 is 70,000 in the chunk before.
  );
});

test("bytes are those of their file alone", () => {
  const column = new ByteColumn(3);
  column.set(65_536, Uint8Array.of(9, 1, 2, 3), 1);
  column.setByte(65_535, 2, 5);
  assert.equal(column.get(65_536), Uint8Array.of(1, 2, 3));
  assert.equal(column.get(65_535), Uint8Array.of(0, 0, 5));
  assert.equal(column.get(0), Uint8Array.of(0, 0, 0));
  assert.is(column.byte(65_536, 1), 2);
  assert.ok(column.equals(65_536, Uint8Array.of(1, 2, 3), 0));
  assert.not(column.equals(65_536, Uint8Array.of(1, 2, 4), 0));
  assert.ok(column.equals(65_536, Uint8Array.of(4, 1, 2, 3), 1));
});

test("sizes of 4 GiB and more are exact, and no longer so large when they shrink", () => {
  const column = new SizeColumn();
  for (const size of [2 ** 32 - 2, 2 ** 32 - 1, 2 ** 32, 2 ** 52 + 1, 3]) {
    column.set(1, size);
    assert.is(column.get(1), size);
  }
  assert.is(column.get(0), 0);
});

test.run();
