import { test } from "uvu";
import * as assert from "uvu/assert";
import { Customers } from "../customers.ts";
import { InFlightByReport } from "./by-report.ts";
import { InFlightByRequest } from "./by-request.ts";
import { PartOfUplinks } from "./part-of-uplinks.ts";
import { uploaded } from "./testing.ts";

/** One of four redirectors, and a volunteer of 40 B/s. */
function quarter() {
  const customers = new Customers((place, now) => parts.forget(place, now));
  const parts = new PartOfUplinks(new InFlightByRequest(customers), 4);
  parts.register(0, 40, 0);
  const send = (customer: number, file: number, size: number) => {
    const place = customers.meet(customer, 0);
    parts.asked(place, file, 0, () => {});
    parts.begin(place, file, size, 0, 0);
    return place;
  };
  const left = (now: number) => {
    const load = parts.at(0);
    load.refresh(now);
    return [load.transfers, load.ahead(Number.POSITIVE_INFINITY, now)];
  };
  return { customers, parts, send, left };
}

test("one of four redirectors counts on a quarter of each uplink", () => {
  const { parts, send, left } = quarter();
  assert.is(parts.at(0).rate, 10);
  send(1, 5, 100);
  assert.equal(left(4), [1, 60]);
  assert.equal(left(10), [0, 0]);
});

test("what a volunteer has uploaded for all tells nothing of its own transfers, unless it is nothing", () => {
  const { parts, send, left } = quarter();
  send(1, 5, 1000);
  parts.report(0, { started: false, active: 9 }, uploaded(200, 10, 10), 10);
  assert.equal(left(10), [1, 900]);
  assert.is(parts.at(0).foreign, 0); // The nine may be anybody's.
  parts.report(0, { started: false }, uploaded(0, 10, 20), 20);
  assert.equal(left(20), [0, 0]); // Was in flight all the time: its customer has gone.
  send(1, 6, 1000);
  parts.report(0, { started: true }, uploaded(200, 10, 30), 30);
  assert.equal(left(30), [0, 0]);
});

test("a rule without redirects takes its part of the totals", () => {
  const told: unknown[] = [];
  const rule = new InFlightByReport();
  rule.report = (...all) => told.push(all[2]);
  const parts = new PartOfUplinks(rule, 4);
  parts.report(0, { started: false }, uploaded(200, 10, 10), 10);
  parts.report(0, { started: false }, null, 20);
  assert.equal(told, [uploaded(50, 10, 10), null]);
});

test("own receipts end own transfers, and those of others are nobody's", () => {
  const { parts, send, left } = quarter();
  send(1, 5, 1000);
  send(2, 5, 1000);
  const receipt = (customer: number) => ({ customer, file: 5, bytes: 1000, endedAt: 9 });
  const receipts = [receipt(1), receipt(8), receipt(9)];
  parts.report(0, { started: false, receipts }, uploaded(400, 10, 10), 10);
  assert.equal(left(10), [1, 950]); // 50 B each in ten seconds.
  assert.is(parts.at(0).foreign, 0);
});

test("complaints, forgetting and state are the rule's own", () => {
  const { customers, parts, send, left } = quarter();
  const [first, second] = [send(1, 5, 1000), send(2, 6, 500)];
  const { parts: there, left: leftThere, customers: others } = quarter();
  others.load(customers.save());
  there.load(parts.save());
  assert.equal(leftThere(0), [2, 1500]);
  parts.failed(first, 5, 0, 0);
  assert.equal(left(0), [1, 500]);
  parts.forget(second, 0);
  assert.equal(left(0), [0, 0]);
  assert.is(parts.sources.reports, true);
});

test.run();
