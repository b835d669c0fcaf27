import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Run, simulate } from "../model/simulation.ts";
import { HONEST } from "../model/system.ts";
import { namedPolicies, tinyRun, tinySystem, tinyWorkload } from "../model/testing.ts";
import { bind, policies, policyNamed } from "../policies/index.ts";
import { Both } from "./both.ts";
import { RowRecorder } from "./row-recorder.ts";
import type { TableName } from "./tables.ts";
import { collecting } from "./testing.ts";

function rowsOf(run: Partial<Run> & Pick<Run, "system" | "workload">, tables?: TableName[]) {
  const { rows, sinks } = collecting(tables);
  const whole = tinyRun(run);
  let recorder: RowRecorder | undefined;
  simulate(whole, (world) => {
    recorder = new RowRecorder(world, whole.workload, sinks);
    return recorder;
  });
  recorder?.finish();
  return rows;
}

test("a customer's two requests, one after the other at the server, at 10 B/s", () => {
  const workload = tinyWorkload(
    [100, 300],
    [
      [5, 1, 0],
      [5, 1, 1],
    ],
    { window: 400 },
  );
  const alone = { system: tinySystem(), workload, policies: namedPolicies("origin-only") };
  const { requests, attempts, visits } = rowsOf(alone);
  const common = {
    ...{ visit: 0, customer: 1, site: null, arrival_s: 5 },
    ...{ source: "server", source_number: null, attempts: 1, outcome: "served" },
    reason: "the server alone",
  };
  const { reason } = requests[0];
  assert.equal(requests, [
    {
      ...{ ...common, reason, request: 0, file: 0, wanted_bytes: 100 },
      ...{ asked_s: 5, turned_s: 5, first_byte_s: 5, end_s: 15 },
    },
    {
      ...{ ...common, reason, request: 1, file: 1, wanted_bytes: 300 },
      ...{ asked_s: 15, turned_s: 15, first_byte_s: 15, end_s: 45 },
    },
  ]);
  assert.type(reason, "string");
  const delivered = { source: "server", source_number: null, outcome: "delivered" };
  assert.equal(attempts, [
    {
      ...{ request: 0, attempt: 1, arrival_s: 5, ...delivered },
      ...{ start_s: 5, first_byte_s: 5, end_s: 15, sent_bytes: 100 },
    },
    {
      ...{ request: 1, attempt: 1, arrival_s: 5, ...delivered },
      ...{ start_s: 15, first_byte_s: 15, end_s: 45, sent_bytes: 300 },
    },
  ]);
  assert.equal(visits, [
    {
      ...{ visit: 0, customer: 1, site: null, arrival_s: 5, end_s: 45 },
      ...{ requests: 2, failed: 0, wanted_bytes: 400, got_bytes: 400 },
    },
  ]);
});

test("a volunteer that spoils everything is an attempt, and the server another", () => {
  // 100 B at 20 B/s from the volunteer, whose digest is wrong; then at 10 B/s from the server.
  const volunteers = [{ conduct: { ...HONEST, corrupts: 1 } }];
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 200 });
  const { requests, attempts } = rowsOf({ system: tinySystem({ volunteers }), workload });
  assert.equal(
    attempts.map(({ attempt, source, source_number, start_s, end_s, sent_bytes, outcome }) => {
      return [attempt, source, source_number, start_s, end_s, sent_bytes, outcome];
    }),
    [
      [1, "volunteer", 0, 0, 5, 100, "wrong-digest"],
      [2, "server", null, 5, 15, 100, "delivered"],
    ],
  );
  const [{ source, turned_s, first_byte_s, end_s, outcome }] = requests;
  assert.equal(
    [requests[0]["attempts"], source, turned_s, first_byte_s, end_s, outcome],
    [2, "server", 5, 5, 15, "served"],
  );
});

test("who gives up while the server is silent has turned to nobody", () => {
  const failures = {
    up: { kind: "exponential", mean: 1e-9 },
    down: { kind: "exponential", mean: 1e9 },
    diurnal: 0,
  } as const;
  const system = tinySystem({
    server: { ...tinySystem().server, failures },
    customers: { patience: 40 },
  });
  const workload = tinyWorkload([100], [[50, 0, 0]], { window: 200 });
  const { requests, attempts, visits } = rowsOf({ system, workload });
  assert.equal(attempts, [
    {
      ...{ request: 0, attempt: 0, arrival_s: 50, source: null, source_number: null },
      ...{ start_s: null, first_byte_s: null, end_s: 90, sent_bytes: 0, outcome: "abandoned" },
    },
  ]);
  const [{ turned_s, first_byte_s, end_s, source, outcome, reason }] = requests;
  assert.equal(
    [turned_s, first_byte_s, end_s, source, requests[0]["attempts"], outcome, reason],
    [null, null, 90, null, 0, "failed", null],
  );
  assert.equal([visits[0]["failed"], visits[0]["got_bytes"]], [1, 0]);
});

test("a peer is told as the customer that it is, and customers by their site", () => {
  // Customer 0 has the file from 10 s on and passes it on; the server has no more to do.
  const where = { asNumber: 0, country: "", region: "", continent: "", position: null };
  const unlimited = Number.POSITIVE_INFINITY;
  const background = { uplink: null, downlink: null };
  const hall = { name: "hall", count: 1, uplink: unlimited, downlink: unlimited, rtt: 0 };
  const system = tinySystem({
    sites: { backbone: unlimited, classes: [{ ...hall, failures: null, where, background }] },
    volunteers: [],
    customers: {
      uploads: { uplink: 10, slots: 1, stays: 1000, price: 0 },
      classes: [{ share: 1, downlink: 20, site: "hall", receiveWindow: unlimited }],
    },
  });
  const workload = tinyWorkload(
    [100],
    [
      [0, 0, 0],
      [50, 1, 0],
    ],
    { window: 200 },
  );
  const { requests } = rowsOf({ system, workload });
  assert.equal(
    requests.map(({ site, source, source_number, reason }) => [
      site,
      source,
      source_number,
      reason,
    ]),
    [
      ["hall", "server", null, requests[0]["reason"]],
      ["hall", "customer", 0, "a peer"],
    ],
  );
});

test("volunteers leave rows of what they fetch, when they hold it, and when they could serve", () => {
  // 100 B in ten chunks of 30 B each, 300 B at 10 B/s, released at 400, pulled from 500 to 530.
  const workload = tinyWorkload([100], [], { released: { 0: 400 }, window: 1000 });
  const rows = rowsOf({ system: tinySystem(), workload });
  assert.equal(rows.synchronisations, [{ volunteer: 0, start_s: 500, end_s: 530, files: 1 }]);
  assert.equal(rows.copies, [{ volunteer: 0, file: 0, held_s: 530, published_s: 400 }]);
  assert.equal(rows.fetches, [
    { volunteer: 0, end_s: 530, way: "pulled", peer: null, moved_bytes: 300 },
  ]);
  assert.equal(rows.presence, [{ volunteer: 0, from_s: 530, to_s: 1000 }]);
  assert.equal(rows.files, []);
  assert.equal(rows.runs, [{ window_s: 1000, end_s: 1000, requests: 0, visits: 0 }]);
});

test("links are looked at at 0, each bin, where the measured time begins, and the end", () => {
  // 150 B at 10 B/s from 90 s to 105 s.
  const workload = tinyWorkload([150], [[90, 0, 0]], { window: 200 });
  const alone = { system: tinySystem(), workload, policies: namedPolicies("origin-only") };
  const { links, files } = rowsOf({ ...alone, measureFrom: 100 });
  const carried = (link: string) =>
    links
      .filter((row) => row["link"] === link)
      .map(({ time_s, volunteer, carried_bytes }) => [time_s, volunteer, carried_bytes]);
  assert.equal(carried("serverUplink"), [
    [0, null, 0],
    [100, null, 100],
    [200, null, 150],
  ]);
  assert.equal(carried("customerDownlink"), carried("serverUplink"));
  assert.equal(carried("volunteerUplink"), [
    [0, 0, 0],
    [100, 0, 0],
    [200, 0, 0],
  ]);
  assert.equal(files, [{ file: 0, path: "file-0", size_bytes: 150, published_s: null }]);
});

test("an audit is a row of its own", () => {
  const sampled = () => bind(policyNamed(policies.trust, "sampled-audit"), { share: 1 });
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 200 });
  const audited = { ...namedPolicies("random"), trust: sampled };
  const { audits } = rowsOf({ system: tinySystem(), workload, policies: audited });
  const [{ end_s, ...audit }] = audits;
  assert.equal(audit, { volunteer: 0, sent_bytes: 100, outcome: "passed" });
  // 100 B over the volunteer's 20 B/s, of which the delivery takes half, or over the server's 10 B/s.
  assert.is(end_s, 10);
});

test("tables that nobody wants cost nothing, and the run is the same", () => {
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 200 });
  const run = () => tinyRun({ system: tinySystem(), workload });
  const { rows, sinks } = collecting(["visits"]);
  const { fingerprint } = simulate(run(), (world) => {
    return new Both({}, new RowRecorder(world, workload, sinks));
  });
  assert.is(fingerprint, simulate(run(), () => ({})).fingerprint);
  assert.equal(Object.keys(rows), ["visits"]);
});

test.run();
