import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashOf } from "./murmur.ts";

// Widely published values of MurmurHash3_x86_32 with seed 0, such as in the tests of Guava.
const KNOWN = [
  ["", 0],
  ["test", 0xba6bd213],
  ["Hello, world!", 0xc0363e43],
  ["The quick brown fox jumps over the lazy dog", 0x2e4ff723],
] as const;

test("the hash is that of the published examples, wherever the bytes are", () => {
  for (const [text, hash] of KNOWN) {
    const bytes = new TextEncoder().encode(`..${text}..`);
    assert.is(hashOf(new DataView(bytes.buffer), 2, bytes.length - 2) >>> 0, hash, text);
  }
});

test.run();
