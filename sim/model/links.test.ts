import { test } from "uvu";
import * as assert from "uvu/assert";
import { ALL_CAUSES, FLUID } from "../network/http/causes.ts";
import { simulate } from "./simulation.ts";
import type { SiteClass, SystemSpec } from "./system.ts";
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

type Changes = Parameters<typeof tinySystem>[0];

/** When each request was served, by its number. */
function served(changes: Changes, asks: Parameters<typeof tinyWorkload>[1], dispatch = "random") {
  const log: string[] = [];
  const workload = tinyWorkload([100, 100], asks, { window: 100 });
  const system = tinySystem(changes);
  simulate(tinyRun({ system, workload, policies: namedPolicies(dispatch) }), logging(log));
  const times = new Map<number, number>();
  for (const line of log) {
    const [, time, request] = /^(\S+) request (\d+) delivered/.exec(line) ?? [];
    if (request !== undefined) times.set(Number(request), Number(time));
  }
  return [...times].sort(([a], [b]) => a - b).map(([, time]) => time);
}

const NOWHERE = { asNumber: 0, country: "", region: "", continent: "", position: null };

const UNLIMITED = Number.POSITIVE_INFINITY;

function site(name: string, changes: Partial<SiteClass> = {}): SiteClass {
  const links = {
    uplink: UNLIMITED,
    downlink: UNLIMITED,
    rtt: 0,
    failures: null,
    where: NOWHERE,
    background: NO_BACKGROUND,
  };
  return { name, count: 1, ...links, ...changes };
}

function inSites(
  classes: readonly SiteClass[],
  { volunteer, customer, backbone = UNLIMITED }: Record<string, unknown> & { backbone?: number },
): Changes {
  return {
    sites: { classes, backbone },
    volunteers: [{ site: volunteer as string | null }],
    customers: { classes: [{ ...TINY_CUSTOMER, share: 1, site: customer as string | null }] },
  };
}

test("what leaves a site crosses its uplink, what stays does not", () => {
  const classes = [site("north", { uplink: 5 })];
  // 100 B at 5 B/s to a customer elsewhere, at 20 B/s to one in the same place.
  assert.equal(served(inSites(classes, { volunteer: "north", customer: null }), [[0, 0, 0]]), [20]);
  assert.equal(
    served(inSites(classes, { volunteer: "north", customer: "north" }), [[0, 0, 0]]),
    [5],
  );
});

test("what enters a site crosses its downlink, and the backbone on the way", () => {
  const classes = [site("north", { downlink: 10 }), site("south", { downlink: 10 })];
  const asks = [[0, 0, 0]] as const;
  assert.equal(served(inSites(classes, { volunteer: "south", customer: "north" }), asks), [10]);
  const thin = { volunteer: "south", customer: "north", backbone: 4 };
  assert.equal(served(inSites(classes, thin), asks), [25]);
  assert.equal(served(inSites(classes, { ...thin, customer: "south" }), asks), [5]);
});

test("machines of a class are spread over its sites in turn", () => {
  // Two customers in two departments of 5 B/s each: neither is in the other's way.
  const classes = [site("department", { count: 2, downlink: 5 })];
  const changes = inSites(classes, { volunteer: null, customer: "department" });
  const asks = [
    [0, 0, 0],
    [0, 1, 0],
  ] as const;
  assert.equal(served(changes, asks), [20, 20]);
  const one = inSites([site("department", { downlink: 5 })], {
    ...{ volunteer: null, customer: "department" },
  });
  assert.equal(served(one, asks), [40, 40]);
});

test("the distance of sites adds to the round trip of what passes between them", () => {
  const classes = [site("north", { rtt: 0.5 }), site("south", { rtt: 0.25 })];
  const transport = transportOf({ ...FLUID, wireEfficiency: false, connection: true });
  const far = inSites(classes, { volunteer: "north", customer: "south" });
  assert.equal(served({ ...far, transport }, [[0, 0, 0]]), [5 + 2 * 0.75]);
  const near = inSites(classes, { volunteer: "north", customer: "north" });
  assert.equal(served({ ...near, transport }, [[0, 0, 0]]), [5]);
});

test("traffic of others is served first, by the time of day", () => {
  // 16 of the uplink's 20 B/s for 20 s, then nothing: 80 B at 4 B/s and 20 B at 20 B/s.
  const uplink = [
    { at: 0, rate: 16 },
    { at: 20, rate: 0 },
  ];
  const volunteers = [{ background: { uplink, downlink: null } }];
  assert.equal(served({ volunteers }, [[0, 0, 0]]), [21]);
});

test("a volunteer's limits on deliveries hold for each and for all together", () => {
  const asks = [
    [0, 0, 0],
    [0, 1, 0],
  ] as const;
  assert.equal(served({ volunteers: [{ transferRate: 5 }] }, asks), [20, 20]);
  assert.equal(served({ volunteers: [{ deliveryRate: 8 }] }, asks), [25, 25]);
  assert.equal(served({ volunteers: [{}] }, asks), [10, 10]);
});

test("a connection that is kept alive saves the next request a round trip", () => {
  const asks = [
    [0, 0, 0],
    [0, 0, 1],
  ] as const;
  const transport = transportOf({ ...FLUID, wireEfficiency: false, connection: true });
  const time = (keepAlive: boolean) =>
    served({ transport, customers: { rtt: 1, keepAlive } }, asks);
  assert.equal(time(false), [7, 14]);
  assert.equal(time(true), [7, 13]);
});

test("with all causes on, a redirected download waits for the queue of its own uplink", () => {
  const changes: Changes = {
    server: { ...TINY_SERVER, uplink: 1e6 },
    volunteers: [{ uplink: 1e6, downlink: 1e6 }],
    customers: { rtt: 0.04, classes: [{ ...TINY_CUSTOMER, share: 1, downlink: 1e6 }] },
  };
  const alone = served({ ...changes, transport: transportOf(ALL_CAUSES) }, [[0, 0, 0]]);
  // Two round trips for the redirect, two for connection and request; the burst does the rest.
  assert.ok(alone[0] >= 4 * 0.04 && alone[0] < 4 * 0.04 + 0.01, `${alone}`);
});

function transportOf(causes: SystemSpec["transport"]["causes"]) {
  return { causes, queue: 75_700, burst: 15_140 };
}

test.run();
