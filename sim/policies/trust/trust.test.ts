import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies, policyNamed } from "../index.ts";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import type { TrustEvent, TrustPolicy } from "./trust.ts";

const DAY = 86_400;
const good = (kind: TrustEvent["kind"], at = 0) => ({ kind, passed: true, at });
const bad = (kind: TrustEvent["kind"], at = 0) => ({ kind, passed: false, at });
const times = <T>(count: number, event: T) => Array.from({ length: count }, () => event);

test("none: trusts everybody, whatever is known", () => {
  assert.equal(decide("none", times(99, bad("audit"))), [true, false]);
});

test("sampled audit: one request in a hundred; who fails is banned for a week", () => {
  assert.equal(decide("sampled-audit", [], { draws: [0.009] }), [true, true]);
  assert.equal(decide("sampled-audit", [], { draws: [0.011] }), [true, false]);
  const caught = [bad("audit", DAY), good("report", DAY + 1)];
  assert.equal(decide("sampled-audit", caught, { now: 8 * DAY - 1 }), [false, false]);
  assert.equal(decide("sampled-audit", caught, { now: 8 * DAY, draws: [0.5] }), [true, false]);
  const cleared = [bad("audit", DAY), good("audit", DAY + 1)];
  assert.equal(decide("sampled-audit", cleared, { now: 2 * DAY, draws: [0.5] }), [true, false]);
  assert.equal(decide("sampled-audit", times(9, bad("report")), { draws: [0.5] }), [true, false]);
});

test("sampled audit: copies that were compared before are audited as seldom as is said", () => {
  const params = { share: 0.5, again: 0.1 };
  const verified = { belief: "verified", params } as const;
  assert.equal(decide("sampled-audit", [], { ...verified, draws: [0.09, 0.49] }), [true, true]);
  assert.equal(decide("sampled-audit", [], { ...verified, draws: [0.11] }), [true, false]);
  assert.equal(decide("sampled-audit", [], { params, draws: [0.49] }), [true, true]);
});

test("client reports: two in a row ask for an audit, and only the audit bans", () => {
  assert.equal(decide("client-reports", [bad("report")]), [true, false]);
  assert.equal(decide("client-reports", times(2, bad("report"))), [true, true]);
  assert.equal(decide("client-reports", [bad("report"), good("report"), bad("report")]), [
    ...[true, false],
  ]);
  const accused = times(50, bad("report"));
  assert.equal(decide("client-reports", [...accused, good("audit")]), [true, false]);
  assert.equal(decide("client-reports", [...accused, bad("audit")]), [false, false]);
  const caught = [bad("audit", DAY)];
  assert.equal(decide("client-reports", caught, { now: 8 * DAY - 1 }), [false, false]);
  assert.equal(decide("client-reports", caught, { now: 8 * DAY }), [true, false]);
  const cleared = [...caught, good("audit", DAY + 1)];
  assert.equal(decide("client-reports", cleared, { now: 2 * DAY }), [true, false]);
});

test("points: one up, two down, at most 8, banned at -7", () => {
  const after = (ups: number, downs: number) =>
    decide("points", [...times(ups, good("report")), ...times(downs, bad("report"))])[0];
  assert.equal([after(0, 3), after(0, 4)], [true, false]); // -6 and -8.
  assert.equal([after(1, 3), after(1, 4)], [true, false]); // -5 and -7.
  assert.equal([after(100, 7), after(100, 8)], [true, false]); // 8 - 14 = -6 and -8.
});

test("verified only: a listed copy is audited, and serves when it is verified", () => {
  assert.equal(decide("verified-only", [], { belief: "verified" }), [true, false]);
  assert.equal(decide("verified-only", [], { belief: "listed" }), [false, true]);
  assert.equal(decide("verified-only", [], { belief: "stale" }), [false, false]);
});

test("disable after failures: four in a row, until an audit passes", () => {
  const three = times(3, bad("report"));
  assert.equal(decide("disable-after-failures", three), [true, false]);
  assert.equal(decide("disable-after-failures", [...three, bad("audit")]), [false, true]);
  assert.equal(decide("disable-after-failures", [...three, good("report"), ...three]), [
    ...[true, false],
  ]);
  const restored = [...three, bad("audit"), good("audit")];
  assert.equal(decide("disable-after-failures", restored), [true, false]);
});

test.run();

/** Whether the volunteer may serve, and whether it is to be audited. */
function decide(
  name: string,
  events: readonly TrustEvent[],
  {
    now = 0,
    belief = "listed" as "verified" | "listed" | "stale",
    draws = [] as readonly number[],
    params = {},
  } = {},
) {
  const host = bind(policyNamed<TrustPolicy>(policies.trust, name), params);
  for (const event of events) host.observe(event);
  const { serve, audit } = host.decide({ now, belief }, replay(draws));
  return [serve, audit];
}
