import { test } from "uvu";
import * as assert from "uvu/assert";
import { Latency } from "./latency.ts";

/** Answers after so many seconds, each of a volunteer that was sending one download, or so many. */
type Probe = number | readonly [seconds: number, transfers: number];

/** What is told after probes that were answered at 1, 2 and so on. */
function after(...probes: readonly Probe[]) {
  const latency = new Latency();
  for (const [index, probe] of probes.entries()) {
    const [seconds, transfers] = typeof probe === "number" ? [probe, 1] : probe;
    latency.add(seconds, transfers, index + 1);
  }
  return latency;
}

const factsOf = ({
  samples,
  last,
  mean,
  deviation,
  median,
  at,
  transfers,
  redirects,
}: Latency) => ({
  ...{ samples, last, mean, deviation, median, at, transfers, redirects },
});

test("before the first probe nothing is known", () => {
  const nothing = {
    ...{ samples: 0, last: 0, mean: 0, deviation: 0, median: 0 },
    ...{ at: Number.NEGATIVE_INFINITY, transfers: 0, redirects: 0 },
  };
  assert.equal(factsOf(after()), nothing);
  const latency = new Latency();
  latency.load(latency.save());
  assert.equal(factsOf(latency), nothing);
});

test("mean and deviation are of the probes before the last", () => {
  assert.equal(factsOf(after(0.5)), {
    ...{ samples: 1, last: 0.5, mean: 0, deviation: 0, median: 0.5 },
    ...{ at: 1, transfers: 1, redirects: 0 },
  });
  // 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5 and squares of differences of 32 in all.
  const { samples, last, mean, deviation } = after(9, 2, 5, 4, 4, 7, 4, 5, 1000);
  assert.equal([samples, last, mean, deviation], [9, 1000, 5, 2]);
});

test("the last two thousand probes count", () => {
  const probes = Array.from({ length: 2000 }, (_, n) => n);
  const latency = after(1e6, 1e6, ...probes);
  assert.is(latency.samples, 2000);
  assert.is(latency.mean, (1998 * 1999) / 2 / 1999);
  assert.is(after(1e6, ...probes.slice(1)).mean, (1e6 + (1998 * 1999) / 2) / 1999);
});

test("the median is of sixteen probes, of volunteers that sent most nearly as many downloads", () => {
  assert.is(after(3, 1, 2).median, 2);
  assert.is(after(10, 9).median, 10);
  // The newest of those at 4: of sixteen, the ninth in order.
  const same = Array.from({ length: 20 }, (_, n): Probe => [n, 4]);
  assert.is(after(...same).median, 12);
  // Fifteen at 4, then the newer of the two at 3 and 5.
  const few = same.slice(0, 15);
  assert.is(after([90, 1], [-1, 3], [99, 5], ...few).median, 8); // 0 to 14 and 99.
  assert.is(after([90, 1], [99, 5], [-1, 3], ...few).median, 7); // −1 to 14.
  assert.is(after(...few, [50, 9]).median, 8); // There is no other at 9.
  // Older ones come before newer ones that are less alike: 1 to 15 at 4, and the last.
  const busy = Array.from({ length: 20 }, (): Probe => [100, 9]);
  assert.is(after(...same.slice(0, 16), ...busy, [7, 4]).median, 8);
});

test("what is added after a look is told at the next", () => {
  const latency = after(1, 2);
  assert.is(latency.mean, 1);
  latency.add(3, 2, 7);
  assert.equal([latency.mean, latency.median, latency.transfers, latency.at], [1.5, 2, 2, 7]);
});

test("who is sent here is counted from one probe to the next", () => {
  const latency = after(1);
  latency.redirects += 2;
  assert.is(latency.redirects, 2);
  latency.add(1, 1, 5);
  assert.is(latency.redirects, 0);
});

test("what is saved tells the same elsewhere, and goes on there as here", () => {
  const here = after(3, [1, 5], [2, 4]);
  here.redirects = 6;
  const there = after(9);
  assert.is(there.median, 9);
  there.load(here.save());
  assert.equal(factsOf(there), factsOf(here));
  assert.equal(there.save(), here.save());
  there.add(4, 4, 9);
  assert.equal([here.samples, there.samples, there.mean], [3, 4, 2]);
});

test("of what was saved before, the seconds are known alone", () => {
  const latency = after(9);
  latency.load([3, 1, 2]);
  assert.equal(factsOf(latency), {
    ...{ samples: 3, last: 2, mean: 2, deviation: 1, median: 2 },
    ...{ at: Number.NEGATIVE_INFINITY, transfers: 0, redirects: 0 },
  });
  assert.equal(latency.save().transfers, [0, 0, 0]);
});

test.run();
