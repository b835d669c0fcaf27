import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate as anyCandidate, dispatchView, replay } from "../../testing.ts";
import type { Candidate, DispatchView } from "../dispatch.ts";
import { trackerInformed } from "./tracker-informed.ts";

test("the queue is what was redirected less what was sent since the report", () => {
  // After 10 s at 1 MB/s: 30 MB − 10 MB leave 20 s of work; 22 MB − 10 MB leave 12 s.
  assert.is(
    choice([candidate(0, { pending: 30e6 }), candidate(1, { pending: 2e6, redirected: 20e6 })], {
      now: 10,
    }),
    1,
  );
  // 15 MB − 10 MB leave 5 s.
  assert.is(
    choice([candidate(0, { pending: 15e6 }), candidate(1, { pending: 2e6, redirected: 20e6 })], {
      now: 10,
    }),
    0,
  );
});

test("a volunteer cannot have sent more than it was asked for", () => {
  // Both have long been idle, the first for longer; it has done more, so the second is due.
  const idle = [candidate(0, { uploaded: 2e6 }), candidate(1, { uploaded: 1e6, reportedAt: 900 })];
  assert.is(choice(idle, { now: 1000 }), 1);
});

test("delays in the same grain are equal, and the least share decides", () => {
  // Queues of 9 s and 6 s; shares of 9 s and 106 s of the uplink.
  const candidates = [
    candidate(0, { pending: 9e6 }),
    candidate(1, { pending: 6e6, uploaded: 1e8 }),
  ];
  assert.is(choice(candidates, {}, { grain: 5 }), 0); // Both in [5, 10).
  assert.is(choice(candidates, {}, { grain: 4 }), 1); // 9 s is in [8, 12), 6 s in [4, 8).
});

test("idle volunteers are asked in proportion to their uplinks", () => {
  const slow = candidate(0, { uplink: 1e6, uploaded: 10e6 }); // 10 s of its uplink.
  const fast = candidate(1, { uplink: 4e6, uploaded: 36e6 }); // 9 s of its uplink.
  assert.is(choice([slow, fast]), 1);
  assert.is(choice([slow, { ...fast, redirected: 8e6, reportedAt: -9 }]), 0); // Now 11 s.
  assert.is(choice([slow, { ...fast, pending: 8e6, reportedAt: -9 }]), 0);
});

test("large files are kept away from a synchronisation, small ones are not", () => {
  // It spares 0.25 of 1 MB/s: 10 MB take 40 s instead of 10 s, 100 kB take 0.4 s instead of 0.1 s.
  const synchronising = candidate(0, { syncRate: 750e3, left: 1e9 });
  const worked = candidate(1, { uploaded: 1e9 });
  assert.is(choice([synchronising, worked], { size: 10e6 }), 1);
  assert.is(choice([synchronising, worked], { size: 100e3 }), 0);
});

test("a synchronisation ends when what was left is done", () => {
  // 75 MB at 750 kB/s last 100 s.
  const candidates = [
    candidate(0, { syncRate: 750e3, left: 75e6 }),
    candidate(1, { uploaded: 1e9 }),
  ];
  assert.is(choice(candidates, { size: 10e6, now: 99 }), 1);
  assert.is(choice(candidates, { size: 10e6, now: 100 }), 0);
});

test("while it synchronises, a volunteer sends with what that spares", () => {
  // In 40 s at 1 MB/s, 30 MB of them synchronised, 10 MB of the 21 MB were sent: 11 s to go.
  const afterwards = candidate(0, { syncRate: 750e3, left: 30e6, pending: 21e6 });
  const queue = (seconds: number) => candidate(1, { reportedAt: 40, pending: seconds * 1e6 });
  assert.is(choice([afterwards, queue(10)], { now: 40 }, { grain: 1 }), 1);
  assert.is(choice([afterwards, queue(12)], { now: 40 }, { grain: 1 }), 0);
});

test("deliveries are left the floor, however fast the synchronisation", () => {
  // 1 MB at 0.1 of 1 MB/s takes 10 s, 9 s more than on the idle uplink.
  const candidates = [candidate(0, { syncRate: 5e6, left: 1e12 }), candidate(1, { pending: 7e6 })];
  assert.is(choice(candidates, {}, { floor: 0.1, grain: 1 }), 1);
  assert.is(choice(candidates, {}, { floor: 0.2, grain: 1 }), 0); // 5 s, so 4 s more.
});

test("a small file passes a large one, since the uplink is shared equally", () => {
  // One transfer with 100 MB left against five with 1 MB each: a file of 1 MB waits for 1 MB beside
  // the first (it gets as much in the same time) and for 5 MB beside the five.
  const large = candidate(0, { transfers: 1, pending: 100e6 });
  const small = candidate(1, { transfers: 5, pending: 5e6 });
  assert.is(choice([large, small], { size: 1e6 }, { grain: 1 }), 0);
  // A file of 50 MB waits for 50 MB beside the first, and still for 5 MB beside the five.
  assert.is(choice([large, small], { size: 50e6 }, { grain: 1 }), 1);
  // A synchronisation that leaves half of the uplink makes both twice as long, and changes nothing.
  const synchronising = { syncRate: 500e3, left: 1e12 };
  const both = [
    { ...large, ...synchronising },
    { ...small, ...synchronising },
  ];
  assert.is(choice(both, { size: 1e6 }, { grain: 1 }), 0);
});

test("what is equal in delay and share is drawn", () => {
  const view = dispatchView([candidate(0), candidate(1)]);
  const { decide } = bind(trackerInformed);
  // The second of two equals takes over below 1/2.
  assert.equal(
    [0, 0.49, 0.5, 0.99].map((draw) => decide(view, replay([draw])).to),
    [1, 1, 0, 0],
  );
});

test.run();

/** A volunteer whose backlog, if it has one, is of many small transfers. */
function candidate(node: number, facts: Partial<Candidate> = {}): Candidate {
  return anyCandidate(node, { transfers: 1000, ...facts });
}

/** The index chosen where no draw is needed. */
function choice(
  candidates: readonly Candidate[],
  facts: Partial<DispatchView> = {},
  params: Readonly<Record<string, number>> = {},
): number {
  return bind(trackerInformed, params).decide(dispatchView(candidates, facts), replay([])).to;
}
