import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import { sqrt } from "./sqrt.ts";

const { decide } = bind(sqrt);

test("blocks are those of rsync", () => {
  // File size and block length by rsync's sum_sizes_sqroot, protocol 30 and later.
  const blocks: readonly (readonly [number, number])[] = [
    [700, 700],
    [10_000, 700],
    [490_000, 700],
    [490_001, 700],
    [495_616, 704],
    [500_000, 704],
    [1_000_000, 1000],
    [1_048_576, 1024],
    [5_000_000, 2232],
    [10_000_000, 3160],
    [16_777_216, 4096],
    [50_000_000, 7064],
    [100_000_000, 10_000],
    [681_574_400, 26_104],
    [734_003_200, 27_088],
    [1_073_741_824, 32_768],
    [4_700_000_000, 68_552],
    [17_179_869_184, 131_072],
    [100_000_000_000, 131_072],
  ];
  for (const [size, chunkSize] of blocks) {
    assert.is(decide({ size }, replay([])).chunkSize, chunkSize, `${size}`);
  }
});

test("a block is no longer than its file", () => {
  assert.equal(decide({ size: 1 }, replay([])), { chunkSize: 1, reason: "whole file" });
  assert.equal(decide({ size: 700 }, replay([])), { chunkSize: 700, reason: "whole file" });
  assert.equal(decide({ size: 701 }, replay([])), { chunkSize: 700, reason: "rsync's block" });
});

test.run();
