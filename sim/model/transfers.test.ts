import { test } from "uvu";
import * as assert from "uvu/assert";
import { TransfersUnderWay } from "./transfers.ts";

test("a customer that moves on has ended its oldest transfer, and no one else's", () => {
  const transfers = new TransfersUnderWay();
  transfers.begin(1, 100);
  transfers.begin(2, 100);
  transfers.end(1);
  transfers.end(7);
  assert.is(transfers.count, 1);
});

test("announced bytes are shared equally, so small transfers end first", () => {
  const transfers = new TransfersUnderWay();
  transfers.begin(1, 100);
  transfers.begin(2, 300);
  transfers.progress(199); // 99.5 B each.
  assert.is(transfers.count, 2);
  transfers.progress(1); // 100 B each: the first is through.
  assert.is(transfers.count, 1);
  transfers.progress(199); // The other has 299 B.
  assert.is(transfers.count, 1);
  transfers.progress(1);
  assert.is(transfers.count, 0);
});

test("one announce may end several transfers, one after another", () => {
  const transfers = new TransfersUnderWay();
  for (const bytes of [10, 20, 40]) transfers.begin(bytes, bytes);
  transfers.progress(10 * 3 + 10 * 2 + 5); // 10 B each, 10 B each of two, 5 B of the last.
  assert.is(transfers.count, 1);
  transfers.progress(15);
  assert.is(transfers.count, 0);
});

test("a transfer that begins later has only what comes after", () => {
  const transfers = new TransfersUnderWay();
  transfers.begin(1, 100);
  transfers.progress(90);
  transfers.begin(2, 100);
  transfers.progress(20);
  assert.is(transfers.count, 1);
  transfers.end(1); // Was through already.
  assert.is(transfers.count, 1);
});

test("bytes for nobody are nobody's", () => {
  const transfers = new TransfersUnderWay();
  transfers.progress(1000);
  transfers.begin(1, 10);
  assert.is(transfers.count, 1);
});

test.run();
