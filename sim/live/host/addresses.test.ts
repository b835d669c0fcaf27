import type { IncomingMessage } from "node:http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Addresses, isWithin, prefixOf } from "./addresses.ts";

const from = (remoteAddress: string, headers = {}, encrypted = false) =>
  ({ socket: { remoteAddress, encrypted }, headers }) as unknown as IncomingMessage;

const PROXIES = ["10.0.0.0/24", "::1"].map(prefixOf);

test("an address is that of the socket, IPv4 as such; nobody else's word counts", () => {
  const addresses = new Addresses(PROXIES);
  const lied = { "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https" };
  assert.equal(addresses.of(from("::ffff:192.0.2.7", lied)), {
    ...{ address: "192.0.2.7", isIPv6: false, isSecure: false },
  });
  assert.equal(addresses.of(from("2001:db8::7", {}, true)), {
    ...{ address: "2001:db8::7", isIPv6: true, isSecure: true },
  });
});

test("a proxy that is named tells who asks: the last that is none of them", () => {
  const addresses = new Addresses(PROXIES);
  const headers = {
    "x-forwarded-for": "6.6.6.6, 192.0.2.7, 10.0.0.9",
    "x-forwarded-proto": "http, https",
  };
  assert.equal(addresses.of(from("::ffff:10.0.0.8", headers)), {
    ...{ address: "192.0.2.7", isIPv6: false, isSecure: true },
  });
  assert.is(addresses.of(from("::1", { "x-forwarded-for": "2001:db8::1" })).isIPv6, true);
  assert.is(addresses.of(from("::1")).address, "::1");
});

test("the word of a proxy holds for one request, not for the connection", () => {
  const addresses = new Addresses(PROXIES);
  const first = from("10.0.0.8", { "x-forwarded-for": "192.0.2.1" });
  const second = {
    ...first,
    headers: { "x-forwarded-for": "192.0.2.2" },
  } as unknown as IncomingMessage;
  assert.is(addresses.of(first).address, "192.0.2.1");
  assert.is(addresses.of(second).address, "192.0.2.2");
});

test("prefixes are of one kind of address; what is no address is nowhere", () => {
  assert.ok(isWithin("10.0.0.255", PROXIES));
  assert.not(isWithin("10.0.1.0", PROXIES));
  assert.not(isWithin("::2", PROXIES));
  assert.not(isWithin("", PROXIES));
  assert.throws(() => prefixOf("10.0.0"));
  assert.throws(() => prefixOf("10.0.0.0/33"));
});

test.run();
