/**
 * Block signatures: of each block of a file a rolling and a strong checksum, by which a volunteer that
 * holds an earlier version finds what it has of a new one (the rsync algorithm with the parts exchanged,
 * as zsync has it: the server computes once, volunteers search).
 *
 * The format is a head of text, and 20 bytes a block behind it, in order:
 *
 *     mirrorlab block signatures 1
 *     size 10000000
 *     block 3160
 *     sha256 64 hexadecimal digits, of the whole file
 *     (an empty line)
 *
 * A block is the rolling checksum (`rolling-checksum.ts`) in 4 bytes, the highest first, and the first
 * 16 of SHA-256. The last block may be short. 20 bytes a block are what the thesis reckons with, and so
 * what policies of chunk size weigh against bytes sent again; 128 bits nobody can make collide.
 */
export interface Signatures {
  /** Of the file, in bytes. */
  readonly size: number;
  /** Bytes in each block but the last. */
  readonly block: number;
  /** Of the whole file; 32 bytes. */
  readonly sha256: Uint8Array;
  /** 20 bytes a block. */
  readonly blocks: Uint8Array;
}

/** Bytes of the strong checksum. */
export const STRONG = 16;
/** Bytes a block takes. */
export const ENTRY = 4 + STRONG;

const FIRST_LINE = "mirrorlab block signatures 1";
const HEAD =
  /^mirrorlab block signatures 1\nsize (\d{1,16})\nblock ([1-9]\d{0,15})\nsha256 ([\da-f]{64})\n\n/;
/** No head is longer. */
const LONGEST_HEAD = 200;

/** What stands before the blocks. */
export function signaturesHead({ size, block, sha256 }: Omit<Signatures, "blocks">): Buffer {
  const hex = Buffer.from(sha256).toString("hex");
  return Buffer.from(`${FIRST_LINE}\nsize ${size}\nblock ${block}\nsha256 ${hex}\n\n`, "latin1");
}

/** @throws RangeError in one line where the bytes are no signatures, or not all of them. */
export function readSignatures(bytes: Uint8Array): Signatures {
  const text = Buffer.from(bytes.subarray(0, LONGEST_HEAD)).toString("latin1");
  const head = HEAD.exec(text);
  if (head === null) throw new RangeError(`expected "${FIRST_LINE}" and three lines`);
  const [size, block] = [Number(head[1]), Number(head[2])];
  const blocks = bytes.subarray(head[0].length);
  const expected = ENTRY * Math.ceil(size / block);
  if (blocks.length === expected) {
    return { size, block, sha256: Buffer.from(head[3], "hex"), blocks };
  }
  throw new RangeError(`expected ${expected} bytes of blocks; got ${blocks.length}`);
}
