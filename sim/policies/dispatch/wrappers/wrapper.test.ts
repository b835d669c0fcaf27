import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, type DispatchPolicy, policies, policyNamed } from "../../index.ts";
import { candidate, client, dispatchView, known, redirected, replay } from "../../testing.ts";
import { type Candidate, type DispatchView, SERVER } from "../dispatch.ts";
import { NO_HOLDER } from "../helpers/holders.ts";
import { isWithin, shares } from "../testing.ts";

test("the name composes wrappers, the first outermost, and all params are in one mapping", () => {
  const policy = named("sticky+small-at-server+power-of-d");
  assert.is(policy.name, "sticky+small-at-server+power-of-d");
  assert.equal(Object.keys(policy.params).sort(), [
    ...["choices", "own", "smallAtServerSize", "stickyFor"],
  ]);
  const differing = named("slow-start+fresh+prequal").differs ?? "";
  assert.match(differing, /^before policies that draw.*; volunteers are probed by the clock/);
  assert.is("differs" in policy, false);
  assert.throws(() => named("stick+random"), /^unknown policy: stick; known: sticky, slow-start/);
  assert.throws(() => named("sticky+chance"), /^unknown policy: chance; known: origin-only/);
});

test("a wrapper leaves the memory of the policy inside alone", () => {
  const { decide, observe } = bind(named("sticky+round-robin"));
  observe(redirected(0));
  assert.equal(decide(view([candidate(0), candidate(1)]), replay([])).to, 1);
});

test("an index among those left is turned into one among all", () => {
  const late = { reportedAt: -5000 };
  const all = [candidate(3, late), candidate(4), candidate(5, late), candidate(6)];
  // Of the two fresh ones, the second has the upper half of the draw; they are at 1 and 3.
  const draws = [0.49, 0.51].map((draw) => decide("fresh+random", all, {}, [draw]).to);
  assert.equal(draws, [1, 3]);
  assert.equal(decide("fresh+random", [candidate(3, late)], {}, [0.5]), NO_HOLDER);
});

test("sticky: a customer stays for a while, if its volunteer holds what it asks for", () => {
  const all = [candidate(3), candidate(4), candidate(5, { belief: "stale" })];
  const after = (now: number, lastNode: number) =>
    decide("sticky+random", all, { now, client: client({ lastNode, lastAt: 50 }) }, [0.1]);
  assert.equal(after(650, 4), { to: 1, reason: "same volunteer again" });
  assert.is(after(651, 4).to, 0);
  assert.is(after(650, 5).to, 0);
  assert.is(after(650, 9).to, 0);
  assert.is(decide("sticky+random", all, {}, [0.1]).to, 0); // It was never sent anywhere.
});

test("slow start: a newcomer is drawn by its part of the window", () => {
  const all = [known(0, { joinedAt: 0 }), known(1, {})];
  // At 150 s of 600 s its weight is 0.25 of 1.25: below 0.2 the limit is drawn up to 0.25, and both are
  // candidates; from there on it is drawn up to 1.
  const at = (now: number, draws: readonly number[]) =>
    decide("slow-start+random", all, { now }, draws).to;
  assert.is(at(150, [0.19, 0.99, 0.49]), 0);
  assert.is(at(150, [0.21, 0.26, 0.49]), 1);
  assert.is(at(150, [0.21, 0.24, 0.49]), 0);
  assert.is(at(1, [0.08, 0.99, 0.49]), 0); // At least a tenth, of 1.1.
  assert.is(at(1, [0.1, 0.11, 0.49]), 1);
  assert.is(at(600, [0.49]), 0);
  assert.is(decide("slow-start+random", all.slice(0, 1), { now: 1 }, [0.9, 0.9, 0.5]).to, 0);
});

test("slow start: the aggression is the root taken of that part", () => {
  const { decide } = bind(named("slow-start+random"), { slowStartAggression: 2 });
  const all = view([known(0, { joinedAt: 0 }), known(1, {})], { now: 150 });
  assert.is(decide(all, replay([0.9, 0.49, 0.49])).to, 0); // √0.25.
  assert.is(decide(all, replay([0.9, 0.51, 0.49])).to, 1);
});

test("slow start: several newcomers and weights have their scaled shares", () => {
  // 100 · 0.25, 200 · 0.5, 100 and 300 of 525.
  const all = [
    ...[known(0, { joinedAt: -150 }), known(1, { joinedAt: -300, weight: 200 })],
    ...[known(2, {}), known(3, { weight: 300 })],
  ];
  const expected = [25, 100, 100, 300].map((weight) => weight / 525);
  assert.ok(
    isWithin(shares(bind(named("slow-start+weighted")), view(all), 50_000), expected, 50_000),
  );
});

test("slow start: newcomers without a copy, or without a weight, change nothing", () => {
  const stale = { ...known(0, { joinedAt: 0 }), belief: "stale" } as const;
  assert.is(decide("slow-start+random", [stale, known(1, {})], { now: 1 }, [0.5]).to, 1);
  const weightless = known(0, { joinedAt: 0, weight: 0 });
  assert.is(decide("slow-start+random", [weightless], { now: 1 }, [0.5, 0.5]).to, 0);
});

test("outlier ejection: five failures in a row cost 30 s, ten 60 s, many 300 s", () => {
  const at = (now: number, failures: number) => {
    const all = [known(0, { failures, failedAt: 1000 }), ...steady(9)];
    return decide("outlier-ejection+random", all, { now: 1000 + now }, [0.05]).to;
  };
  assert.equal([at(0, 4), at(0, 5), at(29, 5), at(30, 5)], [0, 1, 1, 0]);
  assert.equal([at(29, 9), at(30, 9)], [1, 0]);
  assert.equal([at(59, 10), at(60, 10), at(299, 500), at(300, 500)], [1, 0, 1, 0]);
});

test("outlier ejection: a tenth of all is out at most, those that failed first", () => {
  const left = (failedAt: readonly number[], all: number, params: object = {}) => {
    const bad = failedAt.map((at, node) => known(node, { failures: 5, failedAt: at }));
    const some = view([...bad, ...steady(all - bad.length, bad.length)], { now: 9 });
    const { decide } = bind(named("outlier-ejection+random"), { ...params });
    const taken = new Set(
      Array.from({ length: 200 }, (_, k) => decide(some, replay([k / 200])).to),
    );
    return bad.map((_, node) => taken.has(node));
  };
  assert.equal(left([5, 3, 4], 10), [true, false, true]);
  assert.equal(left([5, 3, 4], 20), [true, false, false]);
  assert.equal(left([3, 3, 3], 20), [false, false, true]); // Of equals the first.
  assert.equal(left([3, 3, 2], 29), [false, true, false]); // Two are no more than a tenth of 29.
  assert.equal(left([5], 9), [true]);
  assert.equal(left([5, 3, 4], 10, { outlierShare: 1 }), [false, false, false]);
  assert.equal(left([5, 3, 4], 10, { outlierShare: 0, outlierPanic: 0 }), [true, true, true]);
  // 0.29 · 100 is less than 29 in floating point.
  const many = Array.from({ length: 30 }, (_, node) => node / 30);
  assert.is(left(many, 100, { outlierShare: 0.29 }).indexOf(true), 29);
});

test("outlier ejection: where fewer than half are left, all are used", () => {
  const { decide } = bind(named("outlier-ejection+random"), { outlierShare: 1 });
  const bad = (node: number) => known(node, { failures: 5, failedAt: 0 });
  const choice = (all: readonly Candidate[]) => decide(view(all), replay([0])).to;
  assert.is(choice([bad(0), known(1, {})]), 1);
  assert.is(choice([bad(0), bad(1), known(2, {})]), 0);
});

test("small at server: up to the size, the server delivers itself", () => {
  const at = (size: number) => decide("small-at-server+random", [candidate(0)], { size }, [0.5]);
  assert.equal(at(4096), { to: SERVER, reason: "small file" });
  assert.is(at(4097).to, 0);
});

test("fresh: who announced long ago or was not done synchronising is left out", () => {
  const choice = (facts: Partial<Candidate>) =>
    decide("fresh+random", [candidate(0, facts)], {}, [0.5]).to;
  assert.is(choice({ reportedAt: -1860 }), 0);
  assert.is(choice({ reportedAt: -1861 }), SERVER);
  assert.is(choice({ left: 1 }), SERVER);
});

test("admission: who is full is left out, and the server takes the rest until it is full too", () => {
  const full = [candidate(0, { transfers: 200 }), candidate(1, { transfers: 199 })];
  const at = (all: readonly Candidate[], sending: number, draws: readonly number[]) =>
    decide("admission+random", all, { server: { uplink: 1e7, sending } }, draws);
  assert.is(at(full, 9999, [0.1]).to, 1);
  assert.equal(at(full.slice(0, 1), 1999, [0.1]), NO_HOLDER);
  assert.equal(at(full.slice(0, 1), 2000, [0.1, 0.5]), {
    ...{ to: SERVER, reason: "come back later", retryAfter: 45 }, // 30 s · 1.5.
  });
});

test.run();

function named(name: string): DispatchPolicy {
  return policyNamed<DispatchPolicy>(policies.dispatch, name);
}

/** So many volunteers that never failed, numbered from `first` on. */
function steady(number: number, first = 1): Candidate[] {
  return Array.from({ length: number }, (_, index) => known(first + index, {}));
}

function view(all: readonly Candidate[], facts: Partial<DispatchView> = {}): DispatchView {
  return dispatchView(all, facts);
}

function decide(
  name: string,
  all: readonly Candidate[],
  facts: Partial<DispatchView>,
  draws: readonly number[],
) {
  return bind(named(name)).decide(view(all, facts), replay(draws));
}
