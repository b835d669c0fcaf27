import { test } from "uvu";
import * as assert from "uvu/assert";
import { policyStyles } from "../policy-style.ts";
import type { QuantileRow } from "../report-data.ts";
import { delayDistributionChart, visitDistributionChart } from "./distribution.ts";

/** Quarters at 1, 10, 100, 1000 and 10 000 s, of which those from `cut` on stand at the horizon. */
function curve(policy: string, cut = Number.POSITIVE_INFINITY, horizon = 7200): QuantileRow[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share, at) =>
    at < cut
      ? { policy, share, seconds: 10 ** at }
      : { policy, share, seconds: horizon, isAtLeast: true },
  );
}

function chartOf(visits: readonly QuantileRow[]) {
  const policies = [...new Set(visits.map(({ policy }) => policy))];
  const styles = policyStyles({ policies, baseline: null });
  const chart = visitDistributionChart({ visits, policies, horizon: 7200 }, styles);
  if (chart === null) throw new Error("no chart");
  const { data, layer, description } = chart.spec as unknown as {
    readonly data: { readonly values: readonly Record<string, unknown>[] };
    readonly description: string;
    readonly layer: readonly {
      readonly encoding: { readonly x: { readonly scale: object; readonly axis: object } };
    }[];
  };
  return { chart, rows: data.values, description, x: layer[0]?.encoding.x };
}

test("curves that are whole end at the longest time, and the caption has no word of a horizon", () => {
  const { chart, rows, x } = chartOf(curve("a"));
  assert.equal(x?.scale, { type: "log", domain: [1, 10_000], nice: false });
  assert.is(rows.length, 5);
  assert.ok(rows.every(({ until }) => until === null));
  assert.not.match(chart.caption, "below 100 %");
});

test("a curve of which some is cut ends below 100 %, goes on to the horizon, and the caption says so", () => {
  const { chart, rows, description, x } = chartOf([
    ...curve("a", 4),
    ...curve("b", 3),
    ...curve("c", 5),
  ]);
  const last = (policy: string) => rows.filter((row) => row["policy"] === policy).at(-1);
  assert.equal(last("a"), { policy: "a", share: 0.75, seconds: 1000, until: 7200 });
  assert.equal(last("b"), { policy: "b", share: 0.5, seconds: 100, until: 7200 });
  assert.is(last("c")?.["until"], null);
  assert.match(
    chart.caption,
    "visits that failed or took longer than 2 h, where the axis ends: up to 50.0 %, under b.",
  );
  assert.match(
    description,
    "Under b, half of the visits take at most 1.67 min and 95 % more than 2.00 h.",
  );
  assert.match(JSON.stringify(x?.axis), '7200\\":\\"2 h');
});

test("where the longest is cut the axis ends at the horizon", () => {
  const { x } = chartOf(curve("a", 4));
  assert.equal(x?.scale, { type: "log", domain: [1, 7200], nice: false });
});

test("what takes no time at all has no place on the axis, and where nothing else is there is no chart", () => {
  const none = curve("a").map((row) => ({ ...row, seconds: 0 }));
  const styles = policyStyles({ policies: ["a"], baseline: null });
  const given = { policies: ["a"], horizon: 7200 };
  assert.is(visitDistributionChart({ ...given, visits: none }, styles), null);
  assert.is(visitDistributionChart({ ...given, visits: curve("a", 0) }, styles), null);
  assert.is(
    delayDistributionChart({ ...given, delay: curve("a") }, styles)?.id,
    "delay-distribution",
  );
});

test.run();
