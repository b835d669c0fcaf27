import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { rolled, rollingChecksum } from "./rolling-checksum.ts";

test("a is the sum, b the sum of sums", () => {
  // "abc": a = 97 + 98 + 99 = 294, b = 3·97 + 2·98 + 99 = 586.
  assert.is(rollingChecksum(Buffer.from("abc")), 294 + 65_536 * 586);
  assert.is(rollingChecksum(Buffer.alloc(0)), 0);
});

test("both are modulo 2^16, and the checksum has no sign", () => {
  // 700 bytes of 255: a = 178,500 = 2·65,536 + 47,428; b = 255·700·701/2 = 62,564,250 = 954·65,536 + 42,906.
  assert.is(rollingChecksum(Buffer.alloc(700, 255)), 47_428 + 65_536 * 42_906);
});

test("rolled on by a byte it is the checksum of the next window", () => {
  const bytes = fc.uint8Array({ minLength: 2, maxLength: 300 });
  fc.assert(
    fc.property(bytes, fc.nat(), (all, cut) => {
      const length = 1 + (cut % (all.length - 1));
      let checksum = rollingChecksum(all.subarray(0, length));
      for (let at = 0; at + length < all.length; at++) {
        checksum = rolled(checksum, length, all[at], all[at + length]);
        assert.is(checksum, rollingChecksum(all.subarray(at + 1, at + 1 + length)));
      }
    }),
  );
});

test("windows of any length roll: of 16 MiB, too", () => {
  const length = 1 << 24;
  const bytes = Buffer.alloc(length + 1, 255);
  bytes[length] = 7;
  const whole = rollingChecksum(bytes.subarray(0, length));
  assert.is(rolled(whole, length, 255, 7), rollingChecksum(bytes.subarray(1)));
});

test("a block may come in parts", () => {
  const bytes = Buffer.from("block signatures");
  assert.is(
    rollingChecksum(bytes.subarray(5), rollingChecksum(bytes.subarray(0, 5))),
    rollingChecksum(bytes),
  );
});

test.run();
