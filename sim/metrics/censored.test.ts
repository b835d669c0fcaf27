import { test } from "uvu";
import * as assert from "uvu/assert";
import { CensoredTimes } from "./censored.ts";

function times(horizon: number, ended: readonly number[], failed = 0): CensoredTimes {
  const all = new CensoredTimes(horizon, 2);
  for (const seconds of ended) all.add(seconds, false);
  for (let i = 0; i < failed; i++) all.add(1, true);
  return all;
}

test("what failed stands at the horizon, and so does what took longer", () => {
  const all = times(100, [10, 250], 1);
  assert.equal([...all.sorted()], [10, 100, 100]);
  assert.is(all.mean(), 70);
});

test("quantiles lie between the two times around them, in proportion", () => {
  const all = times(100, [10, 20, 40]);
  assert.is(all.quantile(0), 10);
  assert.is(all.quantile(0.5), 20);
  assert.is(all.quantile(0.75), 30);
  assert.is(all.quantile(1), 40);
});

test("between a time that is known and one that may be any, a quantile is at the horizon", () => {
  const all = times(100, [10, 20], 1);
  assert.is(all.quantile(0.5), 20);
  assert.is(all.quantile(0.51), 100);
});

test("the worst hundredth is one of a hundred and two of a hundred and one", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  assert.is(times(1000, hundred).worst(), 100);
  assert.is(times(1000, [...hundred, 101]).worst(), 100.5);
});

test("of nothing nothing is known", () => {
  const none = times(100, []);
  assert.is(none.mean(), null);
  assert.is(none.quantile(0.5), null);
  assert.is(none.worst(), null);
});

test.run();
