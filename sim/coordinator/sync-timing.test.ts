import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Bound, SERVER, type Sync, type SyncView } from "../policies/index.ts";
import { Actions } from "./actions.ts";
import { type BindSync, type SyncLook, SyncTiming } from "./sync-timing.ts";

const NEVER = Number.POSITIVE_INFINITY;

const LOOK: SyncLook = {
  ...{ pendingFiles: 2, pendingBytes: 300, releasedAt: 5, capacity: 1e6, delivering: 0 },
};

/** A policy that says so, what it was shown, and what it remembers: what it is told to. */
function saying(say: (view: SyncView) => Partial<Sync>) {
  const views: SyncView[] = [];
  const bound = (): Bound<SyncView, Sync, never> => {
    let memory: unknown;
    return {
      ...{ name: "saying", remembers: true },
      decide(view, random) {
        assert.is(random(), 0);
        views.push(view);
        return { at: 0, rate: NEVER, from: SERVER, reason: "so", ...say(view) };
      },
      observe() {},
      get memory() {
        return memory;
      },
      recall(saved) {
        memory = saved;
      },
    };
  };
  return { bound, views };
}

/** The timing of so many volunteers, and who is to synchronise. */
function timingOf(count: number, bind: BindSync) {
  const actions = new Actions();
  const timing = new SyncTiming(bind, actions);
  for (let volunteer = 0; volunteer < count; volunteer++) timing.register(volunteer);
  const tick = (now: number): [volunteer: number, from: number][] => {
    timing.tick(now);
    const all: [number, number][] = [];
    actions.take((kind, volunteer, from) => {
      assert.is(kind, "synchronise");
      all.push([volunteer, from]);
    });
    return all;
  };
  return { timing, tick };
}

test("who has not asked is never told to synchronise", () => {
  for (const bind of [null, saying(() => ({})).bound]) {
    const { timing, tick } = timingOf(2, bind);
    assert.is(timing.next, NEVER);
    assert.equal(tick(1e9), []);
  }
});

test("the policy sees what the volunteer tells of itself, the time of day, and when it began last", () => {
  const { bound, views } = saying(() => ({}));
  const { timing } = timingOf(2, bound);
  timing.plan(1, LOOK, 2 * 86_400 + 7, 0);
  timing.began(1, 86_400);
  timing.pace(1, { ...LOOK, delivering: 9 }, 3 * 86_400 - 1);
  timing.plan(0, LOOK, 3, 0);
  assert.equal(views, [
    { node: 1, now: 172_807, timeOfDay: 7, lastSync: Number.NEGATIVE_INFINITY, ...LOOK },
    { node: 1, now: 259_199, timeOfDay: 86_399, lastSync: 86_400, ...LOOK, delivering: 9 },
    { node: 0, now: 3, timeOfDay: 3, lastSync: Number.NEGATIVE_INFINITY, ...LOOK },
  ]);
});

test("a volunteer is told to synchronise once, when the policy says and from where", () => {
  const { timing, tick } = timingOf(2, saying(({ node }) => ({ at: 50, from: 1 - node })).bound);
  timing.plan(0, LOOK, 10, 0);
  assert.is(timing.next, 50);
  assert.equal(tick(49), []);
  assert.equal(tick(50), [[0, 1]]);
  assert.is(timing.next, NEVER);
  assert.equal(tick(1000), []);
});

test("nobody is told before it asked, nor before it can, and not at all if the policy says never", () => {
  const { timing, tick } = timingOf(3, saying(({ node }) => ({ at: [5, 5, NEVER][node] })).bound);
  timing.plan(0, LOOK, 10, 0);
  timing.plan(1, LOOK, 10, 30);
  timing.plan(2, LOOK, 10, 30);
  assert.is(timing.next, 10);
  assert.equal(tick(10), [[0, SERVER]]);
  assert.is(timing.next, 30);
  assert.equal(tick(30), [[1, SERVER]]);
  assert.is(timing.next, NEVER);
});

test("the latest answer counts", () => {
  let at = 50;
  const { timing, tick } = timingOf(1, saying(() => ({ at })).bound);
  timing.plan(0, LOOK, 0, 0);
  at = 70;
  timing.plan(0, LOOK, 0, 0);
  assert.is(timing.next, 70);
  assert.equal(tick(69), []);
  at = 60;
  timing.plan(0, LOOK, 0, 0);
  assert.is(timing.next, 60);
  at = NEVER;
  timing.plan(0, LOOK, 0, 0);
  assert.is(timing.next, NEVER);
  assert.equal(tick(1000), []);
});

test("several that are due are told in the order of their numbers, the others later", () => {
  const times = [30, 20, 40, 30];
  const { timing, tick } = timingOf(4, saying(({ node }) => ({ at: times[node] })).bound);
  for (const volunteer of times.keys()) timing.plan(volunteer, LOOK, 0, 0);
  assert.is(timing.next, 20);
  assert.equal(tick(35), [
    [0, SERVER],
    [1, SERVER],
    [3, SERVER],
  ]);
  assert.is(timing.next, 40);
  times[2] = 60;
  times[0] = 50;
  timing.plan(0, LOOK, 35, 0);
  timing.plan(2, LOOK, 35, 0); // Was the next.
  assert.is(timing.next, 50);
});

test("who is synchronising may as fast as the policy says, which changes no time", () => {
  const { timing } = timingOf(1, saying(() => ({ at: 7, rate: 1234 })).bound);
  assert.is(timing.pace(0, LOOK, 5), 1234);
  assert.is(timing.next, NEVER);
});

test("who registers anew keeps its time, where from, its last one and its policy", () => {
  const { bound, views } = saying(() => ({ at: 50, from: 3 }));
  let policies = 0;
  const { timing, tick } = timingOf(1, () => {
    policies++;
    return bound();
  });
  timing.began(0, 4);
  timing.plan(0, LOOK, 10, 0);
  timing.register(0);
  assert.is(policies, 1);
  assert.equal(tick(50), [[0, 3]]);
  timing.pace(0, LOOK, 60);
  assert.is(views.at(-1)?.lastSync, 4);
});

test("what is saved goes on elsewhere as here", () => {
  const times = [30, 20, NEVER];
  const { bound, views } = saying(({ node }) => ({ at: times[node], from: node + 5 }));
  const here = timingOf(3, bound);
  for (const volunteer of times.keys()) here.timing.plan(volunteer, LOOK, 0, 0);
  here.timing.began(2, 9);
  const there = timingOf(3, bound);
  there.timing.load({ ...here.timing.save(), memories: [null, "kept", null] });
  assert.equal(there.timing.save().memories, [null, "kept", null]);
  assert.equal(here.timing.save().memories, [null, null, null]);
  assert.is(there.timing.next, 20);
  for (const now of [20, 30]) assert.equal(there.tick(now), here.tick(now));
  same(there.timing.save().due, here.timing.save().due);
  there.timing.pace(2, LOOK, 40);
  assert.is(views.at(-1)?.lastSync, 9);
  const none = timingOf(2, null);
  none.timing.load(none.timing.save());
  assert.is(none.timing.next, NEVER);
});

test.run();
