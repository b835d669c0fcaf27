import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Whereabouts } from "../../coordinator/index.ts";
import { type Origin, prefixOf } from "./addresses.ts";
import { type NamedSite, WhereaboutsTable } from "./whereabouts.ts";

const network = (text: string) => ({ text, prefix: prefixOf(text) });
const SITES: readonly NamedSite[] = [
  { name: "campus", networks: [network("10.0.0.0/8"), network("2001:db8::/32")], where: {} },
  { name: "physics", networks: [network("10.1.0.0/16")], where: { country: "DE" } },
];

const at = (address: string, isSecure = false): Origin => ({
  ...{ address, isIPv6: address.includes(":"), isSecure },
});

function table(sites = SITES) {
  const heard: [number, Whereabouts][] = [];
  const whereabouts = new WhereaboutsTable(sites, (number, facts) => heard.push([number, facts]));
  return { whereabouts, heard };
}

test("all of one network who need the same are in one place; numbers begin with 1", () => {
  const { whereabouts, heard } = table();
  const origins = ["10.1.2.3", "10.1.9.9", "10.2.0.1", "192.0.2.1", "2001:db8::1"];
  assert.equal(
    origins.map((address) => whereabouts.of(at(address))),
    [1, 1, 2, 3, 4],
  );
  assert.is(whereabouts.of(at("10.1.2.3", true)), 5);
  assert.equal(
    heard.map(([number, { site, networks, country, needs }]) => [
      ...[number, site, networks, country, needs],
    ]),
    [
      [1, "physics", ["10.1.0.0/16", "10.0.0.0/8"], "DE", { ipv4: true }],
      [2, "campus", ["10.0.0.0/8"], "", { ipv4: true }],
      [3, "", [], "", { ipv4: true }],
      [4, "campus", ["2001:db8::/32"], "", { ipv6: true }],
      [5, "physics", ["10.1.0.0/16", "10.0.0.0/8"], "DE", { ipv4: true, https: true }],
    ],
  );
  assert.is(whereabouts.siteOf("10.1.2.3"), "physics");
  assert.is(whereabouts.siteOf("192.0.2.1"), "");
  assert.is(whereabouts.siteOf("nonsense"), "");
});

test("a later server goes on with the numbers, also where sites have changed", () => {
  const first = table();
  for (const address of ["10.1.2.3", "192.0.2.1"]) first.whereabouts.of(at(address));
  const facts = first.heard.map(([, each]) => each);
  const [campus] = SITES;
  const second = table([campus]);
  second.whereabouts.restore(facts);
  assert.is(second.whereabouts.of(at("192.0.2.1")), 2);
  assert.is(second.whereabouts.of(at("10.1.2.3")), 3);
  assert.equal(
    second.heard.map(([number]) => number),
    [3],
  );
});

test.run();
