import { test } from "uvu";
import * as assert from "uvu/assert";
import { HONEST, IN_FLIGHT_KNOWLEDGE, TRANSFER_REPORTS } from "../../model/system.ts";
import { USUAL } from "../../network/http/causes.ts";
import { minimal, minimalWith, parse } from "./testing.ts";

test("what the file does not say has the documented defaults", () => {
  const HOUR = 3600;
  assert.equal(parse(minimal), {
    name: "small",
    title: "Small",
    question: "Does it read?",
    seed: 1,
    replications: 10,
    system: {
      server: {
        uplink: 1_000_000,
        redirectors: 1,
        price: 0,
        site: null,
        failures: null,
        background: { uplink: null, downlink: null },
      },
      sites: { classes: [], backbone: Number.POSITIVE_INFINITY },
      volunteers: [
        {
          name: "a",
          count: 2,
          uplink: 1,
          downlink: 2,
          shared: Number.POSITIVE_INFINITY,
          site: null,
          deliveryRate: Number.POSITIVE_INFINITY,
          transferRate: Number.POSITIVE_INFINITY,
          disk: Number.POSITIVE_INFINITY,
          caches: false,
          price: 0,
          weight: 100,
          coverage: 1,
          conduct: HONEST,
          sessions: null,
          background: { uplink: null, downlink: null },
        },
      ],
      placement: { every: 6 * HOUR },
      synchronisation: {
        every: 24 * HOUR,
        first: 2 * HOUR,
        spread: 4 * HOUR,
        walk: 1944,
        list: 0,
        yields: false,
        batch: 0,
        rate: Number.POSITIVE_INFINITY,
        weight: 1,
        method: ["whole"],
        fuzzy: false,
        rtt: 0.02,
        manifest: "full",
        superSeeding: false,
      },
      tracker: {
        interval: 1800,
        timeout: 2700,
        together: false,
        lost: 0,
        probe: Number.POSITIVE_INFINITY,
        reports: "totals",
        inFlight: "by-request",
        completed: false,
      },
      customers: {
        classes: [
          {
            share: 1,
            downlink: 1_000_000,
            site: null,
            receiveWindow: Number.POSITIVE_INFINITY,
          },
        ],
        keepAlive: false,
        uploads: null,
        rtt: 0.02,
        parallel: 1,
        timeout: 30,
        patience: 24 * HOUR,
        attempts: 3,
      },
      transport: { causes: USUAL, queue: 50 * 1514, burst: 10 * 1514 },
    },
    workload: { log: { file: "access.log", maxBad: 0.01 } },
    window: null,
    policies: {
      dispatch: [{ name: "origin-only", params: {} }],
      replication: [{ name: "everything", params: {} }],
      eviction: [{ name: "nothing", params: {} }],
      sync: [{ name: "host", params: {} }],
      trust: [{ name: "none", params: {} }],
      handout: [{ name: "host", params: {} }],
      pieces: [{ name: "host", params: {} }],
      choking: [{ name: "host", params: {} }],
      chunkSize: [{ name: "fixed", params: {} }],
    },
    measure: { from: 0, horizon: 12 * HOUR, bin: 300, beliefs: false, bound: "alone" },
    compare: null,
  });
});

test("what the file says is kept, in base units", () => {
  const text = minimalWith(
    "downlink: 2 B/s }",
    "downlink: 2 B/s, shared: 3 B/s, sessions: { up: 1 h, down: 2 h } }",
  );
  const [volunteer] = parse(text).system.volunteers;
  assert.is(volunteer.shared, 3);
  assert.equal(volunteer.sessions, {
    up: { kind: "exponential", mean: 3600 },
    down: { kind: "exponential", mean: 7200 },
    diurnal: 0,
  });
});

test("the tracker says what announces tell of transfers, and how it infers their ends", () => {
  const trackerOf = (fields: string) =>
    parse(minimalWith("  customers:", `  tracker: { ${fields} }\n  customers:`)).system.tracker;
  for (const reports of TRANSFER_REPORTS) {
    assert.is(trackerOf(`reports: ${reports}`).reports, reports);
  }
  for (const rule of IN_FLIGHT_KNOWLEDGE) assert.is(trackerOf(`inFlight: ${rule}`).inFlight, rule);
});

test("the server has as many redirectors as it says", () => {
  const serverWith = (field: string) =>
    parse(minimalWith("uplink: 8 Mbit/s", `uplink: 8 Mbit/s, ${field}`)).system.server;
  assert.is(serverWith("redirectors: 16").redirectors, 16);
  assert.throws(() => serverWith("redirectors: 0"), "invalid redirectors: 0; not in [1, 1000]");
});

test("a release has a window and its own defaults", () => {
  const release = "release: { catalogue: c, curve: v, at: 1 h, customers: 5 }\n  window: 2 d";
  const experiment = parse(minimalWith("log: { file: access.log }", release));
  assert.is(experiment.window, 172_800);
  assert.equal(experiment.workload, {
    release: {
      catalogue: "c",
      curve: "v",
      at: 3600,
      announced: 0,
      customers: 5,
      firstDay: 0.8,
      background: 0.005,
      weekday: "monday",
    },
  });
});

test("nothing, of whatever unit, needs none", () => {
  const text = minimalWith(
    "  customers:",
    "  synchronisation: { first: 0, list: 0 }\n  customers:",
  );
  const { first, list } = parse(text).system.synchronisation;
  assert.equal([first, list], [0, 0]);
  const quoted = minimalWith("  customers:", '  synchronisation: { first: "0" }\n  customers:');
  assert.is(parse(quoted).system.synchronisation.first, 0);
});

test("a policy is a name or a name with params, alone or in a list", () => {
  const choices = (dispatch: string) =>
    parse(minimalWith("dispatch: origin-only", `dispatch: ${dispatch}`)).policies.dispatch;
  const informed = { name: "tracker-informed", params: { memory: 600 } };
  const origin = { name: "origin-only", params: {} };
  assert.equal(choices("{ tracker-informed: { memory: 10 min } }"), [informed]);
  assert.equal(choices("[origin-only]"), [origin]);
  assert.equal(choices("[tracker-informed: { memory: 10 min }, origin-only]"), [informed, origin]);
  assert.equal(choices("[tracker-informed: { floor: 2 }]")[0].params, { floor: 2 });
  const chunks = parse(minimalWith("chunkSize: fixed", "chunkSize: { fixed: { size: 64 KiB } }"));
  assert.equal(chunks.policies.chunkSize[0].params, { size: 65_536 });
});

test("a composed name takes the params of all its parts", () => {
  const { policies } = parse(
    minimalWith(
      "dispatch: origin-only",
      "dispatch: [fresh+origin-only, sticky+fresh+tracker-informed: { stickyFor: 5 min, floor: 2 }]",
    ).replace("replication: everything", "replication: { everything+subtree: { coverage: 0.5 } }"),
  );
  assert.equal(policies.dispatch, [
    { name: "fresh+origin-only", params: {} },
    { name: "sticky+fresh+tracker-informed", params: { stickyFor: 300, floor: 2 } },
  ]);
  assert.equal(policies.replication, [{ name: "everything+subtree", params: { coverage: 0.5 } }]);
});

test("anchors and aliases stand for what they name", () => {
  const text = minimalWith(
    "uplink: 1 B/s, downlink: 2 B/s",
    "uplink: &link 4 B/s, downlink: *link",
  );
  assert.is(parse(text).system.volunteers[0].downlink, 4);
});

test("shares may miss 1 by a rounding, and only by that", () => {
  const classes = (...shares: string[]) =>
    minimalWith(
      "- { share: 1, downlink: 1 MB/s }",
      shares.map((share) => `- { share: ${share}, downlink: 1 MB/s }`).join("\n      "),
    );
  assert.is(parse(classes("0.1", "0.2", "0.7")).system.customers.classes.length, 3);
  assert.throws(
    () => parse(classes("0.33333333", "0.33333333", "0.33333333")),
    /invalid sum of shares/,
  );
});

test("flags replace what the file says, and the file is not asked about it", () => {
  const text = minimalWith("seed: 1", "seed: none");
  const experiment = parse(text, { overrides: { seed: 7, replications: "3", trace: "other.log" } });
  assert.is(experiment.seed, 7);
  assert.is(experiment.replications, 3);
  assert.equal(experiment.workload, { log: { file: "other.log", maxBad: 0.01 } });
});

test("--max-bad says how much of the log may be unreadable, of the experiment's or the flag's", () => {
  const own = parse(minimal, { overrides: { maxBad: 0.2 } });
  assert.equal(own.workload, { log: { file: "access.log", maxBad: 0.2 } });
  const flagged = parse(minimal, { overrides: { trace: "other.log", maxBad: "0" } });
  assert.equal(flagged.workload, { log: { file: "other.log", maxBad: 0 } });
});

test("--trace keeps how the experiment reads its log, and replaces a release with all it says", () => {
  const overrides = { trace: "other.log" };
  const log = minimalWith(
    "{ file: access.log }",
    "{ file: access.log, maxBad: 0.5 }\n  window: 1 d",
  );
  assert.equal(parse(log, { overrides }).workload, { log: { file: "other.log", maxBad: 0.5 } });
  assert.is(parse(log, { overrides }).window, 86_400);
  const release = "release: { catalogue: c, curve: v, at: 1 h, customers: 5 }\n  window: 2 d";
  const replaced = parse(minimalWith("log: { file: access.log }", release), { overrides });
  assert.equal(replaced.workload, { log: { file: "other.log", maxBad: 0.01 } });
  assert.is(replaced.window, null);
});

test.run();
