import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SharedUplink } from "./shared-uplink.ts";
import { near, uplinkOf } from "./testing.ts";

test("one transfer moves at the whole rate and is over when its bytes are through", () => {
  const { uplink, passed } = uplinkOf(10);
  uplink.begin(1, 1000);
  assert.is(uplink.left(1), 1000);
  assert.is(uplink.secondsLeft(1), 100);
  uplink.advance(99);
  assert.is(uplink.left(1), 10);
  assert.is(uplink.secondsLeft(1), 1);
  assert.equal(passed, []);
  uplink.advance(100);
  assert.is(uplink.count, 0);
  assert.is(uplink.left(1), 0);
  assert.equal(passed, [1]);
});

test("transfers in flight get equal shares, those of others too", () => {
  const { uplink } = uplinkOf(12);
  uplink.begin(1, 100);
  uplink.advance(5); // 60 B.
  uplink.begin(2, 100);
  uplink.foreign = 1;
  uplink.advance(8); // Three share 36 B.
  assert.is(uplink.left(1), 28);
  assert.is(uplink.left(2), 88);
  assert.is(uplink.secondsLeft(2), 22);
  assert.is(uplink.count, 2);
});

test("one advance may end several transfers, one after another, and share on among the rest", () => {
  const { uplink, passed } = uplinkOf(10);
  for (const size of [40, 10, 20]) uplink.begin(size, size);
  uplink.advance(3); // 10 B each.
  assert.equal(passed, [10]);
  uplink.advance(6); // 20 B for the 10 B of each of two, then 10 B.
  assert.equal(passed, [10, 20]);
  assert.is(uplink.left(40), 10);
});

test("a transfer without bytes is over at once", () => {
  const { uplink, passed } = uplinkOf(10);
  uplink.begin(1, 0);
  uplink.begin(2, 5);
  uplink.advance(0);
  assert.equal(passed, [1]);
  assert.is(uplink.left(2), 5);
});

test("what is ahead of a file counts each transfer up to the size of the file", () => {
  const { uplink } = uplinkOf(10);
  assert.is(uplink.ahead(100), 0);
  for (const size of [300, 100, 200]) uplink.begin(size, size);
  assert.is(uplink.ahead(0), 0);
  assert.is(uplink.ahead(50), 150);
  assert.is(uplink.ahead(100), 300);
  assert.is(uplink.ahead(150), 400);
  assert.is(uplink.ahead(200), 500);
  assert.is(uplink.ahead(1000), 600);
  assert.is(uplink.ahead(Number.POSITIVE_INFINITY), 600);
  uplink.advance(15); // 50 B each.
  assert.is(uplink.ahead(60), 50 + 60 + 60);
  assert.is(uplink.ahead(Number.POSITIVE_INFINITY), 450);
});

test("sums are right after a transfer is taken out from before, among and behind others", () => {
  for (const gone of [10, 20, 30, 40]) {
    const { uplink } = uplinkOf(1);
    for (const size of [10, 20, 30, 40]) uplink.begin(size, size);
    uplink.end(gone);
    assert.is(uplink.ahead(25), 10 + 20 + 25 + 25 - Math.min(gone, 25));
    assert.is(uplink.ahead(1000), 100 - gone);
    assert.is(uplink.left(gone), 0);
    assert.equal(
      uplink.inFlight(),
      [10, 20, 30, 40].filter((size) => size !== gone),
    );
  }
});

test("columns grow, and are used again from the front", () => {
  const { uplink } = uplinkOf(1);
  for (let transfer = 1; transfer <= 50; transfer++) uplink.begin(transfer, transfer);
  assert.is(uplink.ahead(1000), (50 * 51) / 2);
  assert.is(uplink.count, 50);
  let now = 0;
  for (let round = 0; round < 100; round++) {
    now += uplink.secondsLeft(uplink.inFlight()[0]) + 1e-6;
    uplink.advance(now);
    uplink.begin(100 + round, 60);
    assert.is(uplink.count, 50);
  }
  near(
    uplink.ahead(Number.POSITIVE_INFINITY),
    uplink.inFlight().reduce((sum, transfer) => sum + uplink.left(transfer), 0),
  );
});

test("those in flight are told with the least left first, equal ones in the order of their beginning", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(7, 30);
  uplink.begin(8, 10);
  uplink.begin(9, 30);
  uplink.begin(6, 30);
  assert.equal(uplink.inFlight(), [8, 7, 9, 6]);
  uplink.advance(5);
  assert.equal(uplink.all(), [8, 7, 9, 6]);
  assert.equal(uplink.inFlight(), [7, 9, 6]);
  assert.equal(uplink.passed, [{ transfer: 8, size: 10, mark: 10 }]);
});

test("an end takes away a transfer that is in flight, and one that is presumed to be over", () => {
  const { uplink, passed } = uplinkOf(10);
  uplink.begin(1, 10);
  uplink.begin(2, 100);
  uplink.begin(3, 100);
  uplink.advance(3);
  uplink.end(1);
  uplink.end(3);
  uplink.end(4); // Was never there.
  assert.equal(uplink.all(), [2]);
  assert.equal(passed, [1]);
  uplink.advance(4);
  assert.is(uplink.left(2), 80); // Alone since then.
});

test("what was presumed to be over can be taken up again, with so many bytes", () => {
  const { uplink, resumed } = uplinkOf(10);
  uplink.begin(1, 10);
  uplink.begin(2, 100);
  uplink.advance(2);
  uplink.resume(1, 4);
  uplink.resume(2, 50); // Is in flight: nothing to take up.
  uplink.resume(3, 50); // Was never there.
  assert.equal(uplink.inFlight(), [1, 2]);
  assert.equal([uplink.left(1), uplink.left(2)], [4, 90]);
  assert.equal(resumed, [1]);
  assert.equal(uplink.passed, []);
  uplink.advance(3); // The first is over at 2.8 s.
  assert.equal(uplink.inFlight(), [2]);
  near(uplink.left(2), 84);
});

test("whichever was presumed to be over can be taken up again, or ended", () => {
  for (const [resumed, ended] of [
    [1, 2],
    [2, 3],
    [3, 1],
  ]) {
    const { uplink } = uplinkOf(10);
    for (const size of [1, 2, 3]) uplink.begin(size, 10 * size);
    uplink.advance(10);
    uplink.resume(resumed, 5);
    uplink.end(ended);
    assert.equal(uplink.inFlight(), [resumed]);
    assert.equal(
      uplink.passed.map(({ transfer }) => transfer),
      [6 - resumed - ended],
    );
  }
});

test("what is ahead can be told of later without moving the clock, until a transfer is over", () => {
  const { uplink, passed } = uplinkOf(12);
  uplink.begin(1, 100);
  uplink.begin(2, 200);
  uplink.foreign = 1;
  uplink.refresh(0);
  assert.is(uplink.ahead(Number.POSITIVE_INFINITY, 10), 60 + 160); // 40 B each.
  assert.is(uplink.ahead(70, 10), 60 + 70 + 70);
  uplink.refresh(24);
  assert.is(uplink.left(1), 100); // The clock stands still.
  uplink.refresh(25);
  assert.equal(passed, [1]);
  assert.is(uplink.left(2), 100);
  uplink.refresh(30); // Two share by now: 30 B.
  assert.is(uplink.ahead(Number.POSITIVE_INFINITY, 30), 70);
  uplink.foreign = 0;
  uplink.refresh(35); // What has changed counts from the clock's last move on, so it is to be moved before.
  assert.equal(passed, [1, 2]);
});

test("when a report has been heeded, what was presumed to be over is over", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 10);
  uplink.begin(2, 20);
  uplink.begin(3, 300);
  uplink.advance(5);
  assert.equal(uplink.passed.length, 2);
  uplink.settle();
  assert.equal(uplink.passed, []);
  assert.equal(uplink.all(), [3]);
  uplink.resume(1, 5);
  assert.equal(uplink.all(), [3]);
});

test("the sixty-four that were presumed to be over last can be taken up again", () => {
  const { uplink } = uplinkOf(1);
  for (let transfer = 1; transfer <= 64; transfer++) uplink.begin(transfer, transfer);
  uplink.begin(65, 1000);
  uplink.begin(66, 2000);
  uplink.advance(2300); // The first 64 were through at (64 · 65) / 2 + 2 · 64 = 2208 s.
  assert.is(uplink.count, 2);
  assert.is(uplink.passed.length, 64);
  uplink.advance(6000);
  assert.is(uplink.count, 0);
  assert.is(uplink.passed.length, 64);
  assert.equal([uplink.passed[0].transfer, uplink.passed[63].transfer], [3, 66]);
});

test("what is saved goes on in another uplink as in this one", () => {
  const { uplink, listener } = uplinkOf(10);
  uplink.foreign = 1;
  for (let transfer = 1; transfer <= 20; transfer++) uplink.begin(transfer, 10 * transfer);
  uplink.advance(70);
  uplink.rate = 7;
  const copy = new SharedUplink(10, listener);
  copy.load(uplink.save());
  same(copy.save(), uplink.save());
  for (const size of [1, 50, 120, 1000]) assert.is(copy.ahead(size), uplink.ahead(size));
  for (const each of [uplink, copy]) {
    assert.is(each.rate, 7);
    each.advance(300);
    each.begin(21, 5);
    each.correct(100);
  }
  same(copy.save(), uplink.save());
  assert.equal(copy.all(), uplink.all());
  uplink.settle();
  assert.is.not(copy.passed.length, uplink.passed.length); // They share nothing.
});

test("what is saved is whole, whether its columns are empty, half full or full", () => {
  for (let count = 0; count <= 17; count++) {
    const { uplink, listener } = uplinkOf(10);
    for (let transfer = 1; transfer <= count; transfer++) uplink.begin(transfer, 10 * transfer);
    const copy = new SharedUplink(10, listener);
    copy.load(uplink.save());
    for (const each of [uplink, copy]) {
      assert.is(each.ahead(1000), 5 * count * (count + 1));
      each.begin(100, 5);
      assert.is(each.ahead(1000), 5 * count * (count + 1) + 5);
      assert.is(each.left(100), 5);
    }
  }
});

test.run();
