import type { BigIntStats } from "node:fs";

/** When a file was modified: whole seconds since 1970, from 0 to 2³² − 1. */
export function secondsOf({ mtimeNs }: BigIntStats): number {
  return Math.max(0, Math.min(0xffffffff, Math.floor(Number(mtimeNs / 1_000_000_000n))));
}

/**
 * Nanoseconds of the modification and number of the inode in 32 bits. Together with the size and the
 * seconds it tells that a file is another than before: of so many that were written anew within the
 * same second and have the same size, one in 2³² is missed.
 */
export function stampOf({ mtimeNs, ino }: BigIntStats): number {
  let hash = 0;
  for (const part of [mtimeNs, mtimeNs >> 32n, ino, ino >> 32n]) {
    hash = Math.imul(hash ^ Number(part & 0xffffffffn), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}
