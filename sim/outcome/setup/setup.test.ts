import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimal, minimalWith, parse } from "../../experiment/config/testing.ts";
import type { SetupTable } from "../../report/setup-data.ts";
import { setupData } from "./setup.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

const FACTS: WorkloadFacts = {
  ...{ files: 3874, bytes: 8.22e9, released: 1.66e9, requests: 23_818, wanted: 94.1e9 },
  busiestHour: 7.2e9,
  ...{ visits: 479, customers: 507, window: 259_200 },
};

const RELEASE = minimalWith(
  "  log: { file: access.log }",
  "  release: { catalogue: c.tsv, curve: d.csv, at: 1 d 9 h, customers: 500 }\n  window: 3 d",
);

const of = (text: string, facts: WorkloadFacts | null = null, replications = 5) =>
  setupData(parse(text), replications, facts);

/** The value of a setting. */
function setting(tables: readonly SetupTable[], term: string): string | undefined {
  const rows = tables.find(({ title }) => title === "Work and settings")?.rows ?? [];
  return rows.find(([name]) => name === term)?.[1];
}

test("the sentences tell the system, the work and what is compared", () => {
  const compared = RELEASE.replace(
    "dispatch: origin-only",
    "dispatch: [origin-only, tracker-informed]",
  );
  const { sentences } = of(`${compared}compare: { dispatch: origin-only }\n`);
  assert.equal(sentences, [
    "A server with an uplink of 8 Mbit/s and 2 volunteers.",
    "Over 3 d, 500 customers come for a release at 1 d 9 h, each with 1 download at a time.",
    "2 redirect policies are compared, with origin-only as the baseline, in 5 replications each.",
  ]);
});

test("of a log it is told how many requests it has, where that is known", () => {
  assert.is(
    of(minimal, FACTS).sentences[1],
    "Over 3 d, 23,818 requests of 507 customers are replayed from access.log, " +
      "each with 1 download at a time.",
  );
  const [, unknown, alone] = of(minimal, null, 1).sentences;
  assert.is(
    unknown,
    "The requests of the log access.log are replayed, each with 1 download at a time.",
  );
  assert.is(alone, "Requests are redirected by origin-only, in 1 replication.");
});

test("where settings vary, that is said, and the first of each is shown", () => {
  const vary = "vary:\n  interval: { field: system.tracker.interval, values: [1 min, 40 min] }\n";
  const { sentences, tables } = of(minimal + vary);
  assert.is(
    sentences.at(-1),
    "What varies: interval (1 min, 40 min). Shown here is interval 1 min.",
  );
  assert.match(setting(tables, "Tracker") ?? "", "announces every 1 min,");
});

test("every setting of the minimal experiment is told, with its defaults", () => {
  const { tables } = of(minimal, FACTS);
  assert.equal(
    tables.map(({ title, isFolded }) => [title, isFolded]),
    [
      ["Volunteers: 2 machines", false],
      ["Customers", false],
      ["Work and settings", false],
      ["Policies and their params", true],
      ["Transport: what makes a download differ from a fluid", true],
    ],
  );
  const terms = {
    Workload: "the log or trace access.log, replayed; all files are there from the start",
    Files: "3,874 of 8.22 GB, 1.66 GB of them released within the window",
    Requests: "23,818 requests for 94.1 GB in 479 visits of 507 customers, in replication 0",
    Window: "3 d",
    Server: "uplink 8 Mbit/s",
    "Between sites": "backbone: no limit",
    "Each customer":
      "1 download at once; gives a request up after 1 d or 3 attempts; waits 30 s for a machine " +
      "that does not answer; round trip 20 ms; a new connection for each download; passes nothing on",
    Synchronisation:
      "method whole; every 1 d, first at 2 h, spread over 4 h; walk of 32 min 24 s; round trip 20 ms",
    Placement: "looked at every 6 h",
    Tracker:
      "announces every 30 min, gone after 45 min without one; announces tell totals of bytes; " +
      "no probes; a redirect counts as in flight until what its volunteer announces ends it " +
      "(by-request)",
    "Transport, in force": "wireEfficiency, connection, redirect, slowStart and responseHeader",
    "Transport, left out":
      "receiveWindow, queueWait, windowGrowth, roundTripShares, ackLoad, burst, lossLuck, recovery " +
      "and handling",
    Measured:
      "from 0 on, in bins of 5 min; visits and requests that failed or took longer count as 12 h",
    Replications:
      "5 replications; seed 1; all policies meet the same chance in each (common random numbers)",
  };
  for (const [term, text] of Object.entries(terms)) assert.is(setting(tables, term), text);
});

test("what is seldom set is told where it is", () => {
  const text = minimal
    .replace(
      "  server: { uplink: 8 Mbit/s }",
      `  server:
    uplink: 8 Mbit/s
    redirectors: 4
    price: 2
    site: campus
    failures: { up: 5 d, down: 1 h }
    background: { uplink: [{ at: 0 h, rate: 1 Mbit/s }, { at: 8 h, rate: 2 Mbit/s }] }
  sites: { classes: [{ name: campus, count: 3, uplink: 1 Gbit/s }], backbone: 10 Gbit/s }
  synchronisation:
    method: [rsync, swarm]
    list: 88 MB
    yields: true
    rate: 1 Mbit/s
    weight: 0.5
    batch: 64 MB
    fuzzy: true
  tracker: { together: true, lost: 0.1, probe: 5 min, reports: receipts, inFlight: next-request }`,
    )
    .replace(
      "  customers:\n",
      `  customers:
    parallel: 4
    keepAlive: true
    uploads: { uplink: 1 Mbit/s }
`,
    );
  const measured = `measure: { from: 1 h, beliefs: true }
until: { metric: visit.mean, halfWidth: 5 %, max: 40 }
`;
  const { tables, sentences } = of(text + measured);
  assert.is(sentences[0], "A server with an uplink of 8 Mbit/s and 2 volunteers, at 3 sites.");
  assert.is(sentences[2], "2 methods of synchronisation are compared, in 5 replications each.");
  assert.is(
    setting(tables, "Server"),
    "uplink 8 Mbit/s, 4 redirectors, each with customers of its own, stands in campus, 2 a GB, " +
      "5 d up, 1 h down (means, exponential), " +
      "traffic of others ↑ 1 Mbit/s from 0, 2 Mbit/s from 8 h",
  );
  assert.is(setting(tables, "Between sites"), "backbone: 10 Gbit/s");
  assert.match(
    setting(tables, "Synchronisation") ?? "",
    "method rsync and swarm; every 1 d, first at 2 h, spread over 4 h; walk of 32 min 24 s; list of " +
      "88 MB; yields to deliveries; at most 1 Mbit/s; weight 0.5 against a delivery; batches of " +
      "64 MB; finds earlier versions under other names; ",
  );
  assert.match(
    setting(tables, "Tracker") ?? "",
    "announces every 30 min, all at once, gone after 45 min without one; " +
      "announces tell totals of bytes and the transfers that have ended; 10 % of announces are lost; " +
      "probes every 5 min; a redirect counts as in flight until the customer's next request",
  );
  assert.match(
    setting(tables, "Each customer") ?? "",
    "uses connections again; passes on what it has: uplink 1 Mbit/s, 4 files at a time, until 1 h",
  );
  assert.match(
    setting(tables, "Measured") ?? "",
    ", with what the server believes to be in flight",
  );
  assert.match(
    setting(tables, "Replications") ?? "",
    "5 replications, as many as visit.mean needed, at most 40; seed 1",
  );
  const sites = tables.find(({ title }) => title === "Sites");
  assert.equal(sites?.rows, [["campus", "3", "1 Gbit/s", "no limit", "0 s", "always"]]);
});

test("a release and a repository that changes are told with all that makes them", () => {
  assert.is(
    setting(of(RELEASE).tables, "Workload"),
    "a release at 1 d 9 h from a Monday's start, wanted by 500 customers, 80 % of whom come within " +
      "a day; new machines a day: 0.5 % of the customers; files of c.tsv, times of d.csv",
  );
  const images = "customers: 500, images: { size: 4 GB, share: 0.2 } }";
  const { tables: withImages } = of(RELEASE.replace("customers: 500 }", images));
  assert.match(
    setting(withImages, "Workload") ?? "",
    "times of d.csv; with it 1 image of 4 GB, one of which 20 % of the customers come for",
  );
  assert.is(
    setting(of(RELEASE, { ...FACTS, busiestHour: 6480 }).tables, "Load"),
    "the busiest hour asks for 6.48 kB, ρ = 0.90 of what the volunteers can send in it",
  );
  const changing = `    daily: { bytes: 1 GB }
    releases: [{ at: 1 d, bytes: 5 GB }]
  changes: { share: 0.25, every: 1 d }
  window: 3 d`;
  const sync = minimalWith("  log: { file: access.log }", `  sync:\n${changing}`);
  const { sentences, tables, topology } = of(sync, { ...FACTS, requests: 0 });
  assert.is(
    sentences[1],
    "Over 3 d, a repository changes and volunteers synchronise; nobody downloads.",
  );
  assert.is(sentences[2], "Volunteers synchronise by whole, in 5 replications.");
  assert.match(
    setting(tables, "Workload") ?? "",
    "a repository that changes: 1 GB on a usual day, log-normal with σ 0.6; sizes of files " +
      "log-normal with median 21.5 kB and σ 2.865, at most 4.7 GB; small ones together up to 4 MB; " +
      "17 % of the large ones are copies of others; kinds: new 100 %; releases: 5 GB at 1 d",
  );
  assert.is(setting(tables, "Changes in place"), "25 % of the files, every 1 d");
  assert.is(setting(tables, "Requests"), undefined);
  assert.is(topology.machines[1]?.count, null);
});

test("requests by chance are told with their gap, their law of sizes and their files", () => {
  const poisson = "  poisson: { gap: 0.25 s, size: 3 MB }\n  window: 2 h";
  const { sentences, tables } = of(minimalWith("  log: { file: access.log }", poisson));
  assert.is(
    sentences[1],
    "Over 2 h, a request comes every 250 ms on average, by chance, each with 1 download at a time.",
  );
  assert.is(
    setting(tables, "Workload"),
    "a Poisson process of requests, every 250 ms on average, for files of their own; sizes " +
      "exponential with mean 3 MB",
  );
  assert.match(setting(tables, "Arrivals") ?? "", "each by a customer of its own");
  const few = poisson.replace("size: 3 MB", "size: { constant: { mean: 3 MB } }, files: 7");
  assert.match(
    setting(of(minimalWith("  log: { file: access.log }", few)).tables, "Workload") ?? "",
    "for 7 files; sizes constant with mean 3 MB",
  );
});

test.run();
