import { test } from "uvu";
import * as assert from "uvu/assert";
import { grown, refill } from "./columns.ts";

test("a column with room is the same; one without is a larger copy of its kind", () => {
  const column = Int32Array.of(1, 2, 3, 4);
  assert.is(grown(column, -1), column);
  assert.is(grown(column, 3), column);
  const larger = grown(column, 4);
  assert.ok(larger instanceof Int32Array);
  assert.equal([...larger], [1, 2, 3, 4, 0, 0]); // By half, so that few additions copy.
  assert.equal([...grown(Uint8Array.of(7), 3)], [7, 0, 0, 0]); // Or by as much as is needed.
});

test("a list that is refilled holds the new items alone", () => {
  const list = [1, 2, 3];
  refill(list, new Set([7, 8]));
  assert.equal(list, [7, 8]);
  refill(list, []);
  assert.equal(list, []);
});

test("a list may be refilled with more items than a call may have", () => {
  const list: number[] = [];
  refill(list, new Uint8Array(1e6));
  assert.is(list.length, 1e6);
});

test.run();
