/** The worked example of README.md, step by step. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { FairLevels } from "./fair-levels.ts";
import { type LimitId, limitOfLink } from "./limit-table.ts";

const [A, B, C, D] = [0, 1, 2, 3].map(limitOfLink);
const [F1, F2, F3] = [0, 1, 2];

/** Links of 12, 3, 10 and 20 bytes/s. */
function linked(): FairLevels {
  const levels = new FairLevels();
  for (const [limit, capacity] of [
    [A, 12],
    [B, 3],
    [C, 10],
    [D, 20],
  ]) {
    levels.limits.ensure(limit);
    levels.uses.setCapacity(limit, capacity);
  }
  return levels;
}

function start(levels: FairLevels, flow: number, path: readonly LimitId[]): void {
  levels.ends.setOrder(flow, flow);
  levels.crossings.begin(flow, 1);
  for (const limit of path) levels.crossings.cross(flow, limit);
  levels.add(flow, 1000);
  assert.ok(levels.settle(100));
}

function started(): FairLevels {
  const levels = linked();
  start(levels, F1, [A, B]);
  start(levels, F2, [A, D]);
  start(levels, F3, [C, D]);
  return levels;
}

/** What may be given to the bundle that `holder` holds across `limit`, for each unit of weight. */
function allowance({ bundles }: FairLevels, holder: LimitId, limit: LimitId): number {
  return bundles.heaps.key(bundles.find(holder, limit));
}

test("each flow is held by the limit that gives it least, at that limit's level", () => {
  const { crossings, limits } = started();
  assert.equal(
    [F1, F2, F3].map((flow) => crossings.holder(flow)),
    [B, A, C],
  );
  assert.equal(
    [B, A, C].map((limit) => limits.level[limit]),
    [3, 9, 10],
  );
  assert.equal(
    [A, B, C, D].map((limit) => limits.watched[limit]),
    [1, 1, 1, 0],
  );
  assert.is(limits.fixed[A], 3);
});

test("a limit that holds nothing back gives its capacity out in allowances", () => {
  const levels = linked();
  start(levels, F1, [A, B]);
  assert.is(allowance(levels, B, A), 6);
  assert.is(levels.limits.reserve[A], 6);
  start(levels, F2, [A, D]);
  assert.is(allowance(levels, A, D), 10);
  assert.is(levels.limits.reserve[D], 10);
  start(levels, F3, [C, D]);
  assert.is(allowance(levels, C, D), 10);
  assert.is(levels.limits.reserve[D], 0);
});

test("beyond its allowance a bundle is taken over by the limit that it would exceed", () => {
  const levels = started();
  levels.remove(F1);
  assert.ok(levels.settle(100));
  const { crossings, limits, uses } = levels;
  assert.is(crossings.holder(F2), D);
  assert.is(crossings.holder(F3), C);
  assert.equal(
    [D, C].map((limit) => limits.level[limit]),
    [10, 10],
  );
  assert.is(limits.watched[D], 1);
  assert.equal(
    [A, B, C, D].map((limit) => uses.use(limit)),
    [10, 0, 10, 20],
  );
});

test("limits that move each other by rounding alone come to rest", () => {
  // Two links of 3 bytes/s; each holds one of the two flows that cross both, and one more flow.
  const [D, E] = [4, 5].map(limitOfLink);
  const levels = new FairLevels();
  const link = (limit: LimitId, capacity: number) => {
    levels.limits.ensure(limit);
    levels.uses.setCapacity(limit, capacity);
  };
  const add = (flow: number, path: readonly LimitId[]) => {
    levels.ends.setOrder(flow, flow);
    levels.crossings.begin(flow, 1);
    for (const limit of path) levels.crossings.cross(flow, limit);
    levels.add(flow, 1000);
  };
  for (const limit of [A, B]) link(limit, 3);
  link(C, 1);
  link(D, 1);
  // A hair less than 1: what is left of B for the two is as much more than what is left of A.
  link(E, 1 - 2 ** -51);
  add(0, [A]);
  add(1, [C, A]);
  add(2, [A, B]);
  assert.ok(levels.settle(100));
  add(3, [B]);
  add(4, [B]);
  assert.ok(levels.settle(100));
  levels.remove(1);
  levels.remove(4);
  add(5, [B, A]);
  assert.ok(levels.settle(100));
  assert.equal([levels.crossings.holder(2), levels.crossings.holder(5)], [A, B]);
  levels.remove(0);
  add(6, [D, A]);
  levels.remove(3);
  add(7, [E, B]);
  // By 2^-51 a round, A's level would have to fall for 1126 rounds before it is lower by 1e-12.
  assert.ok(levels.settle(1500));
  for (const limit of [A, B]) assert.ok(Math.abs(levels.limits.level[limit] - 1) < 1e-9);
});

test.run();
