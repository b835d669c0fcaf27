import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { forEachCustomer } from "./by-customer.ts";
import { profileCustomers } from "./customers.ts";
import { type RequestRow, traceOfRows } from "./testing.ts";

const files = [{ size: 10 }, { size: 20 }];

test("a pause of more than half an hour ends a session", () => {
  const profile = profileCustomers(
    traceOfRows(files, [
      [0, 0, 0],
      [1800, 0, 0],
      [3601, 0, 1],
      [100, 1, 0],
    ]),
  );
  assert.is(profile.customers, 2);
  assert.is(profile.sessions, 3); // 0 to 1800, 3601, and the other customer's.
  assert.equal([profile.requestsPerSession?.min, profile.requestsPerSession?.max], [1, 2]);
  assert.is(profile.requestsPerSession?.mean, 4 / 3);
  assert.equal([profile.sessionLength?.max, profile.sessionLength?.mean], [1800, 600]);
  assert.is(profile.requestsEach?.max, 3);
});

test("visits that the trace tells are beside the sessions by pauses", () => {
  const { sessions, requestsPerSession, requestsPerVisit } = profileCustomers(
    traceOfRows(files, [
      [0, 0, 0, 10, 200, 7],
      [1, 0, 1, 20, 200, 8], // Another visit within the same half hour.
      [2, 0, 0, 10, 200, 8],
      [9000, 0, 0, 10, 200, 7], // The first visit goes on after it.
      [9001, 0, 0, 10, 200, 7],
      [9002, 0, 0, 10, 200, 7],
    ]),
  );
  assert.equal([sessions, requestsPerSession?.min, requestsPerSession?.max], [2, 3, 3]);
  const { count, min, max, mean } = requestsPerVisit ?? {};
  assert.equal([count, min, max, mean], [2, 2, 4, 3]);
  assert.is(profileCustomers(traceOfRows(files, [[0, 0, 0]])).requestsPerVisit, null);
});

test("a repeated request is for a file that the same customer had before", () => {
  const { repeated, repeatedInSession } = profileCustomers(
    traceOfRows(files, [
      [0, 0, 0],
      [10, 0, 1],
      [20, 0, 0], // The first file again, in the session.
      [30, 1, 0], // Another customer's first.
      [50_000, 0, 1], // Again, on another visit.
    ]),
  );
  assert.equal([repeated, repeatedInSession], [2, 1]);
});

test("the busiest hundredth of a hundred customers is one of them", () => {
  const rows = Array.from({ length: 100 }, (_, customer): RequestRow => [customer, customer, 0]);
  const { busiestHundredth } = profileCustomers(traceOfRows(files, [...rows, [200, 7, 0]]));
  assert.is(busiestHundredth, 2 / 101);
});

test("no request has no customer", () => {
  const { customers, sessions, busiestHundredth } = profileCustomers(traceOfRows(files, []));
  assert.equal([customers, sessions, busiestHundredth], [0, 0, null]);
});

test("customers are visited with their rows in order, in however many passes", () => {
  const random = streams(1)("test/customers");
  const customer = Uint32Array.from({ length: 500 }, () => Math.floor(60 * random() ** 2));
  const visits = (mostRows: number) => {
    const found: [number, number[]][] = [];
    forEachCustomer(
      { customer, requests: 500 },
      64,
      (rows, each) => found.push([each, [...rows]]),
      mostRows,
    );
    return found;
  };
  const expected = [...new Set(customer)]
    .sort((a, b) => a - b)
    .map((each) => [each, [...customer.keys()].filter((row) => customer[row] === each)]);
  for (const mostRows of [1, 7, 100, 1000]) assert.equal(visits(mostRows), expected, `${mostRows}`);
});

test.run();
