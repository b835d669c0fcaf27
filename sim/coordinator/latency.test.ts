import { test } from "uvu";
import * as assert from "uvu/assert";
import { Latency } from "./latency.ts";

/** All that is told, after probes of so many seconds. */
function after(...probes: readonly number[]) {
  const latency = new Latency();
  for (const seconds of probes) latency.add(seconds);
  return factsOf(latency);
}

const factsOf = ({ samples, last, mean, deviation, median }: Latency) => ({
  ...{ samples, last, mean, deviation, median },
});

test("before the first probe nothing is known", () => {
  const nothing = { samples: 0, last: 0, mean: 0, deviation: 0, median: 0 };
  assert.equal(after(), nothing);
  const latency = new Latency();
  latency.load(latency.save());
  assert.equal(factsOf(latency), nothing);
});

test("latency is told by the mean, the deviation and the median of the probes", () => {
  assert.equal(after(0.5), { samples: 1, last: 0.5, mean: 0.5, deviation: 0, median: 0.5 });
  // 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5 and squares of differences of 32 in all.
  const probes = [9, 2, 5, 4, 4, 7, 4, 5];
  assert.equal(after(...probes), { samples: 8, last: 5, mean: 5, deviation: 2, median: 5 });
  assert.is(after(3, 1, 2).median, 2);
  assert.is(after(10, 9).median, 10);
});

test("the last sixteen probes count", () => {
  const probes = Array.from({ length: 16 }, (_, n) => n);
  assert.equal(after(100, 200, ...probes), after(...probes));
  assert.is(after(100, 200, ...probes).samples, 16);
  assert.is(after(100, ...probes.slice(1)).mean, (100 + 120) / 16);
});

test("what is saved tells the same elsewhere", () => {
  const here = new Latency();
  for (const seconds of [3, 1, 2]) here.add(seconds);
  const there = new Latency();
  there.add(9);
  there.load(here.save());
  assert.equal(factsOf(there), factsOf(here));
  there.add(4);
  assert.is(here.samples, 3);
  assert.is(there.mean, 2.5);
});

test.run();
