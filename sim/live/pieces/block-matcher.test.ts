import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { MISSING, matchBlocks } from "./block-matcher.ts";
import { rollingChecksum } from "./rolling-checksum.ts";
import { ENTRY, readSignatures, type Signatures, signaturesHead } from "./signatures.ts";
import { bytesOf, sha256 } from "./testing.ts";

/** Computed plainly, block by block. */
function signaturesOf(bytes: Buffer, block: number): Signatures {
  const count = Math.ceil(bytes.length / block);
  const blocks = Buffer.alloc(ENTRY * count);
  for (let number = 0; number < count; number++) {
    const part = bytes.subarray(number * block, (number + 1) * block);
    blocks.writeUInt32BE(rollingChecksum(part), ENTRY * number);
    sha256(part).copy(blocks, ENTRY * number + 4, 0, 16);
  }
  return { size: bytes.length, block, sha256: sha256(bytes), blocks };
}

/** Where the blocks are, however the old file is cut into parts. */
function matched(bytes: Buffer, block: number, old: Buffer, part = old.length): number[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < old.length; at += part) parts.push(old.subarray(at, at + part));
  return [...matchBlocks(signaturesOf(bytes, block), parts)];
}

test("an unchanged file has all blocks where they are, the short one at its end included", () => {
  const bytes = bytesOf("same", 1050);
  assert.equal(matched(bytes, 500, bytes), [0, 500, 1000]);
  assert.equal(matched(bytes.subarray(0, 1000), 500, bytes.subarray(0, 1000)), [0, 500]);
  assert.equal(matched(bytes.subarray(0, 50), 500, bytes.subarray(0, 50)), [0]);
});

test("what has moved is found where it is now; what is new is missing", () => {
  const bytes = bytesOf("new", 2000);
  const old = Buffer.concat([
    Buffer.from("123"),
    bytes.subarray(500, 1000),
    bytes.subarray(0, 499),
  ]);
  assert.equal(matched(bytes, 500, old), [MISSING, 3, MISSING, MISSING]);
  assert.equal(matched(bytes, 500, Buffer.alloc(0)), [MISSING, MISSING, MISSING, MISSING]);
});

test("a short block counts at the end only, and behind what was found", () => {
  const bytes = bytesOf("short", 1100);
  const short = bytes.subarray(1000);
  assert.equal(matched(bytes, 500, Buffer.concat([short, Buffer.from("x")])), [-1, -1, -1]);
  assert.equal(matched(bytes, 500, Buffer.concat([Buffer.from("x"), short])), [-1, -1, 1]);
  assert.equal(matched(bytes, 500, bytes.subarray(0, 1000)), [0, 500, -1]);
});

test("blocks that are alike are found together", () => {
  const zeros = Buffer.alloc(2000);
  assert.equal(matched(zeros, 500, Buffer.alloc(700)), [0, 0, 0, 0]);
});

test("the same weak checksum is not enough", () => {
  // Both have a = 2 and b = 1·3 + 1·1 = 4 = 2·2.
  const [one, other] = [Buffer.from([1, 0, 1]), Buffer.from([0, 2, 0])];
  assert.is(rollingChecksum(one), rollingChecksum(other));
  assert.equal(matched(one, 3, other), [MISSING]);
  assert.equal(matched(Buffer.from([1, 0, 1, 9]), 3, one), [0, MISSING]);
});

test("what is found is there, whatever is inserted and removed, in parts of any length", () => {
  const edit = fc.record({
    at: fc.nat(999),
    removed: fc.nat(50),
    inserted: fc.uint8Array({ maxLength: 50 }),
  });
  const all = fc.record({
    edits: fc.array(edit, { maxLength: 4 }),
    block: fc.integer({ min: 1, max: 90 }),
  });
  fc.assert(
    fc.property(all, fc.integer({ min: 1, max: 400 }), ({ edits, block }, part) => {
      const old = bytesOf("old", 1000);
      const bytes = edits.reduce(
        (before, { at, removed, inserted }) =>
          Buffer.concat([before.subarray(0, at), inserted, before.subarray(at + removed)]),
        old,
      );
      const offsets = matched(bytes, block, old, part);
      assert.equal(offsets, matched(bytes, block, old));
      for (const [number, offset] of offsets.entries()) {
        if (offset === MISSING) continue;
        const expected = bytes.subarray(number * block, (number + 1) * block);
        assert.ok(expected.equals(old.subarray(offset, offset + expected.length)));
      }
    }),
  );
});

test("signatures are read back as they were written, and refused where they are not whole", () => {
  const signatures = signaturesOf(bytesOf("whole", 1050), 500);
  const written = Buffer.concat([signaturesHead(signatures), signatures.blocks]);
  const read = readSignatures(written);
  assert.is(read.size, 1050);
  assert.is(read.block, 500);
  assert.ok(Buffer.from(signatures.sha256).equals(read.sha256));
  assert.ok(Buffer.from(signatures.blocks).equals(read.blocks));
  assert.equal([...matchBlocks(read, [bytesOf("whole", 1050)])], [0, 500, 1000]);
  assert.throws(
    () => readSignatures(written.subarray(0, -1)),
    "expected 60 bytes of blocks; got 59",
  );
  assert.throws(() => readSignatures(written.subarray(1)), "three lines");
  assert.throws(() => readSignatures(Buffer.alloc(0)), "three lines");
  const nothing = written.toString("latin1").replace("block 500", "block 0");
  assert.throws(() => readSignatures(Buffer.from(nothing, "latin1")), "three lines");
});

test.run();
