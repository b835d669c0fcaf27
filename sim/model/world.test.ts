/** What volunteers, sites and the server do to a run when they are not as one would wish. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Law } from "../engine/distributions.ts";
import { streams } from "../engine/random.ts";
import { bind, policies, policyNamed, type TrustPolicy } from "../policies/index.ts";
import { simulate } from "./simulation.ts";
import { type Conduct, HONEST } from "./system.ts";
import {
  logging,
  NO_BACKGROUND,
  namedPolicies,
  TINY_CUSTOMER,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "./testing.ts";

type Changes = NonNullable<Parameters<typeof tinySystem>[0]>;
type Asks = Parameters<typeof tinyWorkload>[1];

const constant = (mean: number): Law => ({ kind: "constant", mean });
/** Up for 40 s and down for 40 s; 20 cycles before 0, so up from 0 on. */
const inTurn = { up: constant(40), down: constant(40), diurnal: 0 };
const LATER = { window: 300 };

function story(
  changes: Changes,
  asks: Asks,
  options: { trust?: string; sizes?: number[]; released?: Record<number, number> } = {},
) {
  const log: string[] = [];
  const { trust, sizes = [100, 100], released = {} } = options;
  const bound = {
    ...namedPolicies("random"),
    trust: trust === undefined ? null : () => bind(policyNamed<TrustPolicy>(policies.trust, trust)),
  };
  const workload = tinyWorkload(sizes, asks, { ...LATER, released });
  const run = { system: tinySystem(changes), workload, policies: bound, streams: streams(2) };
  simulate(tinyRun(run), logging(log));
  return log;
}

const of = (log: readonly string[], pattern: RegExp) => log.filter((line) => pattern.test(line));

function conduct(changes: Partial<Conduct>): Changes {
  return { volunteers: [{ conduct: { ...HONEST, ...changes } }] };
}

test("all volunteers of a failing site leave together, and their customers come back to the server", () => {
  const links = { uplink: Number.POSITIVE_INFINITY, downlink: Number.POSITIVE_INFINITY };
  const where = { asNumber: 0, country: "", region: "", continent: "", position: null };
  const site = { name: "a", count: 1, ...links, rtt: 0, where, background: NO_BACKGROUND };
  const log = story(
    {
      sites: { backbone: Number.POSITIVE_INFINITY, classes: [{ ...site, failures: inTurn }] },
      volunteers: [{ count: 2, site: "a" }],
    },
    [
      [38, 0, 0],
      [38, 1, 0],
    ],
  );
  assert.equal(of(log, /gone/), [
    "40 request 0 gone by volunteer 0 after 20 B",
    "40 request 1 gone by volunteer 0 after 20 B",
  ]);
});

test("while the server does not answer customers ask again, and its own deliveries break off", () => {
  const log = story({ server: { ...TINY_SERVER, failures: inTurn }, volunteers: [] }, [
    [35, 0, 0],
    [50, 1, 0],
  ]);
  // 50 B by 40; again after 30 s in vain, after 60 s by the server that is back since 80.
  assert.equal(
    of(log, /request/),
    [
      "35 request 0 to server",
      "40 request 0 gone by server after 50 B",
      "80 request 1 to server",
      "110 request 0 delivered by server after 100 B",
      "110 request 0 asked at 35 served",
      "90 request 1 delivered by server after 100 B",
      "90 request 1 asked at 50 served",
    ].sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b)),
  );
});

test("a file that is cut short is noticed, and comes from the server", () => {
  const log = story(conduct({ truncates: 1 }), [[0, 0, 0]]);
  assert.ok(log.includes("2.5 request 0 cut-short by volunteer 0 after 50 B"), log.join("\n"));
  assert.ok(log.includes("12.5 request 0 delivered by server after 100 B"));
});

test("a stale volunteer announces what it has not, and sends the version before", () => {
  // File 1 appears at 20; announces every 100 s; it synchronises at 500.
  const log = story(conduct({ stale: true }), [[150, 0, 1]], { released: { 1: 20 } });
  assert.equal(of(log, /request 0 (to|wrong)/), [
    "150 request 0 to volunteer 0",
    "155 request 0 wrong-digest by volunteer 0 after 100 B",
  ]);
  const honest = story({}, [[150, 0, 1]], { released: { 1: 20 } });
  assert.ok(honest.includes("150 request 0 to server"));
});

test("a trust policy keeps requests from who was caught, and pays for its audits", () => {
  const asks = Array.from({ length: 6 }, (_, i) => [i * 20, i, 0] as const);
  const caught = (trust: string, changes: Partial<Conduct>) =>
    of(story(conduct({ corrupts: 1, ...changes }), asks, { trust }), /to volunteer|audit/);
  assert.is(of(caught("none", {}), /to volunteer/).length, 6);
  // Nothing is served that was not verified: the first request starts an audit, which fails.
  const verified = caught("verified-only", {});
  assert.is(of(verified, /to volunteer/).length, 0);
  assert.ok(of(verified, /failed an audit of 100 B/).length > 0);
  // After two complaints an audit, which bans.
  const reports = caught("client-reports", {});
  assert.is(of(reports, /failed an audit/).length, 1);
  assert.ok(of(reports, /to volunteer/).length < 6);
});

test("colluders pass every audit and spoil the same files for customers", () => {
  const asks = Array.from({ length: 6 }, (_, i) => [i * 20, i, 0] as const);
  const log = story(conduct({ corrupts: 1, colludes: true }), asks, { trust: "client-reports" });
  assert.is(of(log, /failed an audit/).length, 0);
  assert.ok(of(log, /passed an audit/).length > 0);
  assert.is(of(log, /wrong-digest/).length, 6);
  const two = { ...HONEST, corrupts: 0.5, colludes: true };
  const some = story({ volunteers: [{ count: 2, conduct: two }] }, asks);
  const wrong = of(some, /wrong-digest/).length;
  assert.ok(wrong === 0 || wrong === 6, `${wrong} of 6 of the same file`);
});

test("a volunteer that claims a faster uplink is still as slow as it is", () => {
  const changes = {
    volunteers: [{ uplink: 2, conduct: { ...HONEST, offers: 1e6 } }, { uplink: 20 }],
  };
  const log: string[] = [];
  const workload = tinyWorkload([100], [[0, 0, 0]], LATER);
  const bound = { ...namedPolicies("idle-bandwidth") };
  simulate(tinyRun({ system: tinySystem(changes), workload, policies: bound }), logging(log));
  assert.ok(log.includes("50 request 0 delivered by volunteer 0 after 100 B"), log.join("\n"));
});

test("a cache fetches what it is asked for once, from another cache or the server, and keeps it", () => {
  const volunteers = [{ caches: true, coverage: 0, count: 2 }];
  // 100 B from the server at 10 B/s, then 5 s to each customer; the next finds it there.
  const log = story({ volunteers: [{ caches: true, coverage: 0 }] }, [
    [0, 0, 0],
    [1, 1, 0],
    [50, 2, 0],
  ]);
  assert.equal(of(log, /pulled/), ["10 volunteer 0 pulled 100 B"]);
  assert.ok(log.includes("55 request 2 delivered by volunteer 0 after 100 B"), log.join("\n"));
  const many = story(
    { volunteers },
    Array.from({ length: 20 }, (_, i) => [i * 14, i, 0] as const),
  );
  assert.is(of(many, /pulled 100 B/).length, 1);
  assert.is(of(many, /took 100 B/).length, 1);
});

test("customers that upload serve each other while they stay, and the server serves the first", () => {
  const uploads = { uplink: 10, slots: 1, stays: 60, price: 0 };
  const log = story(
    { volunteers: [], customers: { uploads, classes: [{ ...TINY_CUSTOMER, share: 1 }] } },
    [
      [0, 0, 0],
      [20, 1, 0],
      [31, 2, 0],
      [200, 3, 0],
    ],
  );
  // Customer 0 has it at 10; 1 takes it from 0 by 30, 2 from either, and at 200 nobody is left.
  const sources = of(log, /request \d to/).map((line) => line.replace(/^.* to /, ""));
  assert.is(sources[0], "server");
  assert.is(sources[1], "volunteer 0"); // Customers are numbered behind the volunteers: there are none.
  assert.match(sources[2], /^volunteer [01]$/);
  assert.is(sources[3], "server");
});

test("announces that are lost leave the tracker with an older picture, and no file is forgotten", () => {
  const changes = (lost: number): Changes => ({
    tracker: { interval: 10, timeout: 1000, lost, probe: Number.POSITIVE_INFINITY },
    synchronisation: { first: 20, every: 1000 },
  });
  const asks = [[299, 0, 1]] as const;
  const released = { 1: 10 };
  assert.ok(story(changes(0.9), asks, { released }).includes("299 request 0 to volunteer 0"));
  assert.ok(story(changes(1), asks, { released }).includes("299 request 0 to server"));
});

test("a probe finds a volunteer gone before a customer does", () => {
  const changes = (probe: number): Changes => ({
    tracker: { interval: 100, timeout: 1000, lost: 0, probe },
    volunteers: [{ sessions: inTurn }],
  });
  const asks = [[60, 0, 0]] as const;
  assert.ok(story(changes(5), asks).includes("60 request 0 to server"));
  const unprobed = story(changes(Number.POSITIVE_INFINITY), asks);
  assert.ok(unprobed.includes("60 request 0 to volunteer 0"), unprobed.join("\n"));
});

test.run();
