import { test } from "uvu";
import * as assert from "uvu/assert";
import { InFlightByNothing } from "./by-nothing.ts";
import { uploaded } from "./testing.ts";

function inFlightOf(...claims: readonly number[]) {
  const inFlight = new InFlightByNothing();
  for (const [volunteer, claim] of claims.entries()) inFlight.register(volunteer, claim, 0);
  const praised: number[] = [];
  const ask = (customer: number) => inFlight.asked(customer, 0, 0, (node) => praised.push(node));
  return { inFlight, praised, ask };
}

test("whatever happens, nothing is in flight and the rate is what is claimed", () => {
  const { inFlight, ask } = inFlightOf(10, 20);
  const load = inFlight.at(1);
  inFlight.begin(1, 0, 500, 1, 0);
  inFlight.report(1, { started: false, active: 7 }, uploaded(50, 10, 10), 10);
  ask(1);
  load.refresh(20);
  assert.equal([load.transfers, load.foreign, load.rate], [0, 0, 20]);
  assert.equal([load.ahead(1000, 20), load.ahead(Number.POSITIVE_INFINITY, 20)], [0, 0]);
  inFlight.register(1, 30, 30);
  assert.equal([load.rate, inFlight.at(0).rate], [30, 10]);
  assert.equal(inFlight.sources, { reports: false, redirects: false });
});

test("a customer that comes back without a complaint praises whom it was last sent to, once", () => {
  const { inFlight, praised, ask } = inFlightOf(10, 20);
  ask(1);
  inFlight.begin(1, 0, 500, 0, 0);
  inFlight.begin(1, 1, 500, 1, 0);
  inFlight.begin(2, 0, 500, 0, 0);
  inFlight.begin(3, 0, 500, 0, 0);
  inFlight.failed(2, 0, 0, 0);
  inFlight.forget(3, 0);
  for (const customer of [1, 1, 2, 3]) ask(customer);
  assert.equal(praised, [1]);
});

test("what is saved goes on elsewhere as here", () => {
  const here = inFlightOf(10, 20);
  here.inFlight.begin(1, 0, 500, 1, 0);
  const there = inFlightOf(10, 20);
  there.inFlight.begin(2, 0, 500, 0, 0);
  there.inFlight.load(here.inFlight.save());
  there.ask(2);
  there.ask(1);
  assert.equal(there.praised, [1]);
  here.ask(1);
  assert.equal(here.praised, [1]);
});

test.run();
