import { test } from "uvu";
import * as assert from "uvu/assert";
import { ANY_REACH, lackOf, reachBits } from "./reach.ts";

test("what is needed and not there is named", () => {
  const plain = reachBits({ ipv4: true });
  assert.is(lackOf(reachBits({ ipv4: true }), plain), null);
  assert.is(lackOf(reachBits({ ipv4: true, https: true }), plain), "has no https");
  assert.is(lackOf(reachBits({ ipv6: true }), plain), "has no IPv6");
  assert.is(lackOf(reachBits({ ipv4: true }), reachBits({ ipv6: true })), "has no IPv4");
  assert.is(lackOf(reachBits({ ipv4: true, https: true, ipv6: true }), ANY_REACH), null);
  assert.is(lackOf(0, plain), null);
});

test.run();
