import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { NO_TRANSFER } from "../customers.ts";
import { inFlightOf, near, uploaded } from "./testing.ts";

test("a transfer is in flight until the volunteer can have sent it, at the rate that it claims", () => {
  const { send, count, backlog, inFlight, praised } = inFlightOf(10);
  assert.is(count(0, 0), 0);
  assert.is(inFlight.at(0).rate, 10);
  send(1, 5, 100, 0, 0);
  assert.is(count(0, 0), 1);
  assert.is(count(0, 9), 1);
  assert.is(backlog(0, 9), 10);
  assert.is(count(0, 10), 0);
  assert.is(backlog(0, 10), 0);
  assert.equal(praised, []); // Nobody has said so.
});

test("transfers of several customers share the volunteer; another volunteer has its own", () => {
  const { send, count, inFlight } = inFlightOf(10, 20);
  send(1, 5, 100, 0, 0);
  send(2, 5, 300, 0, 0);
  send(3, 5, 100, 1, 0);
  assert.is(count(0, 8), 2);
  assert.is(inFlight.at(0).ahead(1000), 320);
  assert.is(inFlight.at(0).ahead(200), 60 + 200);
  assert.is(count(1, 8), 0);
});

test("a customer that runs four downloads at once has three in flight when it asks for the fourth", () => {
  const { ask, send, count, praised, customers, inFlight } = inFlightOf(10);
  for (const second of [0, 1, 2]) send(1, second, 1000, 0, second);
  const place = ask(1, 3, 3);
  assert.is(count(0, 3), 3);
  inFlight.begin(place, 3, 1000, 0, 3);
  assert.is(count(0, 3), 4);
  assert.is(customers.width[place], 4);
  assert.equal(praised, []);
  // Another three at once, and the first can only have been sent after 100 s.
  for (const second of [4, 50, 99]) send(1, second, 1000, 0, second);
  assert.is(count(0, 99), 7);
  assert.equal(praised, []);
});

test("nobody is praised for a download before it can have ended, by the request of another file", () => {
  const { ask, send, count, praised } = inFlightOf(10);
  for (const second of [0, 1, 2, 3]) send(1, second, 1000, 0, second);
  ask(1, 9, 102.9); // Of the four, the last cannot have been sent: it runs one more than its four…
  assert.is(count(0, 102.9), 3);
  assert.equal(praised, [0]); // …if no other has ended.
});

test("the next request of a customer that runs one download at a time ends that one", () => {
  const { ask, send, count, praised } = inFlightOf(10, 10);
  send(1, 5, 100, 0, 0);
  send(2, 5, 100, 0, 0);
  ask(1, 6, 10); // 20 s by the estimate; but the volunteer can have sent it in 10.
  assert.is(count(0, 10), 1);
  assert.equal(praised, [0]);
  ask(1, 7, 11);
  assert.equal(praised, [0]); // For each transfer once.
});

test("a request one moment before a download can have ended shows that the customer runs two", () => {
  const { ask, send, count, praised, customers } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  const place = ask(1, 6, 9.99);
  assert.is(customers.width[place], 2);
  assert.is(count(0, 9.99), 1);
  assert.equal(praised, []);
  const later = inFlightOf(10);
  later.send(1, 5, 100, 0, 0);
  assert.is(later.customers.width[later.ask(1, 6, 10)], 1);
});

test("a customer is believed to run as many at once as it has run at most", () => {
  const { ask, send, count, customers } = inFlightOf(10);
  for (const file of [1, 2, 3]) send(1, file, 100, 0, 0);
  assert.is(customers.width[customers.find(1) ?? -1], 3);
  for (const file of [4, 5, 6, 7]) {
    send(1, file, 100, 0, 100 * file); // All are over by then.
    assert.is(count(0, 100 * file), 1);
  }
  assert.is(customers.width[ask(1, 8, 1000)], 3);
});

test("of several downloads that may be over, the one that is nearest to its end is", () => {
  for (const isFirst of [true, false]) {
    const { ask, send, praised, inFlight } = inFlightOf(10, 10);
    send(2, 9, 1000, 0, 0);
    for (const customer of [3, 4, 5]) send(customer, 9, 1000, 1, 0);
    const downloads = [() => send(1, 1, 180, 0, 0), () => send(1, 2, 100, 1, 0)];
    for (const download of isFirst ? downloads : downloads.reverse()) download();
    // After 28 s the first of the two has 140 B and the second 70 B: 40 B are 8 s, and 30 B are 12 s.
    ask(1, 3, 28);
    assert.equal(praised, [0]);
    assert.equal([inFlight.at(0).transfers, inFlight.at(1).transfers], [1, 4]);
  }
});

test("of downloads that are equally near to their ends, the latest is over", () => {
  const { ask, send, praised, inFlight } = inFlightOf(10, 10);
  for (const volunteer of [0, 1]) send(2, 7 + volunteer, 1000, volunteer, 0);
  for (const volunteer of [0, 1]) send(1, 1 + volunteer, 100, volunteer, 0);
  ask(1, 3, 15);
  assert.equal(praised, [1]);
  assert.equal([inFlight.at(0).transfers, inFlight.at(1).transfers], [2, 1]);
});

test("what is presumed to be over is none of those that a customer runs", () => {
  const { ask, send, praised, inFlight } = inFlightOf(10, 10);
  send(1, 1, 50, 0, 0);
  send(1, 2, 300, 1, 0); // Two at once.
  for (const customer of [2, 3]) send(customer, 9, 1000, 1, 0);
  ask(1, 3, 20); // The first was over at 5 s; the second may go on.
  assert.equal(praised, [0]);
  assert.is(inFlight.at(1).transfers, 3);
  const place = ask(1, 4, 21);
  inFlight.begin(place, 4, 100, 1, 21);
  inFlight.begin(place, 5, 20, 0, 21);
  ask(1, 6, 40); // The second and the fourth go on, one too many: the fourth has half as much left.
  assert.equal(praised.toSorted(), [0, 0, 1]);
  assert.is(inFlight.at(1).transfers, 3);
  assert.ok(inFlight.at(1).ahead(300) > 2 * 300 + 150);
});

test("what is presumed to be over tells nothing of the volunteer's rate when the customer moves on", () => {
  const { ask, send, inFlight } = inFlightOf(1e6);
  for (const customer of [2, 3]) send(customer, 2, 9e6, 0, 0);
  send(1, 1, 1e6, 0, 0);
  ask(1, 3, 6); // Over at 3 s; what the customer did then is not known.
  assert.is(inFlight.at(0).rate, 1e6);
});

test("those that the volunteer sends to others share what is measured", () => {
  const { ask, send, report, inFlight } = inFlightOf(1e6);
  inFlight.register(0, 2e6, 0); // It has shown half of that.
  report(0, { active: 2 }, null, 100);
  send(1, 1, 1e6, 0, 100);
  ask(1, 2, 102.5); // 3 MB, for the three, in 2.5 s.
  near(inFlight.at(0).rate, 1e6 * Math.exp(0.09));
});

test("a customer that asks for the same file again has not got it, and praises nobody", () => {
  const { ask, send, count, praised, customers } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  assert.is(customers.width[ask(1, 5, 1)], 1); // Nor does it run two at once.
  assert.is(count(0, 1), 0);
  assert.equal(praised, []);
  send(1, 6, 100, 0, 2);
  assert.equal(praised, []);
  assert.is(count(0, 100), 0);
  send(1, 6, 100, 0, 200); // Presumed to be over, and still it does not have it.
  assert.equal(praised, []);
});

test("a complaint ends the transfer of its file and volunteer, of which nothing is known any more", () => {
  const { ask, send, complain, count, praised, inFlight, customers } = inFlightOf(10, 10);
  send(1, 5, 100, 0, 0);
  send(1, 6, 100, 1, 0);
  send(1, 7, 100, 0, 0);
  complain(1, 6, 0, 1); // No such pair.
  assert.equal([inFlight.at(0).transfers, inFlight.at(1).transfers], [2, 1]);
  complain(1, 6, 1, 1);
  assert.equal([inFlight.at(0).transfers, inFlight.at(1).transfers], [2, 0]);
  complain(1, 7, 0, 10); // The latest, when each of the two has had 50 B.
  assert.equal([count(0, 10), inFlight.at(0).ahead(1000)], [1, 50]);
  complain(1, 5, 0, 10);
  assert.is(inFlight.at(0).transfers, 0);
  assert.is(customers.transfer[0], NO_TRANSFER);
  ask(1, 8, 20);
  assert.equal(praised, []);
});

test("of two tries of a pair, a complaint is about the latest", () => {
  const { send, complain, inFlight } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  inFlight.begin(0, 5, 300, 0, 0);
  complain(1, 5, 0, 0);
  assert.is(inFlight.at(0).ahead(1000), 100);
});

test("what a customer did alone tells how fast the volunteer is", () => {
  const { ask, send, inFlight } = inFlightOf(1e6);
  send(1, 1, 1e6, 0, 0);
  send(2, 2, 4e6, 0, 0);
  send(3, 3, 4e6, 0, 0);
  // 1 MB beside 1 transfer when it began and 3 when it ended: 0.5 MB/s, and not 1, in 4 s.
  ask(1, 4, 2.5);
  near(inFlight.at(0).rate, 1e6 * Math.exp(-0.06));
  const several = inFlightOf(1e6);
  for (const file of [1, 2]) several.send(1, file, 1e6, 0, 0);
  for (const file of [3, 4]) several.send(2, file, 4e6, 0, 0);
  several.ask(1, 5, 3.5); // Which of the two it was is a guess.
  assert.is(several.inFlight.at(0).rate, 1e6);
});

test("a volunteer that registers anew keeps its transfers, and what it has shown up to its claim", () => {
  const { send, count, inFlight, backlog } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  inFlight.register(0, 10, 2);
  assert.is(backlog(0, 3), 70);
  inFlight.register(0, 5, 5); // Until then it sent as it had claimed.
  assert.is(inFlight.at(0).rate, 5);
  assert.is(backlog(0, 7), 40);
  inFlight.register(0, 20, 8);
  assert.is(inFlight.at(0).rate, 5); // It has shown no more yet.
  assert.is(backlog(0, 9), 30);
  assert.is(count(0, 15), 0);
});

test("a customer that is forgotten has nothing in flight, and its places are used again", () => {
  const { send, ask, count, inFlight, customers } = inFlightOf(1);
  send(1, 5, 1e6, 0, 0);
  send(1, 6, 1e6, 0, 0);
  send(2, 7, 1e6, 0, 50_000);
  ask(3, 8, 86_401); // A day later.
  assert.is(customers.find(1), undefined);
  assert.is(count(0, 86_401), 1);
  // The third had a third of what was sent since it began.
  near(inFlight.at(0).ahead(1e7), 1e6 - (86_401 - 50_000) / 3);
  assert.is(inFlight.save().transfers.free.length, 2);
  for (const file of [1, 2, 3]) send(4, file, 1e6, 0, 86_401);
  assert.is(inFlight.save().transfers.free.length, 0);
  assert.is(inFlight.save().transfers.state.length, 4);
  assert.is(inFlight.at(0).transfers, 4);
});

test("what is saved goes on elsewhere as here", () => {
  const here = inFlightOf(1000, 50, 200);
  for (let second = 0; second < 40; second++) {
    here.send(second % 7, second, 20 + 9 * second, second % 3, second);
  }
  here.report(1, { receipts: [] }, uploaded(500, 20, 40), 40);
  here.report(2, { active: 9 }, uploaded(500, 20, 40), 40);
  here.send(3, 77, 100, 1, 40);
  here.ask(3, 78, 100); // The receipt is still to come.
  const there = inFlightOf();
  there.customers.load(here.customers.save());
  there.inFlight.load(here.inFlight.save());
  same(there.inFlight.save(), here.inFlight.save());
  here.praised.length = 0;
  for (const each of [here, there]) {
    for (let second = 100; second < 140; second++) {
      each.send(second % 9, second, 20 + 9 * second, second % 3, second);
    }
    const receipts = [{ customer: 3, file: 77, bytes: 100, endedAt: 120 }];
    each.report(1, { receipts }, uploaded(500, 40, 140), 140);
  }
  assert.is(here.inFlight.at(1).foreign, 0); // It was owed.
  assert.equal(there.praised, here.praised);
  same(there.inFlight.save(), here.inFlight.save());
  assert.equal(inFlightOf().inFlight.save().claims, []);
});

test.run();
