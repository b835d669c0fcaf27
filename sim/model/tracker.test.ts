import { test } from "uvu";
import * as assert from "uvu/assert";
import { tinySystem } from "./testing.ts";
import { type Announce, Tracker } from "./tracker.ts";

const spec = tinySystem().tracker;
const offer = { uplink: 10, where: {} };
const announce = (totals: Partial<Announce>): Announce => ({
  uploaded: 0,
  downloaded: 0,
  left: 0,
  completed: [],
  dropped: [],
  started: false,
  ...totals,
});
const only = (tracker: Tracker, now: number) => {
  const [candidate] = tracker.candidates(7, now);
  assert.ok(candidate !== undefined, "the volunteer is no candidate");
  return candidate;
};

test("a volunteer is a candidate for what it has announced, until its announce times out", () => {
  const tracker = new Tracker(spec, [offer, offer], { files: 8, customers: 4 });
  assert.equal(tracker.candidates(7, 0), []);
  tracker.announce(1, announce({ completed: [7] }), 0);
  assert.equal(
    tracker.candidates(7, 150).map(({ node }) => node),
    [1],
  );
  assert.equal(tracker.candidates(6, 0), []);
  assert.equal(tracker.candidates(7, 150.5), []);
});

test("rates are differences between two announces", () => {
  const tracker = new Tracker(spec, [offer], { files: 8, customers: 4 });
  tracker.announce(0, announce({ completed: [7], uploaded: 500, downloaded: 100 }), 0);
  assert.is(only(tracker, 0).uploadRate, 0); // One announce tells no rate.
  tracker.announce(0, announce({ uploaded: 900, downloaded: 300, left: 50 }), 100);
  assert.is(only(tracker, 100).uploadRate, 4);
  assert.is(only(tracker, 100).syncRate, 2);
  assert.is(only(tracker, 100).left, 50);
});

test("what was redirected and not uploaded by the report is pending", () => {
  const tracker = new Tracker(spec, [offer], { files: 8, customers: 4 });
  tracker.announce(0, announce({ completed: [7] }), 0);
  tracker.redirected(0, 1, 1000);
  assert.is(only(tracker, 50).redirected, 1000);
  assert.is(only(tracker, 50).pending, 0);
  tracker.announce(0, announce({ uploaded: 600 }), 100);
  assert.is(only(tracker, 100).redirected, 0);
  assert.is(only(tracker, 100).pending, 400);
});

test("own redirects are under way until the customer asks again or the announces cover them", () => {
  const tracker = new Tracker(spec, [offer], { files: 8, customers: 4 });
  tracker.announce(0, announce({ completed: [7] }), 0);
  tracker.redirected(0, 1, 1000);
  tracker.redirected(0, 2, 500);
  tracker.redirected(0, 3, 100);
  assert.is(only(tracker, 10).transfers, 3);
  tracker.asked(1);
  tracker.asked(0); // Was never redirected.
  assert.is(only(tracker, 10).transfers, 2);
  tracker.announce(0, announce({ uploaded: 200 }), 100); // 100 B for each of the two.
  assert.is(only(tracker, 100).transfers, 1);
  tracker.announce(0, announce({ uploaded: 200, started: true }), 120);
  assert.is(only(tracker, 120).transfers, 0);
});

test("a customer that comes back unserved is taken off, newest redirects first", () => {
  const tracker = new Tracker(spec, [offer], { files: 8, customers: 4 });
  tracker.announce(0, announce({ completed: [7] }), 0);
  tracker.redirected(0, 1, 1000);
  tracker.announce(0, announce({ uploaded: 600 }), 100);
  tracker.redirected(0, 1, 50);
  tracker.disproved(0, 6, 150);
  assert.is(only(tracker, 100).redirected, 0);
  assert.is(only(tracker, 100).pending, 300);
});

test("a volunteer that did not answer a customer is gone until it announces itself", () => {
  const tracker = new Tracker(spec, [offer], { files: 8, customers: 4 });
  tracker.announce(0, announce({ completed: [7] }), 0);
  tracker.silent(0, 0);
  assert.equal(tracker.candidates(7, 10), []);
  tracker.announce(0, announce({}), 100);
  assert.is(tracker.candidates(7, 100).length, 1);
});

test("pending bytes are forgotten when a volunteer uploads nothing for an interval, or returns", () => {
  const tracker = new Tracker(spec, [offer], { files: 8, customers: 4 });
  tracker.announce(0, announce({ completed: [7] }), 0);
  tracker.redirected(0, 1, 1000);
  tracker.announce(0, announce({ uploaded: 600 }), 100);
  tracker.redirected(0, 1, 30);
  tracker.announce(0, announce({ uploaded: 600 }), 200);
  assert.is(only(tracker, 200).pending, 30);
  tracker.redirected(0, 1, 70);
  tracker.announce(0, announce({ uploaded: 600, started: true }), 250);
  assert.is(only(tracker, 250).pending, 0);
});

test("a volunteer caught without the file must announce it again", () => {
  const tracker = new Tracker(spec, [offer], { files: 8, customers: 4 });
  tracker.announce(0, announce({ completed: [7] }), 0);
  tracker.disproved(0, 7, 0);
  assert.equal(tracker.candidates(7, 0), []);
  tracker.announce(0, announce({ completed: [7] }), 10);
  assert.is(tracker.candidates(7, 10).length, 1);
});

test.run();
