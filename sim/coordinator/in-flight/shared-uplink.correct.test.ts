import { test } from "uvu";
import * as assert from "uvu/assert";
import { near, uplinkOf } from "./testing.ts";

test("what is taken up again with more than its size is of that size", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 10);
  uplink.advance(1);
  uplink.resume(1, 30);
  uplink.correct(0); // All that was believed to have moved is given back.
  assert.is(uplink.left(1), 30);
});

test("what has moved more than believed is shared by those in flight", () => {
  const { uplink, passed } = uplinkOf(10);
  uplink.begin(1, 30);
  uplink.begin(2, 100);
  uplink.advance(2); // 10 B each are believed.
  uplink.correct(20);
  assert.equal([uplink.left(1), uplink.left(2)], [20, 90]);
  uplink.correct(50); // 15 B more for each.
  assert.equal([uplink.left(1), uplink.left(2)], [5, 75]);
  assert.equal(passed, []);
});

test("what has moved more than believed may end transfers, and is nobody's where none is left", () => {
  const { uplink, passed } = uplinkOf(10);
  uplink.begin(1, 30);
  uplink.begin(2, 100);
  uplink.advance(2);
  uplink.correct(20 + 40); // 20 B more for each: just what the first had left.
  assert.equal(passed, [1]);
  assert.is(uplink.left(2), 70);
  uplink.settle();
  uplink.correct(30);
  assert.is(uplink.left(2), 40);
  uplink.settle();
  uplink.correct(1000);
  assert.equal(passed, [1, 2]);
  assert.is(uplink.count, 0);
});

test("what has moved less than believed is given back to those in flight", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 100);
  uplink.begin(2, 200);
  uplink.advance(10); // 50 B each.
  uplink.correct(40); // Only 20 B each.
  assert.equal([uplink.left(1), uplink.left(2)], [80, 180]);
  near(uplink.ahead(1000), 260);
});

test("what has moved less than believed may bring back transfers, the last that ended first", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 10);
  uplink.begin(2, 20);
  uplink.begin(3, 300);
  uplink.advance(7); // 10 B each, 10 B for each of two, and 20 B for the last.
  assert.is(uplink.left(3), 260);
  uplink.correct(70 - 20); // So the second has just ended.
  assert.equal(uplink.inFlight(), [2, 3]);
  assert.equal([uplink.left(2), uplink.left(3)], [0, 280]);
  const again = uplinkOf(10).uplink;
  again.begin(1, 10);
  again.begin(2, 20);
  again.begin(3, 300);
  again.advance(7);
  again.correct(70 - 20 - 12);
  assert.equal([again.left(2), again.left(3)], [6, 286]);
  assert.equal(
    again.passed.map(({ transfer }) => transfer),
    [1],
  );
  const whole = uplinkOf(10).uplink;
  whole.begin(1, 10);
  whole.begin(2, 20);
  whole.begin(3, 300);
  whole.advance(7);
  whole.correct(15); // Half of what the first three have had together.
  assert.equal([whole.left(1), whole.left(2), whole.left(3)], [5, 15, 295]);
  assert.equal(whole.passed, []);
});

test("where nothing is in flight any more, all that ended can be brought back", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 10);
  uplink.begin(2, 30);
  uplink.advance(100);
  assert.is(uplink.count, 0);
  uplink.correct(25); // 15 B fewer, which the second had alone.
  assert.equal([uplink.left(1), uplink.left(2)], [0, 15]);
  assert.equal(uplink.inFlight(), [2]);
});

test("where nothing is known of what moved, nothing is given back", () => {
  const { uplink } = uplinkOf(10);
  uplink.correct(0);
  uplink.begin(1, 10);
  uplink.advance(100);
  uplink.settle();
  uplink.correct(0);
  assert.is(uplink.count, 0);
});

test("what has moved less than believed is nobody's where none is left", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 100);
  uplink.advance(5);
  uplink.end(1);
  uplink.correct(0);
  uplink.begin(2, 100);
  assert.is(uplink.left(2), 100);
  uplink.advance(6);
  assert.is(uplink.left(2), 90);
});

test("after a report with nothing in flight, bytes are told apart however many there were", () => {
  const { uplink } = uplinkOf(1e16);
  uplink.begin(1, 1e17);
  uplink.advance(10);
  uplink.settle();
  uplink.begin(2, 1);
  assert.is(uplink.left(2), 1); // 1e17 + 1 is no number.
});

test("no transfer has more left than its size, however much is given back", () => {
  const { uplink } = uplinkOf(1);
  uplink.begin(1, 1000);
  uplink.advance(55);
  uplink.begin(2, 50);
  uplink.advance(55 + 70); // 35 B each.
  uplink.begin(3, 10);
  uplink.advance(55 + 70 + 6); // 2 B each.
  // They have 908, 13 and 8 left. 131 B are given back, a third to each.
  uplink.correct(0);
  near(uplink.left(2), 50);
  near(uplink.left(3), 10);
  near(uplink.left(1), 908 + 131 / 3);
  assert.equal(uplink.inFlight(), [3, 2, 1]);
  near(uplink.ahead(20), 10 + 20 + 20);
});

test.run();
