import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { utf8Of } from "./utf8.ts";

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

test("what is UTF-8 is read as such", () => {
  for (const text of ["", "a", "ä", "名", "\u{1f4e6}", "a\u0000b"]) {
    assert.is(utf8Of(latin1(Buffer.from(text, "utf8"))), text);
  }
});

test("what is not is percent-encoded", () => {
  assert.is(utf8Of("caf\xe9.deb"), "caf%E9.deb");
  assert.is(utf8Of("\xc3\xa4\xff"), "ä%FF");
  assert.is(utf8Of("\xed\xa0\x80"), "%ED%A0%80"); // Half of a surrogate pair.
  assert.is(utf8Of("\xc0\x80"), "%C0%80"); // An overlong zero.
});

test("all texts survive, and all bytes give text without loss", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.is(utf8Of(latin1(Buffer.from(text, "utf8"))), text);
    }),
    { seed: 1, numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.not.match(utf8Of(latin1(bytes)), "\ufffd");
    }),
    { seed: 2, numRuns: 500 },
  );
});

test.run();
