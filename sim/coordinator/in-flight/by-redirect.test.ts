import { test } from "uvu";
import * as assert from "uvu/assert";
import { Customers } from "../customers.ts";
import { InFlightByRedirect } from "./by-redirect.ts";
import { near, uploaded } from "./testing.ts";

/** Volunteers with these claims, which are sent files of 100 B. */
function inFlightOf(...claims: readonly number[]) {
  const customers = new Customers((place, now) => inFlight.forget(place, now));
  const inFlight = new InFlightByRedirect(customers);
  for (const [volunteer, claim] of claims.entries()) inFlight.register(volunteer, claim, 0);
  const send = (customer: number, file: number, size: number, now: number) => {
    const place = customers.meet(customer, now);
    inFlight.asked(place, file, now, () => {});
    inFlight.begin(place, file, size, 0, now);
  };
  const ahead = (now: number) => {
    inFlight.at(0).refresh(now);
    return inFlight.at(0).ahead(Number.POSITIVE_INFINITY, now);
  };
  return { inFlight, send, ahead };
}

test("transfers go on by the estimate, whatever is announced", () => {
  const { inFlight, send, ahead } = inFlightOf(10);
  assert.equal(inFlight.sources, { reports: false, redirects: true });
  send(1, 0, 100, 0);
  send(2, 0, 300, 0);
  assert.is(ahead(10), 50 + 250); // 5 B/s each.
  const receipts = [{ customer: 2, file: 0, bytes: 300, endedAt: 9 }];
  inFlight.report(0, { started: false, active: 9, receipts }, uploaded(0, 10, 10), 10);
  inFlight.report(0, { started: false, active: 0 }, uploaded(90, 5, 15), 15);
  const { transfers, foreign, rate } = inFlight.at(0);
  assert.equal([transfers, foreign, rate], [2, 0, 10]);
  assert.is(ahead(15), 25 + 225);
  near(ahead(30), 100); // The first was over at 20, and the second has had 10 B/s since.
});

test("a transfer ends by its customer's next request", () => {
  const { inFlight, send } = inFlightOf(10);
  send(1, 0, 100, 0);
  send(2, 0, 100, 0);
  send(1, 1, 100, 15); // It had 75 B by the estimate; customers run one at a time.
  assert.is(inFlight.at(0).transfers, 2);
});

test("a volunteer that comes back is sending nothing", () => {
  const { inFlight, send, ahead } = inFlightOf(10);
  send(1, 0, 100, 0);
  inFlight.report(0, { started: true }, null, 1);
  assert.is(ahead(1), 0);
});

test.run();
