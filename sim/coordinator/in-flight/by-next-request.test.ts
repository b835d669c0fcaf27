import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InFlightByNextRequest } from "./by-next-request.ts";
import { uploaded } from "./testing.ts";

/** Volunteers with these claims, and who is praised. */
function inFlightOf(...claims: readonly number[]) {
  const inFlight = new InFlightByNextRequest();
  for (const [volunteer, claim] of claims.entries()) inFlight.register(volunteer, claim);
  const praised: number[] = [];
  return {
    inFlight,
    praised,
    send: (customer: number, size: number, volunteer = 0) =>
      inFlight.begin(customer, 0, size, volunteer),
    ask: (customer: number) =>
      inFlight.asked(customer, 0, 0, (volunteer) => praised.push(volunteer)),
    /** The volunteer has uploaded so many bytes more. */
    progress: (bytes: number, now = 100, started = false) =>
      inFlight.report(0, { started }, uploaded(bytes, 100, now), now),
  };
}

test("a customer that moves on has ended its last transfer, and no one else's", () => {
  const { inFlight, praised, send, ask } = inFlightOf(10, 10);
  send(1, 100);
  send(2, 100);
  send(3, 100, 1);
  ask(1);
  ask(7); // Was never redirected.
  assert.is(inFlight.at(0).transfers, 1);
  assert.equal(praised, [0]);
  ask(1); // Has nothing left to end.
  assert.is(inFlight.at(0).transfers, 1);
  ask(3);
  assert.equal([inFlight.at(0).transfers, inFlight.at(1).transfers], [1, 0]);
  assert.equal(praised, [0, 1]);
});

test("announced bytes are shared equally, so small transfers end first", () => {
  const { inFlight, send, progress } = inFlightOf(10);
  send(1, 100);
  send(2, 300);
  progress(199); // 99.5 B each.
  assert.is(inFlight.at(0).transfers, 2);
  progress(1); // 100 B each: the first is through.
  assert.is(inFlight.at(0).transfers, 1);
  progress(199); // The other has 299 B.
  assert.is(inFlight.at(0).transfers, 1);
  progress(1);
  assert.is(inFlight.at(0).transfers, 0);
});

test("one announce may end several transfers, one after another", () => {
  const { inFlight, send, progress } = inFlightOf(10);
  for (const bytes of [10, 20, 40, 20]) send(bytes, bytes);
  progress(10 * 4 + 10 * 3 + 5); // 10 B each, 10 B each of three, 5 B of the last.
  assert.is(inFlight.at(0).transfers, 1);
  progress(15);
  assert.is(inFlight.at(0).transfers, 0);
});

test("a transfer that begins later has only what comes after", () => {
  const { inFlight, praised, send, progress, ask } = inFlightOf(10);
  send(1, 100);
  progress(90);
  send(2, 100);
  progress(20);
  assert.is(inFlight.at(0).transfers, 1);
  ask(1); // Was through already: that the customer had it is praise all the same.
  assert.is(inFlight.at(0).transfers, 1);
  assert.equal(praised, [0]);
});

test("bytes for nobody are nobody's", () => {
  const { inFlight, send, progress } = inFlightOf(10);
  progress(1000);
  send(1, 10);
  assert.is(inFlight.at(0).transfers, 1);
  assert.is(inFlight.at(0).ahead(1000, 100), 10);
});

test("a volunteer that has just come back is sending nothing", () => {
  const { inFlight, send, progress } = inFlightOf(10);
  for (const size of [10, 20, 30]) send(size, size);
  progress(5, 100, true);
  assert.is(inFlight.at(0).transfers, 0);
  send(1, 10);
  assert.is(inFlight.at(0).ahead(1000, 100), 10); // What was not sent by then is lost.
});

test("of an announce after which it is not known what was uploaded, nothing follows", () => {
  const { inFlight, send } = inFlightOf(10);
  send(1, 1000);
  inFlight.report(0, { started: false }, null, 50);
  assert.is(inFlight.at(0).transfers, 1);
  assert.is(inFlight.at(0).ahead(1e6, 60), 900); // But for the uplink, which has had 10 s since.
});

test("what is ahead is what was redirected and not announced, less what the uplink has moved since", () => {
  const { inFlight, send, progress } = inFlightOf(10);
  assert.is(inFlight.at(0).ahead(1000, 0), 0);
  send(1, 500);
  send(2, 700);
  assert.is(inFlight.at(0).ahead(1000, 30), 900);
  assert.is(inFlight.at(0).ahead(400, 30), 800); // As far as each is as long as the file.
  progress(300, 100);
  assert.is(inFlight.at(0).ahead(1000, 100), 900);
  assert.is(inFlight.at(0).ahead(1000, 150), 400);
  assert.is(inFlight.at(0).ahead(1000, 1000), 0);
  progress(1000, 1000); // More than was redirected: both are through.
  send(3, 50);
  assert.is(inFlight.at(0).ahead(1000, 1000), 50);
});

test("nothing is ahead where nothing is in flight, whatever was not announced", () => {
  const { inFlight, send, ask } = inFlightOf(10);
  send(1, 500);
  ask(1);
  assert.is(inFlight.at(0).ahead(1000, 0), 0);
  assert.is(inFlight.at(0).ahead(Number.POSITIVE_INFINITY, 0), 0);
});

test("a complaint and a customer that is forgotten end its last transfer, without praise", () => {
  const { inFlight, praised, send, ask } = inFlightOf(10);
  send(1, 100);
  send(2, 100);
  inFlight.failed(1, 0, 0);
  inFlight.forget(2);
  assert.is(inFlight.at(0).transfers, 0);
  ask(1);
  ask(2);
  assert.equal(praised, []);
});

test("foreign transfers and rates are not known, and time passes by itself", () => {
  const { inFlight, send } = inFlightOf(10);
  send(1, 100);
  inFlight.at(0).refresh();
  assert.is(inFlight.at(0).foreign, 0);
  assert.is(inFlight.at(0).rate, 10);
  inFlight.register(0, 20); // Anew: its transfers go on.
  assert.is(inFlight.at(0).rate, 20);
  assert.is(inFlight.at(0).transfers, 1);
});

test("what is saved goes on elsewhere as here, and shares nothing with it", () => {
  const here = inFlightOf(10, 20);
  for (let customer = 0; customer < 20; customer++)
    here.send(customer, 10 * customer, customer % 2);
  here.progress(100);
  const there = inFlightOf(5);
  there.send(99, 1);
  there.inFlight.load(here.inFlight.save());
  same(there.inFlight.save(), here.inFlight.save());
  there.ask(99);
  assert.equal(there.praised, []);
  const before = here.inFlight.save();
  there.progress(300);
  there.ask(3);
  there.send(4, 5, 1);
  same(here.inFlight.save(), before);
  here.progress(300);
  here.ask(3);
  here.send(4, 5, 1);
  same(there.inFlight.save(), here.inFlight.save());
  assert.equal(there.praised, here.praised);
});

test.run();
