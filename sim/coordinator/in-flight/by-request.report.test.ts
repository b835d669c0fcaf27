import { test } from "uvu";
import * as assert from "uvu/assert";
import { inFlightOf, near, uploaded } from "./testing.ts";

const receipt = (customer: number, file: number, bytes: number, endedAt = 10) => ({
  ...{ customer, file, bytes, endedAt },
});

test("announced totals are shared among the transfers, and may show that fewer bytes have moved", () => {
  const { send, report, backlog, inFlight } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  send(2, 5, 300, 0, 0);
  report(0, {}, uploaded(60, 10, 10), 10); // 50 B each were believed, 30 B each it was.
  assert.is(backlog(0, 10), 70 + 270);
  report(0, {}, null, 20); // Nothing is known, and the rate is a seventh nearer to 6 B/s by now.
  near(backlog(0, 20), 340 - 10 * (10 - 4 / 7));
  assert.is(inFlight.at(0).transfers, 2);
});

test("totals that show that more has moved end transfers", () => {
  const { send, report, backlog, inFlight } = inFlightOf(10);
  inFlight.register(0, 5, 0);
  inFlight.register(0, 10, 0); // It has shown 5 B/s.
  send(1, 5, 40, 0, 0);
  send(2, 5, 300, 0, 0);
  report(0, {}, uploaded(90, 10, 10), 10); // 25 B each are believed, but it was 45 B.
  assert.is(inFlight.at(0).transfers, 1);
  assert.is(backlog(0, 10), 250);
  assert.is(inFlight.at(0).rate, 9);
});

test("a volunteer is not believed to have uploaded more than it claims to carry", () => {
  const { send, report, backlog } = inFlightOf(10);
  send(1, 5, 500, 0, 0);
  report(0, {}, uploaded(1e9, 10, 10), 10);
  assert.is(backlog(0, 10), 400);
});

test("totals may show that what was presumed to be over is not", () => {
  const { send, ask, report, inFlight, praised, customers } = inFlightOf(10);
  send(1, 5, 30, 0, 0);
  send(1, 6, 30, 0, 0);
  inFlight.at(0).advance(10);
  assert.is(inFlight.at(0).transfers, 0);
  report(0, {}, uploaded(40, 10, 10), 10);
  assert.is(inFlight.at(0).transfers, 2);
  assert.is(inFlight.at(0).ahead(1000), 20);
  assert.is(customers.width[0], 2);
  ask(1, 7, 10); // One of two is over by that, and only that one.
  assert.is(inFlight.at(0).transfers, 1);
  assert.equal(praised, [0]);
});

test("when nothing was uploaded for a whole interval, what was in flight before it is over", () => {
  const { send, report, inFlight } = inFlightOf(10);
  send(1, 5, 1e5, 0, 0);
  send(2, 5, 1e5, 0, 100);
  send(3, 5, 1e5, 0, 101);
  report(0, {}, uploaded(0, 100, 200), 200);
  assert.is(inFlight.at(0).transfers, 1); // The third began when the interval had.
  report(0, {}, uploaded(0, 100, 300), 300);
  assert.is(inFlight.at(0).transfers, 0);
});

test("when something was uploaded, nothing is over but by what it moved", () => {
  const { send, report, inFlight } = inFlightOf(10);
  send(1, 5, 1e5, 0, 0);
  report(0, {}, uploaded(1, 100, 200), 200);
  assert.is(inFlight.at(0).transfers, 1);
});

test("what was presumed to be over before the report stays so", () => {
  const { send, report, count } = inFlightOf(10);
  send(1, 5, 30, 0, 0);
  assert.is(count(0, 10), 0);
  report(0, {}, uploaded(30, 10, 10), 10);
  report(0, { active: 1 }, uploaded(30, 10, 20), 20);
  assert.is(count(0, 20), 1);
  report(0, { active: 0 }, uploaded(0, 10, 30), 30);
  assert.is(count(0, 30), 0);
});

test("a receipt ends the transfer that it names, and no other", () => {
  const { send, report, inFlight, backlog } = inFlightOf(10, 10);
  send(1, 5, 1000, 0, 0);
  send(1, 6, 1000, 0, 0);
  send(2, 5, 1000, 0, 0);
  send(1, 5 + 2, 1000, 1, 0);
  report(0, { receipts: [receipt(1, 6, 1000)] }, uploaded(90, 9, 9), 9);
  assert.is(inFlight.at(0).transfers, 2);
  assert.is(backlog(0, 9), 2 * 970);
  report(0, { receipts: [receipt(2, 6, 10), receipt(2, 5, 10)] }, uploaded(90, 9, 18), 18);
  assert.is(inFlight.at(0).transfers - inFlight.at(0).foreign, 1);
  assert.is(inFlight.at(1).transfers, 1);
});

test("a receipt is of its customer, its file and its volunteer, whatever is older", () => {
  const { ask, report, inFlight } = inFlightOf(10, 10);
  const place = ask(1, 5, 0);
  inFlight.begin(place, 5, 100, 1, 0);
  inFlight.begin(place, 6, 200, 0, 0);
  inFlight.begin(place, 5, 400, 0, 0);
  inFlight.begin(place, 7, 800, 0, 0);
  report(0, { receipts: [receipt(1, 5, 400)] }, null, 0);
  assert.is(inFlight.at(1).transfers, 1);
  assert.is(inFlight.at(0).ahead(1000), 200 + 800);
  assert.is(inFlight.at(0).foreign, 0);
});

test("of two transfers of a pair, the oldest that is not known to be over is named", () => {
  const { ask, report, inFlight, backlog } = inFlightOf(10);
  const place = ask(1, 5, 0);
  for (const size of [100, 200, 400]) inFlight.begin(place, 5, size, 0, 0);
  report(0, { receipts: [receipt(1, 5, 100)] }, null, 0);
  assert.is(backlog(0, 0), 600);
  report(0, { receipts: [receipt(1, 5, 200)] }, null, 0);
  assert.is(backlog(0, 0), 400);
  assert.is(inFlight.at(0).foreign, 0);
});

test("who sends receipts and none for a transfer is still sending it", () => {
  const { send, report, inFlight, backlog, praised, ask } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  send(2, 6, 40, 0, 0);
  inFlight.at(0).advance(20);
  assert.is(inFlight.at(0).transfers, 0);
  report(0, { receipts: [receipt(1, 5, 100)] }, uploaded(140, 20, 20), 20);
  assert.is(inFlight.at(0).transfers, 1);
  assert.is(backlog(0, 20), 10); // A quarter of its size.
  ask(2, 7, 20.5);
  assert.equal(praised, [0]); // It runs one, and was sent to this one.
});

test("what has no receipt in a hundred reports is given up", () => {
  const { send, report, inFlight } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  for (let at = 1; at <= 100; at++) {
    report(0, { receipts: [] }, uploaded(100, 100, 100 * at), 100 * at);
    assert.is(inFlight.at(0).transfers, 1);
  }
  report(0, { receipts: [] }, uploaded(100, 100, 10_100), 10_100);
  assert.is(inFlight.at(0).transfers, 0);
});

test("a whole download that a receipt names tells how fast the volunteer is", () => {
  const rateAfter = (bytes: number, endedAt: number) => {
    const { send, report, inFlight } = inFlightOf(1e6);
    send(1, 5, 1e6, 0, 0);
    send(2, 5, 1e7, 0, 0);
    report(0, { receipts: [receipt(1, 5, bytes, endedAt)] }, null, 10);
    assert.is(inFlight.at(0).transfers, 1);
    return inFlight.at(0).rate / 1e6;
  };
  // 1 MB beside one when it began, and only that one now that it is over: one transfer tells little.
  assert.is(rateAfter(1e6, 1.4), 1);
  assert.is(rateAfter(1e6, 1.6), 1);
  const { send, report, inFlight } = inFlightOf(1e6);
  send(1, 5, 1e6, 0, 0);
  for (const customer of [2, 3, 4]) send(customer, 5, 1e8, 0, 0);
  // Beside none when it began and, since it was believed to be over, three now: 2 MB in 4 s.
  report(0, { receipts: [receipt(1, 5, 1e6, 4)] }, null, 5);
  near(inFlight.at(0).rate, 1e6 * Math.exp(-0.06));
  report(0, { receipts: [receipt(2, 5, 1e8 - 1, 5)] }, null, 5); // Broken off: tells nothing.
  near(inFlight.at(0).rate, 1e6 * Math.exp(-0.06));
  report(0, { receipts: [receipt(3, 5, 1e8, 50)] }, null, 50); // Beside three and two, in 50 s.
  assert.is(inFlight.at(0).rate, 1e6); // A step up, but not beyond the claim.
});

test("receipts of what the server did not redirect tell how much else the volunteer sends", () => {
  const { send, report, inFlight } = inFlightOf(10);
  // It sent 40 B in 10 s to others, of 10 B/s: nearly half as much as own transfers, and of none, one.
  report(0, { receipts: [receipt(8, 1, 30), receipt(9, 1, 10)] }, uploaded(40, 10, 10), 10);
  assert.equal([inFlight.at(0).foreign, inFlight.at(0).transfers], [0, 0]);
  report(0, { receipts: [receipt(8, 1, 60)] }, uploaded(60, 10, 20), 20);
  assert.equal([inFlight.at(0).foreign, inFlight.at(0).transfers], [1, 1]);
  for (const file of [1, 2, 3, 4, 5]) send(1, file, 1000, 0, 20);
  assert.is(inFlight.at(0).transfers, 6);
  report(0, { receipts: [receipt(8, 1, 60)] }, uploaded(100, 10, 30), 30);
  assert.equal([inFlight.at(0).foreign, inFlight.at(0).transfers], [3, 8]); // 0.6 · 5.
  report(0, { receipts: [receipt(8, 1, 60)] }, null, 40); // In who knows how long.
  assert.is(inFlight.at(0).foreign, 0);
  report(0, { receipts: [receipt(8, 1, 60)] }, uploaded(100, 10, 50), 50);
  report(0, {}, uploaded(100, 10, 60), 60); // It says nothing of them any more.
  assert.is(inFlight.at(0).foreign, 0);
});

test("foreign transfers share the uplink, and are each as long as the file that is asked for", () => {
  const { send, report, inFlight } = inFlightOf(30);
  send(1, 5, 100, 0, 0);
  report(0, { active: 3 }, null, 1);
  assert.equal([inFlight.at(0).foreign, inFlight.at(0).transfers], [2, 3]);
  assert.is(inFlight.at(0).ahead(50), 50 + 2 * 50);
  assert.is(inFlight.at(0).ahead(Number.POSITIVE_INFINITY), 70);
  inFlight.at(0).advance(3);
  assert.is(inFlight.at(0).ahead(Number.POSITIVE_INFINITY), 50);
});

test("a volunteer that sends fewer than believed has ended those that had least left", () => {
  const { send, report, inFlight, backlog } = inFlightOf(10);
  for (const size of [300, 100, 200, 400]) send(size, 5, size, 0, 0);
  report(0, { active: 2 }, null, 1);
  assert.is(inFlight.at(0).transfers, 2);
  assert.is(backlog(0, 1), 300 + 400 - 5);
  report(0, { active: 0 }, null, 1);
  assert.is(inFlight.at(0).transfers, 0);
});

test("customers that were sent half a second ago may not have reached the volunteer yet", () => {
  const { send, report, inFlight, backlog } = inFlightOf(10);
  send(1, 5, 100, 0, 0);
  send(2, 5, 50, 0, 0.5 + 2 ** -10);
  send(3, 5, 60, 0, 0.5);
  report(0, { active: 0 }, null, 1);
  assert.is(inFlight.at(0).transfers, 1);
  assert.ok(backlog(0, 1) > 45 && backlog(0, 1) < 50);
  assert.is(inFlight.at(0).foreign, 0);
});

test("a volunteer that sends more than believed has not ended those that were to end last, or has others", () => {
  const { send, report, inFlight, backlog } = inFlightOf(10);
  for (const size of [100, 200, 400]) send(size, 5, size, 0, 0);
  assert.is(backlog(0, 200), 0);
  report(0, { active: 1 }, null, 200);
  assert.equal([inFlight.at(0).transfers, inFlight.at(0).foreign], [1, 0]);
  assert.is(backlog(0, 200), 100); // A quarter of it.
  report(0, { active: 5 }, null, 200);
  assert.equal([inFlight.at(0).transfers, inFlight.at(0).foreign], [5, 4]); // The others were over.
});

test("those that were to end last are taken up again, as many as there are too few", () => {
  const { send, report, inFlight, backlog } = inFlightOf(10);
  for (const size of [100, 200, 400]) send(size, 5, size, 0, 0);
  assert.is(backlog(0, 200), 0);
  report(0, { active: 2 }, null, 200);
  assert.equal([inFlight.at(0).transfers, inFlight.at(0).foreign], [2, 0]);
  assert.is(backlog(0, 200), 50 + 100);
  report(0, { active: 5 }, null, 200);
  assert.equal([inFlight.at(0).transfers, inFlight.at(0).foreign], [5, 3]); // The first was over.
});

test("the number that a volunteer sends counts for more than its receipts, and these than its totals", () => {
  const { send, report, inFlight } = inFlightOf(10);
  for (const customer of [1, 2, 3]) send(customer, 5, 100, 0, 0);
  inFlight.at(0).advance(30); // All over by the estimate, and by totals…
  const receipts = [receipt(1, 5, 100)];
  report(0, { receipts, active: 1 }, uploaded(300, 30, 30), 30);
  assert.equal([inFlight.at(0).transfers, inFlight.at(0).foreign], [1, 0]); // …two by receipts.
  const { send: sendTo, report: reportOf, inFlight: other } = inFlightOf(10);
  for (const customer of [1, 2, 3]) sendTo(customer, 5, 100, 0, 0);
  other.at(0).advance(30);
  reportOf(0, { receipts }, uploaded(300, 30, 30), 30);
  assert.is(other.at(0).transfers, 2);
});

test("a volunteer that has just come back is sending nothing", () => {
  const { send, report, inFlight, ask, praised } = inFlightOf(10);
  for (const size of [30, 400]) send(size, 5, size, 0, 0);
  report(0, { active: 5 }, null, 1);
  assert.is(inFlight.at(0).foreign, 3);
  inFlight.at(0).advance(30);
  report(0, { started: true, active: 5 }, uploaded(10, 29, 30), 30);
  assert.equal([inFlight.at(0).transfers, inFlight.at(0).foreign], [0, 0]);
  assert.is(inFlight.at(0).ahead(1000), 0);
  inFlight.at(0).advance(31);
  report(0, { active: 1 }, uploaded(10, 1, 31), 31);
  assert.is(inFlight.at(0).foreign, 1); // What was lost is not taken up again.
  ask(400, 6, 32);
  assert.equal(praised, [0]); // It has the file, or else it would say so.
});

test("a receipt for what other evidence has ended is still the server's own, for two reports", () => {
  const owing = () => {
    const all = inFlightOf(10);
    all.report(0, { receipts: [] }, null, 0); // It sends receipts.
    all.send(1, 5, 500, 0, 0);
    all.send(2, 5, 1e6, 0, 0);
    all.ask(1, 6, 90); // It has had 450 B, beside the other.
    assert.is(all.inFlight.at(0).transfers, 1);
    return all;
  };
  const receipts = [receipt(1, 5, 500, 90)];
  const first = owing();
  first.report(0, { receipts }, uploaded(1000, 100, 100), 100);
  assert.is(first.inFlight.at(0).foreign, 0);
  first.report(0, { receipts }, uploaded(1000, 100, 200), 200); // It was owed once.
  assert.is(first.inFlight.at(0).foreign, 1);
  const second = owing();
  second.report(0, {}, uploaded(1000, 100, 100), 100);
  second.report(0, { receipts }, uploaded(1000, 100, 200), 200);
  assert.is(second.inFlight.at(0).foreign, 0);
  const third = owing();
  for (const at of [100, 200]) third.report(0, {}, uploaded(1000, 100, at), at);
  third.report(0, { receipts }, uploaded(1000, 100, 300), 300);
  assert.is(third.inFlight.at(0).foreign, 1);
});

test("however many downloads end between two reports, their receipts are the server's own", () => {
  const { send, report, inFlight } = inFlightOf(10);
  report(0, { receipts: [] }, null, 0);
  const receipts = [];
  for (let customer = 1; customer <= 300; customer++) {
    send(customer, 5, 100, 0, 10 * customer);
    receipts.push(receipt(customer, 5, 100, 10 * customer + 10));
  }
  inFlight.at(0).advance(3010); // All are over by the estimate, which takes up again the last of them only.
  report(0, { receipts }, uploaded(30_000, 3010, 3010), 3010);
  assert.is(inFlight.at(0).transfers, 0);
});

test("nothing is owed for what a receipt has ended", () => {
  const { send, report, inFlight } = inFlightOf(10);
  send(1, 5, 1000, 0, 0);
  const receipts = [receipt(1, 5, 1000, 100)];
  report(0, { receipts }, uploaded(1000, 100, 100), 100);
  report(0, { receipts }, uploaded(1000, 100, 200), 200);
  assert.is(inFlight.at(0).foreign, 1);
});

test("receipts of a customer that is forgotten are owed to its number", () => {
  const { send, ask, report, inFlight } = inFlightOf(10);
  report(0, { receipts: [] }, null, 0);
  send(7, 5, 1e9, 0, 0);
  ask(8, 1, 86_401);
  const receipts = [receipt(7, 5, 1e9, 86_500)];
  report(0, { receipts }, uploaded(864_000, 86_500, 86_500), 86_500);
  assert.is(inFlight.at(0).foreign, 0);
});

test.run();
