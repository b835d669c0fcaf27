import { test } from "uvu";
import * as assert from "uvu/assert";
import { blockCount, blockLength, checksumLength } from "./block.ts";
import { signatureBytes } from "./wire.ts";

/** Closed forms of sum_sizes_sqroot and write_sum_head (rsync 3.5.0), evaluated by hand. */
const VECTORS: readonly (readonly [
  size: number,
  block: number,
  checksum: number,
  count: number,
  remainder: number,
  signature: number,
])[] = [
  [1, 700, 2, 1, 1, 22],
  [700, 700, 2, 1, 0, 22],
  [10_000, 700, 2, 15, 200, 106],
  [490_000, 700, 2, 700, 0, 4216],
  [490_001, 700, 2, 701, 1, 4222],
  [495_616, 704, 2, 704, 0, 4240],
  [500_000, 704, 2, 711, 160, 4282],
  [1_000_000, 1000, 2, 1000, 0, 6016],
  [1_048_576, 1024, 2, 1024, 0, 6160],
  [5_000_000, 2232, 2, 2241, 320, 13_462],
  [10_000_000, 3160, 2, 3165, 1760, 19_006],
  [16_777_216, 4096, 2, 4096, 0, 24_592],
  [50_000_000, 7064, 3, 7079, 1008, 49_569],
  [100_000_000, 10_000, 3, 10_000, 0, 70_016],
  [681_574_400, 26_104, 3, 26_110, 25_064, 182_786],
  [734_003_200, 27_088, 3, 27_097, 26_752, 189_695],
  [1_073_741_824, 32_768, 3, 32_768, 0, 229_392],
  [4_700_000_000, 68_552, 4, 68_562, 6328, 548_512],
  [17_179_869_184, 131_072, 4, 131_072, 0, 1_048_592],
  [100_000_000_000, 131_072, 5, 762_940, 59_392, 6_866_476],
];

for (const [size, block, checksum, count, remainder, signature] of VECTORS) {
  test(`${size} bytes are cut into ${count} blocks of ${block}, and signed in ${signature}`, () => {
    assert.is(blockLength(size), block);
    assert.is(checksumLength(size, block), checksum);
    assert.is(blockCount(size, block), count);
    assert.is(size % block, remainder);
    assert.is(signatureBytes(size, block), signature);
  });
}

test("without a basis the signature is its header", () => {
  assert.is(signatureBytes(0, 700), 16);
});

test("a block that is forced changes the checksum's length with it", () => {
  // 10 + 2·23 − 8 = 48 bits at a block of 300, (48 − 24) / 8 = 3; at 4 KiB 10 + 46 − 12 = 44: 2.
  assert.is(checksumLength(8_591_360, 300), 3);
  assert.is(checksumLength(8_591_360, 4096), 2);
});

test("the signature of rsync 0.5 is 20 bytes a block, as its authors measured", () => {
  // Tridgell and Mackerras, The rsync algorithm (1996): bytes read by the sender, Linux 2.0.0.
  // One n must explain all rows: (read − header) / 20 blocks of n.
  const rows = [
    [300, 1_632_284],
    [500, 979_384],
    [700, 699_564],
    [900, 544_124],
    [1100, 445_204],
  ] as const;
  const size = 24_485_000;
  for (const [block, read] of rows) {
    const error = signatureBytes(size, block, 16) / read - 1;
    assert.ok(Math.abs(error) < 2e-4, `block ${block}: ${error}`);
  }
});

test.run();
