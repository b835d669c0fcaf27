import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { costOfBlocks, optimalBlock } from "./optimal-block.ts";
import { IDENTICAL, isolatedChanges } from "./similarity.ts";
import { basisOf, noTransfer, rsyncTransfer } from "./transfer.ts";
import { deltaBytes } from "./wire.ts";

test("without a basis the whole file is sent in pieces of 32 KiB", () => {
  // 252,732 bytes: 8 literal tokens and the end, 9 × 4; head and checksum, 32; 8 messages, 32.
  assert.is(deltaBytes(252_732, 1, 0), 252_732 + 36 + 32 + 32);
  const { literalBytes, matchedBytes, signatureBytes } = rsyncTransfer({ size: 1e6, basis: null });
  assert.is(literalBytes, 1e6);
  assert.is(matchedBytes, 0);
  assert.is(signatureBytes, 16);
});

test("an identical basis costs a token a block", () => {
  const { literalBytes, deltaBytes: delta } = rsyncTransfer({ size: 1e6, basis: IDENTICAL });
  assert.is(literalBytes, 0);
  // 1000 blocks and the end, head and checksum, one message.
  assert.is(delta, 4 * 1001 + 32 + 4);
});

test("many short literal runs take a token each, a long one a token for 32 KiB", () => {
  const overhead = (literal: number, runs: number) =>
    deltaBytes(literal, runs, 0) - deltaBytes(literal, 1, 0);
  assert.ok(Math.abs(overhead(32_000, 100) - 4 * 99) < 1e-6);
});

test("every byte is either matched or literal, and a result can be used again", () => {
  const into = noTransfer();
  const size = fc.integer({ min: 1, max: 2_000_000_000 });
  fc.assert(
    fc.property(
      size,
      size,
      fc.nat(5000),
      fc.integer({ min: 1, max: 131_072 }),
      (n, m, q, block) => {
        const basis = isolatedChanges(n, q);
        const result = rsyncTransfer({ size: n, basisSize: m, basis, blockLength: block }, into);
        assert.is(result, into);
        assert.ok(Math.abs(into.literalBytes + into.matchedBytes - n) < 1e-6);
        assert.ok(into.literalBytes >= 0 && into.matchedBytes >= 0);
        assert.ok(into.downBytes > into.deltaBytes && into.upBytes > into.signatureBytes);
      },
    ),
    { seed: 4 },
  );
});

test("a package, which carries its version in its name, has a basis only with --fuzzy", () => {
  const package_ = { sameName: false, fuzzy: false };
  assert.is(basisOf(IDENTICAL, package_), null);
  assert.is(basisOf(IDENTICAL, { ...package_, fuzzy: true }), IDENTICAL);
  assert.is(basisOf(IDENTICAL, { ...package_, sameName: true }), IDENTICAL);
});

test("the best block for Q changes is the square root of 24 n/Q", () => {
  assert.is(optimalBlock(1e6, 24), 1000);
  assert.is(costOfBlocks(1e6, 24, 1000), 48_000);
  assert.is(Math.round(optimalBlock(24e6, 1000) * 10) / 10, 758.9);
  assert.is(Math.round(costOfBlocks(24e6, 1000, optimalBlock(24e6, 1000))), 1_517_893);
  for (const block of [379, 1518]) {
    assert.ok(costOfBlocks(24e6, 1000, block) > 1_517_893);
  }
});

test("the transfer itself is least near the block the formula gives for its own block cost", () => {
  // Signature 4 + 2 and token 4: 10 a block; a change spoils a block of L bytes.
  const [size, changes] = [1e7, 200];
  const basis = isolatedChanges(size, changes);
  const total = (blockLength: number) => {
    const { upBytes, downBytes } = rsyncTransfer({ size, basis, blockLength });
    return upBytes + downBytes;
  };
  const best = Math.sqrt((10 * size) / changes);
  for (const factor of [0.5, 0.7, 1.4, 2]) assert.ok(total(best) < total(best * factor));
});

test.run();
