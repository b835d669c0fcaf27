import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Job, leastCost } from "./least-cost.ts";
import type { Prices } from "./prices.ts";

const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-6 * Math.max(1, expected), `${found}, not ${expected}`);

/** The server, and others at 2 bytes/s, in bins of 5 s from 0 on. */
function prices(others: readonly number[] = [], fresh: readonly number[] = [], share = 0): Prices {
  const bins = Math.max(others.length, fresh.length);
  const filled = (of: readonly number[]) =>
    Float64Array.from({ length: bins }, (_, i) => of[i] ?? 0);
  return {
    ...{ start: 0, width: 5, bins, share },
    any: [filled([]), filled(others)],
    fresh: [filled([]), filled(fresh)],
  };
}

/** 10 bytes from time 0 on at 2 bytes/s, each dearer by a tenth of a second for each second. */
const job: Job = {
  ...{ arrival: 0, horizon: 100, bytes: 10, isNew: false, streams: 1 },
  ...{ rates: [1, 2], costs: [50, 0], delay: 0.1 },
};

test("without prices bytes go as fast as they can, and cost their mean time", () => {
  near(leastCost(job, prices(), 100), 2.5); // All gone after 5 s.
  near(leastCost({ ...job, streams: 2 }, prices(), 100), 1.25);
  near(leastCost({ ...job, costs: [50, 1] }, prices(), 100), 12.5);
});

test("a byte waits for a cheaper bin if that costs less than it saves", () => {
  // The first 5 s cost 2 more a byte, the delay 0.5: all wait, and then take 5 s.
  near(leastCost(job, prices([2]), 100), 10 * 0.5 + 2.5);
  // At 0.3 more a byte those of the bin's last 1.5 s wait: up to 3.5 s a byte costs no more than 0.65,
  // as it does from 5 to 6.5 s. In the mean they cost 0.475 and 0.575.
  near(leastCost(job, prices([0.3]), 100), 7 * 0.475 + 3 * 0.575);
});

test("only new bytes pay what new ones cost", () => {
  near(leastCost(job, prices([], [2]), 100), 2.5);
  near(leastCost({ ...job, isNew: true }, prices([], [2]), 100), 7.5);
});

test("the server's bytes cost its share", () => {
  const free = { ...job, costs: [0, 50], rates: [2, 1] };
  near(leastCost(free, prices(), 100), 2.5);
  near(leastCost(free, prices([], [], 3), 100), 32.5);
});

test("the bound ends at what is enough, and where the horizon is too short", () => {
  assert.is(leastCost(job, prices(), 2), 2);
  assert.is(leastCost({ ...job, horizon: 4 }, prices(), 100), 100);
  assert.is(leastCost({ ...job, bytes: 0 }, prices(), 100), 0);
});

test("bytes that come late pay no prices of bins that are over, and none beyond the last", () => {
  near(leastCost({ ...job, arrival: 5 }, prices([9]), 100), 2.5);
  near(leastCost({ ...job, arrival: -5 }, prices([9]), 100), 2.5);
});

test.run();
