import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import type { Candidate, DispatchView } from "../dispatch.ts";
import { trackerInformed } from "./tracker-informed.ts";

test("the volunteer with the least ahead of the file for its rate is taken", () => {
  // 6 MB at 1 MB/s delay the file by 6 s, 10 MB at 4 MB/s by 2.5 s.
  const near = candidate(0, { ahead: 6e6 });
  const fast = candidate(1, { ahead: 10e6, uplink: 4e6, rate: 4e6, given: 1e9 });
  assert.is(choice([near, fast]), 1);
});

test("what counts is the rate that it has shown, not its claim", () => {
  // Half of the file's size at a quarter of the claimed rate: 2 s of delay in place of 0.5 s.
  const boaster = candidate(0, { ahead: 0.5e6, rate: 0.25e6 });
  assert.is(choice([boaster, candidate(1, { ahead: 1e6 })], {}, { grain: 1 }), 1);
});

test("delays in the same grain are equal, and the least share decides", () => {
  // Delays of 9 s and 6 s; the second was given 100 s of its rate.
  const candidates = [candidate(0, { ahead: 9e6 }), candidate(1, { ahead: 6e6, given: 1e8 })];
  assert.is(choice(candidates, {}, { grain: 5 }), 0); // Both in [5, 10).
  assert.is(choice(candidates, {}, { grain: 4 }), 1); // 9 s is in [8, 12), 6 s in [4, 8).
});

test("idle volunteers are asked in proportion to their rates", () => {
  const slow = candidate(0, { given: 10e6 }); // 10 s of its rate.
  const fast = candidate(1, { uplink: 4e6, rate: 4e6, given: 36e6 }); // 9 s of its rate.
  assert.is(choice([slow, fast]), 1);
  assert.is(choice([slow, { ...fast, given: 44e6 }]), 0); // Now 11 s.
});

test("a slow volunteer that is idle is as welcome as a fast one", () => {
  const slow = candidate(0, { uplink: 1e5, rate: 1e5 });
  assert.is(choice([slow, candidate(1, { given: 1 })], { size: 1e9 }), 0);
});

test("a synchronisation counts as far as the line that both share has no room besides", () => {
  // It leaves 0.25 of 1 MB/s: 10 MB take 40 s instead of 10 s.
  const synchronising = { syncRate: 750e3, left: 1e9 };
  const worked = candidate(1, { given: 1e9 });
  const choose = (shared: number) =>
    choice([candidate(0, { ...synchronising, shared }), worked], { size: 10e6 });
  assert.is(choose(1e6), 1);
  assert.is(choose(1.75e6), 0); // 1 MB/s is left, which is all that the uplink carries.
  assert.is(choose(Number.POSITIVE_INFINITY), 0);
});

test("small files are not kept away from a synchronisation", () => {
  // 100 kB take 0.4 s instead of 0.1 s.
  const synchronising = candidate(0, { syncRate: 750e3, left: 1e9, shared: 1e6 });
  assert.is(choice([synchronising, candidate(1, { given: 1e9 })], { size: 100e3 }), 0);
});

test("a synchronisation ends when what was left is done", () => {
  // 75 MB at 750 kB/s last 100 s.
  const candidates = [
    candidate(0, { syncRate: 750e3, left: 75e6, shared: 1e6 }),
    candidate(1, { given: 1e9 }),
  ];
  assert.is(choice(candidates, { size: 10e6, now: 99 }), 1);
  assert.is(choice(candidates, { size: 10e6, now: 100 }), 0);
});

test("a line narrower than the uplink limits a volunteer that does not synchronise, too", () => {
  // 10 MB at 0.5 MB/s take 10 s more than at the 1 MB/s that it has shown.
  const narrow = candidate(0, { shared: 0.5e6 });
  assert.is(choice([narrow, candidate(1, { ahead: 5e6 })], { size: 10e6 }), 1);
  assert.is(choice([narrow, candidate(1, { ahead: 15e6 })], { size: 10e6 }), 0);
});

test("deliveries are left the floor, however fast the synchronisation", () => {
  // 1 MB at 0.1 of 1 MB/s takes 10 s, 9 s more than alone.
  const candidates = [
    candidate(0, { syncRate: 5e6, left: 1e12, shared: 1e6 }),
    candidate(1, { ahead: 7e6 }),
  ];
  assert.is(choice(candidates, {}, { floor: 0.1, grain: 1 }), 1);
  assert.is(choice(candidates, {}, { floor: 0.2, grain: 1 }), 0); // 5 s, so 4 s more.
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

/** The index chosen where no draw is needed. */
function choice(
  candidates: readonly Candidate[],
  facts: Partial<DispatchView> = {},
  params: Readonly<Record<string, number>> = {},
): number {
  return bind(trackerInformed, params).decide(dispatchView(candidates, facts), replay([])).to;
}
