import { test } from "uvu";
import * as assert from "uvu/assert";
import { RecentDemand } from "./demand.ts";

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
  demand.review(86_400);
  // Of four a share 4/e is left, of two 2/e: the shares are 2/3 and 1/3.
  assert.ok(Math.abs(demand.of(5, 10).share - 1 / 3) < 1e-12);
  assert.equal(demand.review(20 * 86_400), []);
});

test.run();
