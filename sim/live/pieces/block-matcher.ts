import { createHash } from "node:crypto";
import { rolled, rollingChecksum } from "./rolling-checksum.ts";
import { ENTRY, type Signatures, STRONG } from "./signatures.ts";

/** Where nothing of the old file is the block. */
export const MISSING = -1;

/**
 * Where in an old file the blocks of a new one are: for each its offset in bytes, or `MISSING`.
 *
 * @param old The old file, from its first byte to its last, in parts of any length.
 */
export function matchBlocks(signatures: Signatures, old: Iterable<Uint8Array>): Float64Array {
  const matcher = new BlockMatcher(signatures);
  for (const part of old) matcher.push(part);
  return matcher.end();
}

/**
 * Finds blocks in a file that comes in parts. As rsync does, it tries the window of one block at every
 * byte, and goes on behind a block that it has found; a last block that is short counts only at the end.
 */
export class BlockMatcher {
  readonly #signatures: Signatures;
  /** Whole blocks by rolling checksum. */
  readonly #byRolling = new Map<number, number[]>();
  readonly #offsets: Float64Array;
  readonly #count: number;
  /** What has been pushed and not been tried yet, shorter than a block, and where it begins. */
  #rest: Uint8Array = new Uint8Array(0);
  #restAt = 0;

  constructor(signatures: Signatures) {
    this.#signatures = signatures;
    const { blocks, size, block } = signatures;
    this.#count = blocks.length / ENTRY;
    this.#offsets = new Float64Array(this.#count).fill(MISSING);
    for (let number = 0; number < Math.floor(size / block); number++) {
      const rolling = this.#rollingOf(number);
      const others = this.#byRolling.get(rolling);
      if (others === undefined) this.#byRolling.set(rolling, [number]);
      else others.push(number);
    }
  }

  push(part: Uint8Array): void {
    const { block } = this.#signatures;
    const bytes = this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]);
    let at = 0;
    while (at + block <= bytes.length) {
      let rolling = rollingChecksum(bytes.subarray(at, at + block));
      while (!this.#found(rolling, bytes, at) && at + block < bytes.length) {
        rolling = rolled(rolling, block, bytes[at], bytes[at + block]);
        at++;
      }
      // Behind the block if it was found; or else all windows have been tried, and the next one ends
      // with a byte that has not come yet.
      at += this.#wasFound ? block : 1;
    }
    this.#rest = bytes.slice(at);
    this.#restAt += at;
  }

  #wasFound = false;

  /** Whether the window is a block, or several: all of these are here. */
  #found(rolling: number, bytes: Uint8Array, at: number): boolean {
    const candidates = this.#byRolling.get(rolling);
    this.#wasFound = false;
    if (candidates === undefined) return false;
    const strong = strongOf(bytes.subarray(at, at + this.#signatures.block));
    for (const number of candidates) {
      if (!this.#isStrong(number, strong)) continue;
      this.#wasFound = true;
      if (this.#offsets[number] === MISSING) this.#offsets[number] = this.#restAt + at;
    }
    return this.#wasFound;
  }

  /** The old file is over. */
  end(): Float64Array {
    const { size, block } = this.#signatures;
    const short = size % block;
    const number = this.#count - 1;
    const at = this.#rest.length - short;
    if (short > 0 && at >= 0) {
      const tail = this.#rest.subarray(at);
      const isSame =
        rollingChecksum(tail) === this.#rollingOf(number) && this.#isStrong(number, strongOf(tail));
      if (isSame) this.#offsets[number] = this.#restAt + at;
    }
    return this.#offsets;
  }

  #rollingOf(number: number): number {
    const { buffer, byteOffset, byteLength } = this.#signatures.blocks;
    return new DataView(buffer, byteOffset, byteLength).getUint32(number * ENTRY);
  }

  #isStrong(number: number, strong: Buffer): boolean {
    const from = number * ENTRY + 4;
    return strong.equals(this.#signatures.blocks.subarray(from, from + STRONG));
  }
}

function strongOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest().subarray(0, STRONG);
}
