import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { FLUID } from "../network/http/causes.ts";
import { simulate } from "./simulation.ts";
import { HONEST } from "./system.ts";
import {
  comesAndGoes,
  logging,
  namedPolicies,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "./testing.ts";

/** What happens, line by line. */
function story(run: Parameters<typeof tinyRun>[0]): string[] {
  const log: string[] = [];
  simulate(tinyRun(run), logging(log));
  return log;
}

const direct = { policies: namedPolicies("origin-only") };

test("a customer downloads the whole file from the server at the server's rate", () => {
  const workload = tinyWorkload([100], [[5, 0, 0]]);
  assert.equal(story({ system: tinySystem(), workload, ...direct }), [
    "5 request 0 to server",
    "15 request 0 delivered by server after 100 B",
    "15 request 0 asked at 5 served",
    "500 volunteer 0 synchronised 0 files in 0 s",
    "1500 volunteer 0 synchronised 0 files in 0 s",
  ]);
});

test("a redirected customer downloads from the volunteer's faster uplink", () => {
  const workload = tinyWorkload([100], [[5, 0, 0]], { window: 100 });
  assert.equal(story({ system: tinySystem(), workload }), [
    "5 request 0 to volunteer 0",
    "10 request 0 delivered by volunteer 0 after 100 B",
    "10 request 0 asked at 5 served",
  ]);
});

test("a customer that runs one download at a time asks for the next when the first has ended", () => {
  const workload = tinyWorkload(
    [100],
    [
      [0, 0, 0],
      [1, 0, 0],
      [2, 0, 0],
    ],
    { window: 100 },
  );
  const asked = story({ system: tinySystem(), workload, ...direct }).filter((line) =>
    line.includes("to server"),
  );
  assert.equal(asked, [
    "0 request 0 to server",
    "10 request 1 to server",
    "20 request 2 to server",
  ]);
});

test("who is given no weight by the operator is sent nobody by weight", () => {
  const system = tinySystem({ volunteers: [{ weight: 0 }, { weight: 7 }] });
  const requests = Array.from({ length: 20 }, (_, i): [number, number, number] => [30 * i, i, 0]);
  const workload = tinyWorkload([100], requests, { window: 1000 });
  const told = story({ system, workload, policies: namedPolicies("weighted") });
  assert.is(told.filter((line) => line.includes("to volunteer 1")).length, 20);
});

test("connection, redirect and slow start come before the bytes", () => {
  // 10 ms round trips: 4 of them through a redirect; 100 B fit the first window.
  const system = tinySystem({
    customers: { rtt: 0.01 },
    transport: {
      causes: { ...FLUID, connection: true, redirect: true, slowStart: true },
      queue: 1000,
      burst: 1000,
    },
  });
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 100 });
  assert.is(
    story({ system, workload })[1],
    "5.267901 request 0 delivered by volunteer 0 after 100 B", // 4 · 0.01 + 5 / (1448/1514).
  );
});

test("wrong bytes are noticed by their digest, and the server delivers", () => {
  const system = tinySystem({ volunteers: [{ conduct: { ...HONEST, corrupts: 1 } }] });
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 100 });
  assert.equal(story({ system, workload }), [
    "0 request 0 to volunteer 0",
    "5 request 0 wrong-digest by volunteer 0 after 100 B",
    "15 request 0 delivered by server after 100 B",
    "15 request 0 asked at 0 served",
  ]);
});

test("with one attempt allowed, wrong bytes fail the request", () => {
  const system = tinySystem({
    volunteers: [{ conduct: { ...HONEST, corrupts: 1 } }],
    customers: { attempts: 1 },
  });
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 100 });
  assert.equal(story({ system, workload }).slice(1), [
    "5 request 0 wrong-digest by volunteer 0 after 100 B",
    "5 request 0 asked at 0 failed",
  ]);
});

test("a customer gives up when its patience ends, and asks for its next file", () => {
  const system = tinySystem({ customers: { patience: 4 } });
  const workload = tinyWorkload(
    [100, 20],
    [
      [0, 0, 0],
      [0, 0, 1],
    ],
    { window: 100 },
  );
  assert.equal(story({ system, workload, ...direct }), [
    "0 request 0 to server",
    "4 request 0 abandoned by server after 40 B",
    "4 request 0 asked at 0 failed",
    "4 request 1 to server",
    "6 request 1 delivered by server after 20 B",
    "6 request 1 asked at 4 served",
  ]);
});

test("a released file is pulled at the next synchronisation and offered from the next announce", () => {
  // Pull: 100 B in chunks of 10, each with 20 B of metadata, is 300 B at 10 B/s: done at 530.
  const asks = [540, 700].map((time) => [time, 0, 0] as const);
  const workload = tinyWorkload([100], asks, { released: { 0: 400 }, window: 900 });
  const log = story({ system: tinySystem(), workload });
  assert.ok(log.includes("530 volunteer 0 pulled 300 B"), log.join("\n"));
  assert.ok(log.includes("530 volunteer 0 synchronised 1 files in 30 s"), log.join("\n"));
  const to = log.filter((line) => line.includes(" to ")).map((line) => line.replace(/^\S+ /, ""));
  // At 540 the volunteer holds the file, but its announce (one every 100 s) may not have said so.
  assert.equal(to, ["request 0 to server", "request 1 to volunteer 0"]);
});

test("new-releases keeps old files off a volatile volunteer", () => {
  const volatile = { sessions: comesAndGoes(1e9, 1e-6) };
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 100 });
  const system = tinySystem({ volunteers: [volatile] });
  const replication = { policies: namedPolicies("random", "new-releases") };
  assert.is(story({ system, workload, ...replication })[0], "0 request 0 to server");
  assert.is(story({ system, workload })[0], "0 request 0 to volunteer 0");
});

test("a volunteer that leaves in mid-transfer costs the timeout, then the server delivers", () => {
  // Sessions of 200 s on average against a download of 1,000 s: nearly all break off.
  const system = tinySystem({ volunteers: [{ sessions: comesAndGoes(200, 1) }] });
  const workload = tinyWorkload([20_000], [[0, 0, 0]], { window: 100 });
  const at = (log: string[], what: string) =>
    Number(log.find((line) => line.includes(what))?.split(" ")[0]);
  const brokenOff = [1, 2, 3, 4, 5, 6, 7, 8]
    .map((seed) => story({ system, workload, streams: streams(seed) }))
    .filter((log) => log.some((line) => line.includes("gone")));
  assert.ok(brokenOff.length >= 5, `${brokenOff.length} of 8`);
  for (const log of brokenOff) {
    // The timeout of 30 s, then 20,000 B at the server's 10 B/s.
    const expected = at(log, "gone") + 30 + 2000;
    assert.ok(Math.abs(at(log, "served") - expected) < 1e-3, log.join("\n"));
  }
});

test("equal runs have equal fingerprints; a policy, a seed or a byte makes another", () => {
  const asks = Array.from({ length: 50 }, (_, i) => [i, i % 7, i % 3] as const);
  const workload = tinyWorkload([100, 70, 30], asks, { window: 200 });
  const system = tinySystem({ volunteers: [{ count: 3 }] });
  const print = (run: Partial<Parameters<typeof tinyRun>[0]>) =>
    simulate(tinyRun({ system, workload, policies: namedPolicies("random"), ...run }), logging([]))
      .fingerprint;
  const reference = print({});
  assert.is(print({}), reference);
  assert.is.not(print({ policies: namedPolicies("round-robin") }), reference);
  assert.is.not(print({ workload: tinyWorkload([101, 70, 30], asks, { window: 200 }) }), reference);
});

test.run();
