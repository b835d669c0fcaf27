import type { BigIntStats } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { secondsOf, stampOf } from "./stamp.ts";

const stat = (mtimeNs: bigint, ino: bigint) => ({ mtimeNs, ino }) as BigIntStats;

test("seconds are whole, and those that do not fit are the next that do", () => {
  const cases = [
    [1_700_000_000_999_999_999n, 1_700_000_000],
    [0n, 0],
    [-5_000_000_000n, 0],
    [5_000_000_000_000_000_000n, 2 ** 32 - 1],
  ] as const;
  for (const [nanoseconds, seconds] of cases) assert.is(secondsOf(stat(nanoseconds, 1n)), seconds);
});

test("a nanosecond or an inode more is another stamp", () => {
  const stamps = [
    [1_700_000_000_000_000_000n, 7n],
    [1_700_000_000_000_000_001n, 7n],
    [1_700_000_000_000_000_000n, 8n],
    [1_700_000_000_000_000_000n, 7n + (1n << 32n)],
    [1_700_000_000_000_000_000n + (1n << 32n), 7n],
  ].map(([nanoseconds, inode]) => stampOf(stat(nanoseconds, inode)));
  assert.is(new Set(stamps).size, stamps.length);
  for (const each of stamps) assert.ok(Number.isInteger(each) && each >= 0 && each < 2 ** 32);
  assert.is(stampOf(stat(5n, 6n)), stampOf(stat(5n, 6n)));
});

test.run();
