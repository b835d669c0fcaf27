import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { standardNormal } from "../engine/distributions.ts";
import { streams } from "../engine/random.ts";
import type { CheckSpec } from "../experiment/config/experiment.ts";
import { holm } from "../outcome/statistics/correction.ts";
import { judge, type Series } from "./judge.ts";
import { pairedTest } from "./pairs.ts";
import { worst } from "./verdict.ts";

const METRIC = "delay.mean";

/** A metric of which less is better, with a margin of 1 s. */
function judged(before: Series["before"], now: Series["now"], check: CheckSpec = MARGIN) {
  const [found] = judge([{ metric: METRIC, before, now, hasSameEvents: false }], check);
  return found;
}

const MARGIN: CheckSpec = { margins: { [METRIC]: { absolute: 1 } }, replications: null };

test("Holm's steps are those of his example", () => {
  // Ordered 0.005 × 4, 0.01 × 3, 0.03 × 2, 0.04 × 1, none below the one before it.
  const found = holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(9)));
  assert.equal(found, [0.03, 0.06, 0.06, 0.02]);
  assert.equal(holm([]), []);
});

test("a paired test is the textbook's", () => {
  // Differences 1, 2, 3: mean 2, error 1/√3, t = 2√3 with 2 degrees of freedom. For these the tail is
  // 1/2 - t / (2 √(2 + t²)) and the 95 % quantile 2.919986.
  const found = pairedTest([1, 2, 3]);
  const t = 2 * Math.sqrt(3);
  assert.ok(Math.abs((found?.pAbove ?? 0) - (0.5 - t / (2 * Math.sqrt(2 + t * t)))) < 1e-8);
  const high = found?.intervalAt(0.9).high ?? 0;
  assert.ok(Math.abs(high - (2 + 2.919986 / Math.sqrt(3))) < 1e-5);
  assert.is(pairedTest([]), null);
});

test("differences without variance are exact", () => {
  assert.is(judged([1, 2, 3], [1, 2, 3]).verdict, "equivalent", "none at all");
  assert.is(judged([1, 2, 3], [1.5, 2.5, 3.5]).verdict, "equivalent", "within the margin");
  assert.is(judged([1, 2, 3], [3, 4, 5]).verdict, "worse");
  assert.is(judged([3, 4, 5], [1, 2, 3]).verdict, "better");
  const none: CheckSpec = { margins: { [METRIC]: { absolute: 0 } }, replications: null };
  assert.is(judged([1, 2], [1, 2], none).verdict, "equivalent");
  assert.is(judged([1, 2], [1.25, 2.25], none).verdict, "worse");
});

test("verdicts follow the interval and the margin", () => {
  const base = [10, 11, 12, 13];
  const plus = (...d: number[]) => base.map((value, i) => value + d[i]);
  assert.is(judged(base, plus(0.1, -0.1, 0.2, 0)).verdict, "equivalent");
  assert.is(judged(base, plus(2, 2.2, 1.9, 2.1)).verdict, "worse");
  assert.is(judged(base, plus(-2, -2.2, -1.9, -2.1)).verdict, "better");
  assert.is(judged(base, plus(5, -5, 4, -1)).verdict, "inconclusive");
  // Surely above zero, yet not by the margin: nobody is to be alarmed.
  assert.is(judged(base, plus(0.5, 1.1, 0.6, 0.9)).verdict, "inconclusive");
});

test("one replication tells nothing, unless it says the same", () => {
  const { verdict, remark, p, level } = judged([1], [9]);
  assert.is(verdict, "inconclusive");
  assert.match(remark, /one replication/);
  assert.equal([p, level], [null, null]);
  assert.is(judged([1], [1]).verdict, "equivalent");
});

test("values that rounding parts, or that baselines cannot tell apart, are equivalent to the margin 0", () => {
  const none: CheckSpec = { margins: { [METRIC]: { absolute: 0 } }, replications: null };
  // In the last of nine digits, and of two microseconds, where a clock ends at one.
  assert.is(judged([1075957.72, 2], [1075957.73, 2 + 1e-7], none).verdict, "equivalent");
  assert.is(judged([1075957.72, 2], [1075957.74, 2.1], none).verdict, "inconclusive");
  assert.is(judged([2, 3], [2 + 2e-6, 3 + 2e-6], none).verdict, "worse");
});

test("the interval told is that which decided", () => {
  // Of two metrics of two cells that decide, differences 1, 2, 3 and 1.9, 2, 2.1 with 4 others of none:
  // the second is sure (t = 34.6), the first is not (t = 3.46, one-sided p = 0.037).
  const zeros = [0, 0, 0];
  const draws = [
    [1, 2, 3],
    [1.9, 2, 2.1],
    [-1, 0, 1.5],
    [1, 0, -1.5],
  ];
  const series = draws.map((now): Series => {
    return { metric: METRIC, before: zeros, now, hasSameEvents: false };
  });
  const found = judge(series, MARGIN);
  assert.equal(
    found.map(({ verdict }) => verdict),
    ["inconclusive", "worse", "inconclusive", "inconclusive"],
  );
  // One-sided 0.05 / 4, two-sided 0.975; then 0.05 / 3 is not enough.
  const levels = found.map(({ level }) => Number(level?.toFixed(9)));
  assert.equal(levels.slice(0, 2), [0.966666667, 0.975]);
  for (const { difference, verdict } of found) {
    assert.is((difference?.low ?? 0) > 0, verdict === "worse");
  }
  const near = judged([0, 0, 0], [0.1, -0.1, 0.2]);
  assert.equal([near.verdict, near.level], ["equivalent", 0.9]);
  assert.ok((near.difference?.high ?? 9) < 1 && (near.difference?.low ?? -9) > -1);
});

test("no verdict and its interval contradict each other", () => {
  const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 8 }), (all) => {
      const series = all.map((now): Series => {
        return { metric: METRIC, before: [0, 0, 0], now, hasSameEvents: false };
      });
      for (const { verdict, difference, margin } of judge(series, MARGIN)) {
        const { mean, low, high } = difference ?? { mean: 0, low: 0, high: 0 };
        if (verdict === "worse") assert.ok(low > 0);
        if (verdict === "better") assert.ok(high < 0);
        if (verdict === "equivalent") assert.ok(-margin < low && high < margin);
        const isBeyond = (low > 0 || high < 0) && Math.abs(mean) >= margin;
        if (verdict === "inconclusive") assert.not.ok(isBeyond);
      }
    }),
    { seed: 6, numRuns: 300 },
  );
});

test("a value that is no longer defined is a change", () => {
  const { verdict, remark, now } = judged([1, 2], [1, null]);
  assert.is(verdict, "changed");
  assert.is(now, null);
  assert.match(remark, /undefined in 1 of 2 replications, then in 0/);
  assert.is(judged([null, null], [null, null]).verdict, "equivalent");
});

test("the same events with the same values are identical; with others, computed in another way", () => {
  const same = { metric: METRIC, before: [1, 2], hasSameEvents: true } as const;
  assert.is(judge([{ ...same, now: [1, 2] }], MARGIN)[0].verdict, "identical");
  const [other] = judge([{ ...same, now: [2.5, 3.5] }], MARGIN);
  assert.is(other.verdict, "worse");
  assert.match(other.remark, /computed in another way/);
});

test("where more is better, less is worse; a relative margin is a share of what it was", () => {
  const jain = {
    metric: "volunteers.jain",
    hasSameEvents: false,
    before: [0.8, 0.9, 0.7],
  } as const;
  const check: CheckSpec = {
    margins: { "volunteers.jain": { relative: 0.1 } },
    replications: null,
  };
  const [less] = judge([{ ...jain, now: [0.6, 0.7, 0.5] }], check);
  assert.is(less.verdict, "worse");
  assert.ok(Math.abs(less.margin - 0.08) < 1e-12);
  assert.ok((less.difference?.mean ?? 0) < 0, "a difference is now less then");
  assert.is(judge([{ ...jain, now: [0.99, 1.09, 0.89] }], check)[0].verdict, "better");
});

test("only metrics with a margin decide; without any, all do at 5 %", () => {
  const other = {
    metric: "server.bytes",
    before: [1, 1],
    now: [9, 9],
    hasSameEvents: false,
  } as const;
  const decides = (check: CheckSpec | undefined) => judge([other], check)[0].decides;
  assert.is(decides(MARGIN), false);
  assert.is(decides({ margins: null, replications: 3 }), true);
  assert.is(decides(undefined), true);
  assert.is(judge([other], undefined)[0].margin, 0.05);
});

test("turning better and worse around turns the verdict around", () => {
  const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
    minLength: 2,
    maxLength: 8,
  });
  const turned: Readonly<Record<string, string>> = { worse: "better", better: "worse" };
  fc.assert(
    fc.property(values, (differences) => {
      const zero = differences.map(() => 0);
      const forth = judged(zero, differences).verdict;
      const back = judged(differences, zero).verdict;
      assert.is(back, turned[forth] ?? forth);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test("where nothing has changed, at most one experiment in twenty has anything worse", () => {
  // Ten metrics in each of four policies, as an A/A comparison sees them: 600 experiments. The margin
  // is nothing, so that every sure difference would count.
  const random = streams(6)("A/A");
  const check: CheckSpec = { margins: { [METRIC]: { absolute: 0 } }, replications: null };
  const draw = (n: number) => Array.from({ length: n }, () => standardNormal(random));
  const experiments = Array.from({ length: 600 }, () => {
    const series = Array.from({ length: 40 }, (): Series => {
      return { metric: METRIC, before: draw(6), now: draw(6), hasSameEvents: false };
    });
    return worst(judge(series, check).map(({ verdict }) => verdict));
  });
  const alarms = experiments.filter((verdict) => verdict === "worse").length;
  assert.ok(alarms > 0.03 * 600 && alarms <= 0.065 * 600, `${alarms} of 600`);
});

test.run();
