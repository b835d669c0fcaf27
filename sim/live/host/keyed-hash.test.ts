import { createHmac } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { KeyedHash } from "./keyed-hash.ts";

const KEY = Buffer.from("a key of the server's own");

test("a customer is 48 bits of HMAC-SHA256 of address and user agent", () => {
  const hex = createHmac("sha256", KEY).update("10.0.0.1\ncurl/8").digest("hex");
  const hash = new KeyedHash(KEY);
  assert.is(hash.customerOf("10.0.0.1", "curl/8"), Number.parseInt(hex.slice(0, 12), 16));
});

test("other addresses, agents and keys are other customers; the same is the same, remembered or not", () => {
  const hash = new KeyedHash(KEY);
  const first = hash.customerOf("10.0.0.1", "curl/8");
  assert.is.not(hash.customerOf("10.0.0.2", "curl/8"), first);
  assert.is.not(hash.customerOf("10.0.0.1", "Wget/1"), first);
  assert.is.not(new KeyedHash(Buffer.from("another")).customerOf("10.0.0.1", "curl/8"), first);
  for (let other = 0; other < 120_000; other++) hash.customerOf(`${other}`, "");
  assert.is(hash.customerOf("10.0.0.1", "curl/8"), first);
});

test.run();
