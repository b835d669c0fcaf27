/** When volunteers synchronise under each policy, and from where. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, policies, policyNamed, type SyncPolicy } from "../../policies/index.ts";
import { simulate } from "../simulation.ts";
import {
  logging,
  namedPolicies,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../testing.ts";

type Changes = Parameters<typeof tinySystem>[0];

const HOUR = 3600;

function story(
  sync: string,
  changes: Changes,
  { params = {}, window = 2 * HOUR, asks = [] as Parameters<typeof tinyWorkload>[1] } = {},
) {
  const log: string[] = [];
  const workload = tinyWorkload([1000, 20_000], asks, { released: { 0: 400 }, window });
  const bound = {
    ...namedPolicies("random"),
    sync: () => bind(policyNamed<SyncPolicy>(policies.sync, sync), params),
  };
  simulate(tinyRun({ system: tinySystem(changes), workload, policies: bound }), logging(log));
  return log.filter((line) => /pulled|took|synchronised/.test(line));
}

test("pushed: as soon as a file is released", () => {
  // 3000 B with digests, at 10 B/s.
  assert.ok(story("pushed", {}).includes("700 volunteer 0 pulled 3000 B"));
});

test("off-peak: in the window, at its rate", () => {
  const params = { opens: HOUR, lasts: HOUR, cap: 5 };
  assert.is(story("off-peak", {}, { params })[0], `${HOUR + 600} volunteer 0 pulled 3000 B`);
});

test("daily: each volunteer once a day, at a time of its own", () => {
  const log = story("daily", { volunteers: [{ count: 3 }] }, { window: 3 * 24 * HOUR });
  const starts = log.filter((line) => line.includes("synchronised"));
  assert.is(starts.length, 9);
});

test("tree: the first fetch from the server, the others from those above them when these have it", () => {
  const params = { fanout: 1 };
  const server = { ...TINY_SERVER, uplink: 20 };
  const log = story("tree", { server, volunteers: [{ count: 3 }] }, { params });
  assert.equal(
    log.filter((line) => !line.includes("synchronised")),
    [
      "550 volunteer 0 pulled 3000 B",
      "700 volunteer 1 took 3000 B from volunteer 0",
      "850 volunteer 2 took 3000 B from volunteer 1",
    ],
  );
});

test("tree: who waits for one that leaves goes on from the server", () => {
  const leaves = {
    up: { kind: "constant", mean: 600 } as const,
    down: { kind: "constant", mean: 1e6 } as const,
    diurnal: 0,
  };
  const log = story("tree", { volunteers: [{ sessions: leaves }, {}] }, { params: { fanout: 1 } });
  assert.ok(
    log.some((line) => /volunteer 1 pulled/.test(line)),
    log.join("\n"),
  );
});

test("swarm: a policy that says so makes volunteers swarm, whatever the system's method", () => {
  const log = story("swarm", {
    volunteers: [{ count: 4 }],
    server: { ...TINY_SERVER, uplink: 20 },
  });
  const sum = (pattern: RegExp) =>
    log.reduce((total, line) => total + Number(pattern.exec(line)?.[1] ?? 0), 0);
  assert.ok(sum(/took (\S+) B/) > sum(/pulled (\S+) B/), log.join("\n"));
});

test("yielding: at a limited rate while deliveries take the uplink", () => {
  const changes: Changes = { volunteers: [{ uplink: 20, downlink: 20, shared: 40 }] };
  const busy = story(
    "yielding",
    { ...changes, server: { ...TINY_SERVER, uplink: 20 } },
    { asks: [[390, 0, 1]] },
  );
  const idle = story("yielding", { ...changes, server: { ...TINY_SERVER, uplink: 20 } });
  const end = (log: readonly string[]) => Number.parseFloat(log[0]);
  // Nine tenths of 20 B/s when idle; a twentieth of it while the uplink is full.
  assert.ok(Math.abs(end(idle) - (400 + 3000 / 18)) < 1, idle[0]);
  assert.ok(end(busy) > 1000, busy[0]);
});

test("age-driven: the more often the newer the newest release", () => {
  const log = story("age-driven", {}, { window: 24 * HOUR });
  const times = log.filter((l) => l.includes("synchronised")).map((l) => Number.parseFloat(l));
  assert.ok(times.length > 6, `${times}`);
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  assert.ok(gaps[0] < gaps[gaps.length - 1], `${gaps}`);
});

test.run();
