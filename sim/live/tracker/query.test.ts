import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { queryOf } from "./query.ts";

const first = (target: string, name: string) => queryOf(target)?.get(name)?.[0];

test("escapes are bytes, whatever they would be as UTF-8", () => {
  assert.equal(
    first("/a?info_hash=%00%FF%c3%28a.-_~&x=1", "info_hash"),
    Buffer.from([...[0x00, 0xff, 0xc3, 0x28, 0x61, 0x2e, 0x2d, 0x5f, 0x7e]]),
  );
});

test("any bytes come back, however many of them are escaped", () => {
  const bytes = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(bytes, fc.boolean(), fc.boolean(), (value, isAll, isUpper) => {
      const text = Array.from(value, (byte) => {
        const plain = String.fromCharCode(byte);
        const hex = byte.toString(16).padStart(2, "0");
        return !isAll && /[\w.~-]/.test(plain) ? plain : `%${isUpper ? hex.toUpperCase() : hex}`;
      });
      assert.equal(first(`/a?b=1&x=${text.join("")}&c`, "x"), Buffer.from(value));
    }),
  );
});

test("bytes that are not escaped stand for themselves, and + for a space", () => {
  assert.equal(first("/a?x=a\xe9+b%2B", "x"), Buffer.from("a\xe9 b+", "latin1"));
  assert.equal(first("/a?x=a=b?c", "x"), Buffer.from("a=b?c"));
});

test("a name may stand several times, and without a value", () => {
  assert.equal(queryOf("/a?x=1&&x=2&y")?.get("x"), [Buffer.from("1"), Buffer.from("2")]);
  assert.equal(first("/a?x=1&y", "y"), Buffer.alloc(0));
  assert.is(queryOf("/a")?.size, 0);
  assert.is(queryOf("/a?")?.size, 0);
  assert.is(queryOf("/a?%78=1")?.has("x"), true);
  assert.is(queryOf("/a?__proto__=1")?.get("constructor"), undefined);
});

test("what is no escape is no query; nor are more than 200 fields", () => {
  for (const wrong of ["%", "%0", "%zz", "a%2", "%%41"]) {
    assert.is(queryOf(`/a?x=${wrong}`), null);
    assert.is(queryOf(`/a?${wrong}=x`), null);
  }
  assert.is(queryOf(`/a?${"&".repeat(199)}`)?.size, 0);
  assert.is(queryOf(`/a?${"&".repeat(200)}`), null);
});

test.run();
