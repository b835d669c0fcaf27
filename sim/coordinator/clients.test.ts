import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SERVER, UNKNOWN_CLIENT } from "../policies/index.ts";
import { Clients, NOWHERE, type Whereabouts } from "./clients.ts";
import { Customers } from "./customers.ts";

const { demand: _demand, lastNode: _lastNode, lastAt: _lastAt, ...unknown } = UNKNOWN_CLIENT;

const at = (site: string, facts: Partial<Whereabouts> = {}): Whereabouts => ({
  ...unknown,
  ...facts,
  site,
});

/** Clients at these sites, whose numbers are 1 and so on. */
function clientsAt(...sites: readonly string[]) {
  const clients = new Clients();
  for (const [index, site] of sites.entries()) clients.locate(index + 1, at(site));
  const customers = new Customers(() => {});
  const demandAt = (where: number, now: number): number =>
    clients.describe(customers, undefined, where, now).demand;
  return { clients, customers, demandAt };
}

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-15, `${actual}, not ${expected}`);

test("where nobody is located, customers are told apart by whom they were sent to last alone", () => {
  const { clients, customers } = clientsAt();
  const place = customers.meet(1, 5);
  assert.equal(clients.describe(customers, undefined, NOWHERE, 5), UNKNOWN_CLIENT);
  assert.equal(clients.describe(customers, place, NOWHERE, 5), UNKNOWN_CLIENT);
  customers.sent(place, 3, 5);
  assert.equal(clients.describe(customers, place, NOWHERE, 6), {
    ...UNKNOWN_CLIENT,
    lastNode: 3,
    lastAt: 5,
  });
  assert.equal(clients.describe(customers, undefined, NOWHERE, 6).lastNode, SERVER);
  assert.is(clients.describe(customers, undefined, NOWHERE, 6).lastAt, Number.NEGATIVE_INFINITY);
  clients.count(NOWHERE, 6);
  assert.is(clients.describe(customers, place, NOWHERE, 6).demand, 0);
  clients.locate(1, at("a")); // What was asked before anybody was located is not known.
  assert.is(clients.describe(customers, place, 1, 6).demand, 1);
});

test("all that the host has resolved of a place is told of the customers there", () => {
  const { clients, customers } = clientsAt();
  const facts = {
    ...{ site: "campus", networks: ["10.1.0.0/16"], asNumber: 7, country: "DE", region: "Alps" },
    ...{ continent: "EU", position: { latitude: 48, longitude: 11 } },
  };
  clients.locate(1, facts);
  clients.locate(2, at("elsewhere"));
  const place = customers.meet(1, 0);
  customers.sent(place, 4, 0);
  assert.equal(clients.describe(customers, place, 1, 9), {
    ...facts,
    demand: 1,
    lastNode: 4,
    lastAt: 0,
  });
  assert.equal(clients.describe(customers, place, 2, 9), {
    ...{ ...unknown, site: "elsewhere" },
    ...{ demand: 1, lastNode: 4, lastAt: 0 },
  });
  clients.locate(1, at("moved"));
  assert.is(clients.describe(customers, place, 1, 9).site, "moved");
});

test("demand is the share of recent requests, with the one that is being decided on", () => {
  const { clients, demandAt } = clientsAt("a", "b");
  assert.is(demandAt(1, 0), 1);
  clients.count(1, 0);
  clients.count(1, 0);
  clients.count(2, 0);
  assert.is(demandAt(1, 0), 3 / 4);
  assert.is(demandAt(2, 0), 2 / 4);
  clients.count(NOWHERE, 0);
  assert.is(demandAt(1, 0), 3 / 5);
});

test("a site's demand is that of all whereabouts there, and can be asked for of any site", () => {
  const { clients, demandAt } = clientsAt("a", "b", "a", "");
  clients.count(1, 0);
  clients.count(3, 0);
  clients.count(2, 0);
  clients.count(4, 0);
  assert.is(demandAt(1, 0), 3 / 5);
  assert.is(demandAt(3, 0), 3 / 5);
  assert.is(demandAt(4, 0), 2 / 5); // Without a name, only that place.
  assert.is(demandAt(2, 0), 2 / 5);
  // As of the request from b that is being decided on.
  assert.equal(
    ["a", "b", "c", "", "a"].map((site) => clients.demandOf(site)),
    [2 / 5, 2 / 5, 0, 0, 2 / 5],
  );
  demandAt(1, 0);
  assert.equal(
    ["a", "b"].map((site) => clients.demandOf(site)),
    [3 / 5, 1 / 5],
  );
  const { clients: nobody } = clientsAt();
  assert.is(nobody.demandOf("a"), 0);
});

test("a request is forgotten by a factor of e in an hour", () => {
  const { clients, demandAt } = clientsAt("a", "b");
  clients.count(1, 0);
  near(demandAt(1, 3600), 1);
  near(demandAt(2, 3600), 1 / (1 + Math.exp(-1)));
  clients.count(2, 3600);
  clients.count(2, 3600 + 1800);
  // e^-2 of the first, e^-1 of the second, e^-0.5 of the third.
  const [first, second, third] = [Math.exp(-2), Math.exp(-1), Math.exp(-0.5)];
  near(demandAt(1, 7200), (first + 1) / (first + second + third + 1));
  near(demandAt(2, 7200), (second + third + 1) / (first + second + third + 1));
});

test("who is asked about twice has asked for nothing", () => {
  const { clients, demandAt } = clientsAt("a", "b");
  clients.count(1, 0);
  const once = demandAt(2, 1000);
  demandAt(1, 2000);
  assert.is(demandAt(2, 1000), once);
  const before = clients.save();
  demandAt(1, 5000);
  same(clients.save(), before);
});

test("a place that is located later has not been asked from; those who are told anew have", () => {
  const { clients, demandAt } = clientsAt("a");
  clients.count(1, 0);
  clients.locate(2, at("b"));
  clients.locate(1, at("c"));
  assert.is(demandAt(1, 0), 1);
  assert.is(demandAt(2, 0), 1 / 2);
});

test("what is saved is known elsewhere, and goes on there as here", () => {
  const { clients, customers, demandAt } = clientsAt("a", "b");
  clients.count(1, 0);
  clients.count(2, 1800);
  const other = clientsAt("x", "y", "z");
  other.clients.count(3, 0);
  other.clients.load(clients.save());
  assert.is(other.demandAt(1, 3600), demandAt(1, 3600));
  assert.is(other.clients.describe(customers, undefined, 2, 3600).site, "b");
  same(other.clients.save(), clients.save());
  other.clients.count(1, 3600);
  clients.count(1, 3600);
  same(other.clients.save(), clients.save());
});

test.run();
