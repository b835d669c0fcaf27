import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, policies, policyNamed } from "../policies/index.ts";
import { simulate } from "./simulation.ts";
import {
  comesAndGoes,
  logging,
  namedPolicies,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "./testing.ts";

type Asks = Parameters<typeof tinyWorkload>[1];

/** Looks every 100 s, announces too, synchronisation every 50 s. */
function story(
  replication: string,
  params: Record<string, number>,
  asks: Asks,
  {
    sizes = [100, 100],
    released = {} as Record<number, number>,
    disk = Number.POSITIVE_INFINITY,
  } = {},
): string[] {
  const log: string[] = [];
  const system = tinySystem({
    placement: { every: 100 },
    synchronisation: { every: 50, first: 25 },
    volunteers: [{ count: 2, disk }, { sessions: comesAndGoes(1e9, 1) }],
  });
  const workload = tinyWorkload(sizes, asks, { released, window: 1500 });
  const bound = {
    ...namedPolicies("random"),
    replication: bind(policyNamed(policies.replication, replication), params),
  };
  simulate(tinyRun({ system, workload, policies: bound }), logging(log));
  return log;
}

const pulls = (log: readonly string[]) =>
  log.flatMap((line) => /^(\S+) volunteer (\d+) pulled/.exec(line)?.slice(1, 3).map(Number) ?? []);

test("a new release goes to volatile volunteers and is taken back when it is no longer new", () => {
  const asks: Asks = [
    [450, 0, 1],
    [1400, 0, 1],
  ];
  const log = story("new-releases", { window: 600, copies: 40 }, asks, { released: { 1: 200 } });
  const fetchedBy = pulls(log).filter((_, i) => i % 2 === 1);
  assert.equal([...fetchedBy].sort(), [0, 1, 2]);
  // At 800 it is 600 s old: volunteer 2 drops it, and no request goes there after that.
  const late = Array.from({ length: 30 }, (_, i) => [850 + i * 20, i, 1] as const);
  const after = story("new-releases", { window: 600, copies: 40 }, late, { released: { 1: 200 } });
  assert.is(after.filter((line) => /to volunteer [01]$/.test(line)).length, 30);
});

test("a placement that answers to demand copies what the server had to deliver, and nothing else", () => {
  const asks = Array.from({ length: 40 }, (_, i) => [5 + i, i % 7, 0] as const);
  const later = [
    [900, 9, 0],
    [910, 8, 1],
  ] as const;
  const log = story("demand-driven", { misses: 15 }, [...asks, ...later]);
  assert.ok(pulls(log).length > 0, "nothing was copied");
  assert.ok(
    log.some((line) => /^900 request 40 to volunteer/.test(line)),
    log.slice(-12).join("\n"),
  );
  assert.ok(log.includes("910 request 41 to server"));
});

test("a copy that is taken back while it is fetched is held by nobody", () => {
  // Released and given at 20 s, fetched from 25 s to 325 s, taken back at 200 s.
  const system = tinySystem({
    placement: { every: 100 },
    synchronisation: { every: 50, first: 25 },
    volunteers: [{ sessions: comesAndGoes(1e9, 1) }],
  });
  const workload = tinyWorkload([100, 1000], [], { released: { 1: 20 }, window: 1500 });
  const given = bind(policyNamed(policies.replication, "new-releases"), {
    window: 150,
    copies: 40,
  });
  const pulled: number[] = [];
  const fetched: number[] = [];
  simulate(
    tinyRun({ system, workload, policies: { ...namedPolicies("random"), replication: given } }),
    () => ({
      pulled: (_, bytes) => pulled.push(bytes),
      fetched: (_, file) => fetched.push(file),
    }),
  );
  assert.equal(pulled, [3000]); // 100 chunks of 30 B at 10 B/s.
  assert.equal(fetched, []);
});

test("no disk is promised more than it has", () => {
  const log = story("everything", {}, [], {
    sizes: [100, 100, 100],
    released: { 1: 50, 2: 60 },
    disk: 250,
  });
  const counts = [0, 1, 2].map((v) => pulls(log).filter((x, i) => i % 2 === 1 && x === v).length);
  assert.equal(counts, [1, 1, 2]); // The third volunteer has no limit.
});

test.run();
