import { test } from "uvu";
import * as assert from "uvu/assert";
import { exponential, streams } from "../../../engine/random.ts";
import { weeklyRhythm } from "../../rhythm.ts";
import { rhythmOf } from "../rhythm.ts";
import type { Series } from "../series.ts";
import { coarser } from "../testing.ts";
import { findCrowds } from "./find-crowds.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const WIDTH = 600;
const BASE = 60; // Counts a bin.

interface Planted {
  /** Seconds. */
  readonly at: number;
  /** Peak as a multiple of the base. */
  readonly times: number;
  readonly halfLife: number;
}

/** Poisson counts over ten days in a daily and weekly rhythm, with crowds that decay exponentially. */
function series(planted: readonly Planted[], { seed = 1, days = 10, base = BASE } = {}): Series {
  const random = streams(seed)("test/counts");
  const rhythm = weeklyRhythm("monday");
  const values = Float64Array.from({ length: (days * DAY) / WIDTH }, (_, bin) => {
    const time = (bin + 0.5) * WIDTH;
    const crowds = planted
      .filter(({ at }) => time > at)
      .map(({ at, times, halfLife }) => (times - 1) * 2 ** (-(time - at) / halfLife));
    const level = base * (1 + crowds.reduce((sum, each) => sum + each, 0));
    return poisson(level * rhythm.factor(time), random);
  });
  return { start: 0, width: WIDTH, values };
}

function poisson(mean: number, random: () => number): number {
  let count = -1;
  for (let sum = 0; sum < mean; sum += exponential(random, 1)) count++;
  return Math.max(0, count);
}

/** The crowds found, with the rhythm that a profile would use. */
function found(counts: Series) {
  const { hours } = rhythmOf(coarser(counts.values, HOUR / counts.width), null);
  return findCrowds(counts, (time) => hours[Math.floor(time / HOUR) % 24]);
}

test("ten days of rhythm alone hold no crowd, whatever the chance", () => {
  for (let seed = 1; seed <= 20; seed++) assert.equal(found(series([], { seed })), [], `${seed}`);
});

test("nor do three days, nor two months", () => {
  assert.equal(found(series([], { days: 3 })), []);
  assert.equal(found(series([], { days: 60 })), []);
});

for (const crowd of [
  { at: 3.4 * DAY, times: 4, halfLife: 10 * HOUR },
  { at: 2.7 * DAY, times: 8, halfLife: 3 * HOUR },
  { at: 6.1 * DAY, times: 20, halfLife: HOUR },
  { at: 4.5 * DAY, times: 3, halfLife: 2 * HOUR },
]) {
  test(`a crowd of ${crowd.times} times the base that halves in ${crowd.halfLife / HOUR} h is found`, () => {
    for (let seed = 1; seed <= 5; seed++) {
      const crowds = found(series([crowd], { seed }));
      assert.is(crowds.length, 1, JSON.stringify(crowds));
      const [{ start, peak, peakOverBase, halfLife }] = crowds;
      assert.ok(Math.abs(start - crowd.at) <= 2 * WIDTH, `start ${start - crowd.at}`);
      assert.ok(Math.abs(peak - crowd.at) <= Math.max(HOUR, crowd.halfLife / 4), `${peak}`);
      assert.ok(Math.abs((peakOverBase ?? 0) / crowd.times - 1) < 0.25, `times ${peakOverBase}`);
      assert.ok(Math.abs((halfLife ?? 0) / crowd.halfLife - 1) < 0.25, `half-life ${halfLife}`);
    }
  });
}

test("a second crowd in the tail of the first is told apart", () => {
  const crowds = found(
    series([
      { at: 3 * DAY, times: 8, halfLife: 6 * HOUR },
      { at: 3.75 * DAY, times: 10, halfLife: 6 * HOUR },
    ]),
  );
  assert.is(crowds.length, 2, JSON.stringify(crowds));
  assert.ok(Math.abs(crowds[0].start - 3 * DAY) <= 2 * WIDTH);
  assert.ok(Math.abs(crowds[1].start - 3.75 * DAY) <= HOUR);
});

test("a level that rises and stays is no crowd", () => {
  const { values, ...rest } = series([], { days: 12 });
  const raised = values.map((value, bin) => (bin * WIDTH < 2 * DAY ? value : 3 * value));
  assert.equal(found({ ...rest, values: raised }), []);
});

test("a crowd that the window cuts off is told, up to the window's end", () => {
  const [crowd, ...others] = found(series([{ at: 9.8 * DAY, times: 6, halfLife: 12 * HOUR }]));
  assert.equal(others, []);
  assert.is(crowd.end, 10 * DAY);
});

test("the excess is the area above the base: the height over the decay's rate", () => {
  const { values, ...rest } = series([]);
  const flat = values.map((_, bin) => (bin < 600 ? 100 : 100 + 900 * 2 ** (-(bin - 600) / 6)));
  const [crowd] = findCrowds({ ...rest, values: flat }, () => 1);
  assert.is(crowd.start, 600 * WIDTH);
  assert.is(crowd.peak, 600 * WIDTH);
  assert.is(crowd.base, 600); // 100 in ten minutes.
  assert.is(crowd.height, 6000);
  assert.is(crowd.peakOverBase, 10);
  // It ends where 900 / 2^(n/6) falls below 25: after 32 bins. The sum of the geometric series.
  assert.is(crowd.end, (600 + 32) * WIDTH);
  const area = (900 * (1 - 2 ** (-32 / 6))) / (1 - 2 ** (-1 / 6));
  assert.ok(Math.abs(crowd.excess - area) < 1e-6 * area, `${crowd.excess} ${area}`);
  assert.ok(Math.abs((crowd.halfLife ?? 0) / HOUR - 1) < 0.01, `${crowd.halfLife}`);
});

test("nothing at all holds no crowd", () => {
  assert.equal(
    findCrowds({ start: 0, width: WIDTH, values: new Float64Array(100) }, () => 1),
    [],
  );
});

test.run();
