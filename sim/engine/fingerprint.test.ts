import { test } from "uvu";
import * as assert from "uvu/assert";
import { Fingerprint } from "./fingerprint.ts";

function of(...values: (number | string)[]): string {
  const fingerprint = new Fingerprint();
  for (const value of values) {
    if (typeof value === "string") fingerprint.addText(value);
    else fingerprint.add(value);
  }
  return fingerprint.toString();
}

test("the same stream has the same fingerprint, sixteen hexadecimal digits", () => {
  assert.is(of(1, 2, "x"), of(1, 2, "x"));
  assert.match(of(1), /^[0-9a-f]{16}$/);
});

test("order, the last bit of a number and the border between texts all count", () => {
  assert.is.not(of(1, 2), of(2, 1));
  assert.is.not(of(1), of(1 + Number.EPSILON));
  assert.is.not(of("ab", "c"), of("a", "bc"));
  assert.is.not(of(0), of(0, 0));
});

test("streams that differ in one number collide no more often than chance allows", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 50_000; i++) seen.add(of(7, i, 3));
  assert.is(seen.size, 50_000); // Chance of any collision at 64 bits: 50000² / 2^65 < 1e-10.
});

test.run();
