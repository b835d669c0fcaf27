import { test } from "uvu";
import * as assert from "uvu/assert";
import { near, uplinkOf } from "./testing.ts";

test("a volunteer that was faster than believed is so at once, but not beyond its claim", () => {
  const { uplink } = uplinkOf(10);
  uplink.rate = 4;
  uplink.begin(1, 1000);
  uplink.advance(10);
  uplink.correct(60); // 6 B/s.
  assert.is(uplink.rate, 6);
  uplink.settle();
  uplink.advance(20);
  uplink.correct(500);
  assert.is(uplink.rate, 10);
});

test("a volunteer that several find slower is believed to be so by half after a minute", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 10_000);
  uplink.begin(2, 10_000);
  uplink.advance(60);
  uplink.correct(240); // 4 B/s; half of the way from 10.
  assert.is(uplink.rate, 7);
  uplink.settle();
  uplink.advance(80);
  uplink.correct(20); // 1 B/s in 20 s: a quarter of the way from 7.
  assert.is(uplink.rate, 5.5);
});

test("one transfer that is slow tells nothing of the volunteer", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 10_000);
  uplink.advance(60);
  uplink.correct(240);
  assert.is(uplink.rate, 10);
  uplink.settle();
  uplink.foreign = 1;
  uplink.advance(120);
  uplink.correct(240);
  assert.is(uplink.rate, 7); // It shared with another.
});

test("several are those that shared the uplink in the mean, or those that share it now", () => {
  const rateOf = (alone: number, together: number, isOver = false) => {
    const { uplink } = uplinkOf(10);
    uplink.begin(1, 10_000);
    uplink.advance(alone);
    uplink.begin(2, 10_000);
    uplink.advance(alone + together);
    if (isOver) uplink.end(2);
    uplink.correct(240);
    return uplink.rate;
  };
  assert.is(rateOf(0, 60), 7);
  assert.is(rateOf(30, 30), 7);
  assert.is(rateOf(60, 0), 7);
  assert.is(rateOf(0, 60, true), 7);
  assert.is(rateOf(1, 59, true), 10); // The mean is below two, and one is left.
});

test("nothing is learnt of slowness from what was as fast as believed, or took no time", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 100);
  uplink.begin(2, 100);
  uplink.advance(60); // Both are over after 20 s, and not after 60 s.
  uplink.correct(200);
  assert.is(uplink.rate, 10);
  const none = uplinkOf(10).uplink;
  none.begin(1, 0);
  none.begin(2, 0);
  none.advance(0);
  none.rate = 4;
  none.correct(5);
  assert.is(none.rate, 4);
});

test("seconds in which nothing was believed to be in flight count where something was", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 100);
  uplink.begin(2, 100);
  uplink.advance(15);
  uplink.advance(30); // Both over at 20 s, nothing for 10 s.
  uplink.advance(60); // Nor for 30 s more.
  uplink.correct(120); // 120 B in 60 s: 2 B/s, half of the way from 10.
  assert.is(uplink.rate, 6);
  assert.is(uplink.count, 2);
  uplink.settle();
  // What is idle after a settling or before a beginning counts for nothing.
  uplink.end(1);
  uplink.end(2);
  uplink.advance(1000);
  uplink.begin(3, 60);
  uplink.begin(4, 60);
  uplink.advance(1030); // Over at 1020 s.
  uplink.correct(60); // 60 B in 30 s: 2 B/s, a third of the way from 6.
  near(uplink.rate, 6 - 4 / 3);
});

test("the seconds before a beginning do not count, even if the transfer is over and comes back", () => {
  const { uplink } = uplinkOf(10);
  uplink.begin(1, 100);
  uplink.begin(2, 100);
  uplink.settle();
  uplink.end(1);
  uplink.end(2);
  uplink.settle();
  uplink.advance(500);
  uplink.advance(540);
  uplink.begin(3, 100);
  uplink.begin(4, 100);
  uplink.advance(600); // Both over at 560 s.
  uplink.correct(120); // 60 s since they began: 2 B/s.
  assert.is(uplink.rate, 6);
});

test("what is over is faster by the seconds that it took, not by those that were watched", () => {
  const { uplink } = uplinkOf(10);
  uplink.rate = 4;
  uplink.begin(1, 40);
  uplink.advance(40); // Over after 10 s.
  uplink.correct(80);
  assert.is(uplink.rate, 8);
});

test("of the seconds in which nothing was in flight, those since the last beginning count", () => {
  const { uplink } = uplinkOf(10);
  uplink.foreign = 1;
  uplink.begin(1, 40);
  uplink.advance(8); // Over.
  uplink.advance(20);
  uplink.begin(2, 1000);
  uplink.advance(24);
  uplink.end(2);
  uplink.advance(40);
  uplink.correct(12); // The first comes back: 8 s, 4 s and 16 s.
  assert.equal(uplink.inFlight(), [1]);
  near(uplink.rate, (10 * 60 + 12) / (60 + 28));
});

test("how many shared the uplink is a mean over the time in which any did", () => {
  const { uplink } = uplinkOf(10);
  assert.is(uplink.sharers, 0);
  uplink.advance(100);
  assert.is(uplink.sharers, 0);
  uplink.begin(1, 100);
  uplink.advance(105); // 5 s alone.
  uplink.begin(2, 500);
  uplink.foreign = 2;
  uplink.advance(110); // 5 s of four.
  assert.is(uplink.sharers, 2.5);
  uplink.settle();
  assert.is(uplink.sharers, 0);
});

test("a volunteer is believed to send a hundredth of its claim, however slow it was", () => {
  const { uplink } = uplinkOf(1000);
  uplink.begin(1, 1e9);
  uplink.begin(2, 1e9);
  uplink.advance(1e9);
  uplink.begin(3, 1e9);
  uplink.begin(4, 1e9);
  uplink.advance(1e9 + 6e4);
  uplink.settle();
  uplink.advance(1e9 + 12e4);
  uplink.correct(0);
  assert.is(uplink.rate, 10);
});

test("a measured download moves the rate by a step, up by 9.4 % or down by 5.8 %", () => {
  // Three in five of what is measured are to lie below: 0.6 of the steps are down, 0.4 up.
  const rise = Math.exp(0.15 * 0.6);
  const fall = Math.exp(-0.15 * 0.4);
  const rateAfter = (size: number, seconds: number, sharers: number, rate = 1e6) => {
    const { uplink } = uplinkOf(2e6);
    uplink.rate = rate;
    uplink.learnFrom(size, seconds, sharers);
    return uplink.rate / rate;
  };
  near(rateAfter(1e6, 0.5, 1), rise); // 2 MB/s.
  near(rateAfter(1e6, 1.9, 2), rise); // Half of it, for the two that shared it.
  near(rateAfter(1e6, 2.1, 2), fall);
  near(rateAfter(1e6, 2.1, 3), rise);
  assert.is(rateAfter(1e6, 1.1, 1), 1); // One transfer may be slow because of its customer.
  assert.is(rateAfter(1e6, 1.1, 1.9), rise); // 1.9 MB in 1.1 s.
  assert.is(rateAfter(1e6, 2.1, 1.9), 1);
  near(rateAfter(1e6, 0.9, 0.5), rise); // It was there itself.
  assert.is(rateAfter(299_999, 0.01, 2), 1); // Too small to tell.
  near(rateAfter(300_000, 0.01, 2), rise);
  assert.is(rateAfter(1e6, 0, 2), 1);
  assert.is(rateAfter(1e6, -1, 2), 1);
  assert.is(rateAfter(1e6, 0.1, 2, 1.9e6), 2 / 1.9); // Not beyond the claim.
  assert.is(rateAfter(1e6, 1e3, 2, 2.05e4), 2e4 / 2.05e4); // Nor below a hundredth of it.
  assert.is(rateAfter(1e6, 1, 1, 1e6), 1); // As believed: one tells of no slowness.
  near(rateAfter(1e6, 2, 2, 1e6), fall); // It is not faster.
});

test.run();
