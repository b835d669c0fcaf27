import { test } from "uvu";
import * as assert from "uvu/assert";
import { blockLengthOf, pieceLengthOf } from "./piece-length.ts";
import { chunkSizes } from "./testing.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
const fixed = (chunkSize: number) => chunkSizes("fixed", { chunkSize });

test("powers of two from 16 KiB to 16 MiB stay", () => {
  for (let length = 16 * KIB; length <= 16 * MIB; length *= 2) {
    assert.is(pieceLengthOf(fixed(length), GIB), length);
  }
});

test("others become the power of two that is nearest in ratio", () => {
  // 64 KiB·√2 = 92,681.9.
  assert.is(pieceLengthOf(fixed(92_681), GIB), 64 * KIB);
  assert.is(pieceLengthOf(fixed(92_682), GIB), 128 * KIB);
  assert.is(pieceLengthOf(chunkSizes("sqrt"), GIB), 32 * KIB);
  assert.is(pieceLengthOf(fixed(1), MIB), 16 * KIB);
  assert.is(pieceLengthOf(fixed(64 * MIB), GIB), 16 * MIB);
});

test("what the policy would not cut is one piece, up to 16 MiB", () => {
  assert.is(pieceLengthOf(fixed(MIB), 65_537), 128 * KIB);
  assert.is(pieceLengthOf(fixed(MIB), 10), 16 * KIB);
  assert.is(pieceLengthOf(fixed(64 * MIB), 20 * MIB), 16 * MIB);
});

test("there are no more pieces than clients read", () => {
  // 131,072 pieces of 16 KiB are 2 GiB.
  assert.is(pieceLengthOf(fixed(16 * KIB), 2 * GIB), 16 * KIB);
  assert.is(pieceLengthOf(fixed(16 * KIB), 2 * GIB + 1), 32 * KIB);
  assert.is(pieceLengthOf(fixed(16 * KIB), 100 * GIB), MIB);
  assert.is(pieceLengthOf(fixed(16 * KIB), 5000 * GIB), 16 * MIB);
});

test("blocks are the policy's, within sense", () => {
  assert.is(blockLengthOf(chunkSizes("sqrt"), 10_000_000), 3160);
  assert.is(blockLengthOf(fixed(1), 10_000_000), 512);
  assert.is(blockLengthOf(fixed(512), 1_048_576 * 600 + 1), 601);
});

test.run();
