import { createHmac } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { namesOf } from "../trace/names.ts";
import { pseudonyms, withoutAddresses } from "./pseudonym.ts";

const CLIENTS = namesOf(["192.0.2.1", "2001:db8::1", "192.0.2.1"]);
const all = (key: string) => {
  const names = pseudonyms(CLIENTS, Buffer.from(key));
  return [names.at(0), names.at(1), names.at(2)];
};

test("a client has one pseudonym a key, and another with another key", () => {
  const [first, second, again] = all("a");
  assert.is(first, createHmac("sha256", "a").update("192.0.2.1").digest("hex").slice(0, 16));
  assert.is(first, again);
  assert.is.not(first, second);
  assert.equal(all("a"), all("a"));
  assert.is.not(all("b")[0], first);
});

test("lines that are shown keep their times and lose their addresses", () => {
  assert.is(
    withoutAddresses('192.0.2.1 - - [17/May/2015:08:05:32 +0000] "GET'),
    '[address] - - [17/May/2015:08:05:32 +0000] "GET',
  );
  assert.is(
    withoutAddresses("2026/02/03 11:20:07 [17] connect from host (2001:db8::1)"),
    "2026/02/03 11:20:07 [17] connect from host ([address])",
  );
  assert.is(withoutAddresses("::1 fe80::1:2 ::ffff:192.0.2.1"), "[address] [address] [address]");
});

test.run();
