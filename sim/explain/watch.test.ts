import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { SERVER_NODE } from "../model/events.ts";
import { type Run, simulate } from "../model/simulation.ts";
import { HONEST } from "../model/system.ts";
import {
  comesAndGoes,
  logging,
  namedPolicies,
  TINY_CUSTOMER,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../model/testing.ts";
import { USUAL } from "../network/http/causes.ts";
import type { Hold } from "./hold.ts";
import { survey } from "./survey.ts";
import type { Life } from "./timeline.ts";
import { watchForced, watchRequest, watchRequests } from "./watch.ts";

/** Phases as [from, to, what, bytes], the first from 0. */
function told({ life, hold }: { life: Life; hold: (hold: Hold) => string }) {
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  return life.phases.map((phase) => [
    round(phase.from - life.asked),
    round(phase.to - life.asked),
    hold(phase.hold),
    round(phase.bytes),
  ]);
}

function lifeOf(run: Run, request: number) {
  const { life, names } = watchRequest(run, request);
  return { life, phases: told({ life, hold: (hold) => names.hold(hold, 0).name }) };
}

test("a download that another joins: the uplink holds both back, then the downlink the one left", () => {
  // Volunteer of 20 B/s, customers of 15 B/s. 300 B from 0 on alone: 15 B/s. At 10 another asks for
  // 50 B: 10 B/s each, the first has 150 B left. The other is done at 15, the first has 100 B left.
  const run = tinyRun({
    system: tinySystem({
      customers: { classes: [{ share: 1, ...TINY_CUSTOMER, downlink: 15 }] },
    }),
    workload: tinyWorkload(
      [300, 50],
      [
        [0, 0, 0],
        [10, 1, 1],
      ],
    ),
  });
  const { life, phases } = lifeOf(run, 0);
  assert.equal(phases, [
    [0, 10, "the customer's downlink", 150],
    [10, 15, "volunteer 0's uplink", 50],
    [15, 21.666667, "the customer's downlink", 100],
  ]);
  assert.equal([life.phases[1].downloads, life.phases[1].others], [1, 0]);
  assert.is(life.accepted, true);
});

test("a request waits its turn before it is asked, and that is no part of its delay", () => {
  const run = tinyRun({
    system: tinySystem(),
    workload: tinyWorkload(
      [200],
      [
        [0, 0, 0],
        [4, 0, 0],
      ],
    ),
  });
  const { life, phases } = lifeOf(run, 1);
  assert.equal([life.arrived, life.asked, life.ended], [4, 10, 20]);
  assert.equal(phases, [[0, 10, "volunteer 0's uplink", 200]]);
});

test("wrong bytes cost a whole attempt; the server then delivers itself", () => {
  // 200 B at 20 B/s from the volunteer, whose bytes are wrong; then at 10 B/s from the server.
  const run = tinyRun({
    system: tinySystem({ volunteers: [{ conduct: { ...HONEST, corrupts: 1 } }] }),
    workload: tinyWorkload([200], [[0, 0, 0]]),
  });
  const { life, phases } = lifeOf(run, 0);
  assert.equal(phases, [
    [0, 10, "volunteer 0's uplink", 200],
    [10, 30, "the server's uplink", 200],
  ]);
  assert.equal(life.attempts, [
    { node: 0, from: 0, to: 10, end: "wrong-digest", sent: 200 },
    { node: SERVER_NODE, from: 10, to: 30, end: "delivered", sent: 200 },
  ]);
});

test("a server that never answers holds the request until the customer loses patience", () => {
  const law = (mean: number) => ({ kind: "constant" as const, mean });
  const failures = { up: law(1e-6), down: law(1e9), diurnal: 0 };
  const run = tinyRun({
    system: tinySystem({ server: { ...TINY_SERVER, failures }, volunteers: [] }),
    workload: tinyWorkload([10], [[6, 0, 0]]),
  });
  const { life, phases } = lifeOf(run, 0);
  assert.equal(phases, [[0, 10_000, "the server, not answering", 0]]);
  assert.equal([life.accepted, life.attempts], [false, []]);
});

test("a source that is gone costs the customer its timeout of 30 s", () => {
  const requests = new Set(Array.from({ length: 40 }, (_, request) => request));
  const lives = [...watchRequests(busyRun(3), requests).lives.values()];
  const gone = lives.flatMap(({ attempts, phases }) =>
    attempts
      .filter(({ end }) => end === "gone")
      .map(({ to }) => phases.find(({ from }) => from === to)),
  );
  assert.ok(gone.length > 0);
  for (const phase of gone) {
    assert.is(phase?.hold.kind, "timeout");
    assert.ok(Math.abs(Number(phase?.to) - Number(phase?.from) - 30) < 1e-9);
  }
});

test("set-up and slow start have their own phases", () => {
  const system = tinySystem({
    server: { ...TINY_SERVER, uplink: 1e6 },
    customers: { rtt: 1, classes: [{ share: 1, ...TINY_CUSTOMER, downlink: 1e6 }] },
    transport: { causes: { ...USUAL, wireEfficiency: false }, queue: 0, burst: 0 },
    volunteers: [],
  });
  const workload = tinyWorkload([40_000], [[0, 0, 0]]);
  const policies = namedPolicies("origin-only");
  const { phases } = lifeOf(tinyRun({ system, workload, policies }), 0);
  // Two round trips of 1 s; then 14,480 B, nothing until the round trip is over, and the rest.
  assert.equal(
    phases.map(([from, , what]) => [Math.floor(Number(from)), what]),
    [
      [0, "opening the connection"],
      [2, "the server's uplink"],
      [2, "TCP's window"],
      [3, "the server's uplink"],
    ],
  );
});

test("who watches changes nothing: fingerprint, events and end are those of the run", () => {
  const run = () => busyRun(7);
  const plain = simulate(run(), logging([]));
  assert.equal(watchRequest(run(), 5).ending, plain);
  assert.equal(survey(run()).ending, plain);
});

test("a decision that is forced to what was decided changes nothing", () => {
  const seen = watchRequest(busyRun(3), 8);
  const node = seen.decision?.node ?? SERVER_NODE;
  assert.equal(watchForced(busyRun(3), 8, node).life, seen.life);
});

test("the order begins with whom the policy chose and ends with the server; whoever has the file, once", () => {
  const { decision } = watchRequest(busyRun(11), 20);
  assert.ok(decision !== null);
  assert.is(decision.order[0], decision.node);
  assert.is(decision.order.at(-1), SERVER_NODE);
  // One of the three candidates is believed to be still fetching the file, and is never chosen.
  const holders = decision.candidates.filter(({ belief }) => belief !== "partial");
  assert.is(decision.order.length, holders.length + 1);
  assert.is(new Set(decision.order).size, decision.order.length);
});

test("in any run the phases of every request are without a gap and move what was sent", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), (seed, isUsual) => {
      const run = () => busyRun(seed, isUsual);
      const { requests } = run().workload.trace;
      const all = new Set(Array.from({ length: requests }, (_, request) => request));
      const { lives } = watchRequests(run(), all);
      const { delay, accepted } = survey(run());
      assert.is(lives.size, requests);
      for (const life of lives.values()) checkLife(life, delay[life.request], accepted);
    }),
    { numRuns: 40 },
  );
});

function checkLife(life: Life, delay: number, accepted: Uint8Array): void {
  const { request, phases, attempts, asked, ended } = life;
  assert.is(ended - asked, delay);
  assert.is(life.accepted, accepted[request] === 1);
  let at = asked;
  for (const { from, to } of phases) {
    assert.is(from, at);
    assert.ok(to > from);
    at = to;
  }
  assert.is(at, ended);
  const moved = phases.reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = attempts.reduce((sum, attempt) => sum + attempt.sent, 0);
  // Headers of 250 bytes come before the bytes that are counted as sent.
  assert.ok(moved >= sent * (1 - 1e-9) && moved <= sent + 250 * attempts.length + 1e-6);
  for (const { hold } of phases) assert.is.not(hold.kind, "none");
}

/** A small system in which everything happens: churn, lies, failures, queues of requests. */
function busyRun(seed: number, isUsual = false): Run {
  const random = streams(seed)("asks");
  const asks = Array.from({ length: 40 }, () => {
    const [time, customer, file] = [1500 * random(), Math.floor(5 * random()), random() * 4];
    return [time, customer, Math.floor(file)] as const;
  }).sort(([a], [b]) => a - b);
  return tinyRun({
    system: tinySystem({
      server: { ...TINY_SERVER, failures: comesAndGoes(400, 60) },
      volunteers: [
        { conduct: { ...HONEST, corrupts: 0.2, truncates: 0.2 } },
        { sessions: comesAndGoes(200, 100), count: 2, shared: 25 },
        { caches: true, coverage: 0.3, transferRate: 6, deliveryRate: 18 },
      ],
      ...(isUsual && { transport: { causes: USUAL, queue: 1000, burst: 1000 } }),
      customers: {
        ...{ patience: 300, rtt: 0.1, parallel: 2 },
        ...(seed % 3 === 0 && { uploads: { uplink: 5, slots: 2, stays: 400, price: 0 } }),
      },
      synchronisation: { every: 200, first: 50 },
    }),
    workload: tinyWorkload([300, 100, 40, 700], asks, { released: { 3: 300 } }),
    policies: namedPolicies(seed % 2 === 0 ? "tracker-informed" : "random"),
    streams: streams(seed),
  });
}

test.run();
