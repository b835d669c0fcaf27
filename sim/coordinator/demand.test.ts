import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { NO_DEMAND } from "../policies/index.ts";
import { RecentDemand } from "./demand.ts";

const DAY = 86_400;

/** Demand for these files, one request each. */
function demandFor(...files: readonly number[]): RecentDemand {
  const demand = new RecentDemand();
  for (const file of files) demand.add(file, false);
  return demand;
}

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, not ${expected}`);

test("demand is forgotten, ranked, and told as shares", () => {
  const demand = new RecentDemand();
  for (const file of [3, 3, 3, 3, 5]) demand.add(file, file === 5);
  assert.equal(demand.review(0), [3, 5]);
  assert.equal(demand.of(3, 10), {
    files: 10,
    rank: 0,
    share: 0.8,
    rootSum: Math.sqrt(0.8) + Math.sqrt(0.2),
    misses: 0,
  });
  assert.equal(demand.of(5, 10).misses, 1);
  assert.is(demand.of(7, 10).share, 0);
  assert.is(demand.of(7, 10).rank, 2);
  demand.add(5, false);
  demand.review(DAY);
  // Of four a share 4/e is left, of two 2/e: the shares are 2/3 and 1/3.
  near(demand.of(5, 10).share, 1 / 3);
  near(demand.of(5, 10).misses, 1 / Math.E);
  assert.equal(demand.review(20 * DAY), []);
});

test("before the first review, and when all is forgotten, there is no demand", () => {
  const demand = demandFor(3);
  assert.equal(demand.of(3, 10), { ...NO_DEMAND, files: 10 });
  demand.review(0);
  assert.is(demand.of(3, 10).share, 1);
  demand.review(5 * DAY); // e^-5 is below a hundredth.
  assert.equal(demand.of(3, 10), { ...NO_DEMAND, files: 10 });
});

test("files are ranked by their requests, equal ones by their numbers", () => {
  const demand = demandFor(9, 2, 7, 7, 4, 4, 1, 1, 1);
  assert.equal(demand.review(0), [1, 2, 4, 7, 9]); // By number.
  assert.equal(
    [1, 4, 7, 2, 9].map((file) => demand.of(file, 10).rank),
    [0, 1, 2, 3, 4],
  );
  near(demand.of(1, 10).rootSum, Math.sqrt(3 / 9) + 2 * Math.sqrt(2 / 9) + 2 * Math.sqrt(1 / 9));
});

test("a file that was never asked for is behind all others, whatever its number", () => {
  const demand = demandFor(1, 2, 2);
  demand.review(0);
  for (const file of [0, 63, 64, 1000]) {
    assert.equal(demand.of(file, 2000), {
      ...{ files: 2000, rank: 2, share: 0, misses: 0 },
      rootSum: Math.sqrt(2 / 3) + Math.sqrt(1 / 3),
    });
  }
});

test("less than a hundredth of a request is none", () => {
  const demand = demandFor(3, 3, 4);
  demand.review(0);
  const left = 4.9 * DAY; // e^-4.9 is 0.0074.
  assert.equal(demand.review(left), [3]);
  assert.is(demand.of(3, 10).share, 1);
  assert.is(demand.of(4, 10).rank, 1);
});

test("there is room for any file, which takes 16 bytes", () => {
  const demand = new RecentDemand();
  assert.is(demand.bytes, 64 * 16);
  demand.add(1000, true);
  assert.is(demand.bytes, 1001 * 16);
  demand.add(5, false);
  assert.equal(demand.review(0), [5, 1000]);
  assert.is(demand.of(1000, 2000).misses, 1);
});

test("what is saved depends on the requests and not on the room, and goes on elsewhere as here", () => {
  const here = demandFor(3, 3, 70, 5);
  here.add(3, true);
  here.review(1000);
  here.add(5, false);
  const there = demandFor(200);
  there.load(here.save());
  same(there.save(), here.save());
  assert.equal(there.of(5, 10), here.of(5, 10));
  assert.equal(here.save().asked.length, 71);
  assert.equal(here.save().missed.length, 4);
  for (const demand of [here, there]) {
    demand.add(100, true);
    assert.equal(demand.review(50_000), [3, 5, 70, 100]);
  }
  same(there.save(), here.save());
  const none = new RecentDemand();
  none.load(new RecentDemand().save());
  none.add(3, false);
  assert.equal(none.review(0), [3]);
  assert.is(none.bytes, 64 * 16);
});

test.run();
