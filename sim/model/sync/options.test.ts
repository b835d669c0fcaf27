/** What an experiment can say about synchronisation beside its method. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, policies, policyNamed } from "../../policies/index.ts";
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

function story(workload: ReturnType<typeof tinyWorkload>, changes: Changes): string[] {
  const log: string[] = [];
  simulate(tinyRun({ system: tinySystem(changes), workload }), logging(log));
  return log;
}

/** One file, released at 400, to be had at 500. */
const one = (size: number, asks: Parameters<typeof tinyWorkload>[1] = []) =>
  tinyWorkload([size, 1000], asks, { released: { 0: 400 }, window: 900 });

test("the list of files comes during the walk, for a partial mirror its part; the slower counts", () => {
  const log = (list: number, walk: number, coverage = 1) =>
    story(one(100), { synchronisation: { list, walk }, volunteers: [{ coverage }] });
  // 200 B at 10 B/s take 20 s; the file's 100 B with ten digests of 20 B, another 30 s.
  assert.equal(log(200, 5).slice(0, 2), [
    "520 volunteer 0 pulled 200 B",
    "550 volunteer 0 pulled 300 B",
  ]);
  assert.equal(log(200, 40).slice(0, 2), [
    "520 volunteer 0 pulled 200 B",
    "570 volunteer 0 pulled 300 B",
  ]);
  assert.is(log(200, 5, 0.5)[0], "510 volunteer 0 pulled 100 B");
});

test("a limit on synchronisation holds back no delivery", () => {
  const changes = { synchronisation: { rate: 4 }, volunteers: [{ shared: 20 }] };
  const log = story(one(100, [[500, 0, 1]]), changes);
  assert.ok(log.includes("575 volunteer 0 pulled 300 B"), log.join("\n"));
  assert.ok(log.some((line) => line.startsWith("562.5 request 0 delivered"))); // 1000 B at 16 B/s.
});

test("synchronisation that yields gets what deliveries leave, otherwise its share", () => {
  const log = (yields: boolean) =>
    story(one(100, [[500, 0, 1]]), {
      server: { ...TINY_SERVER, uplink: 20 },
      synchronisation: { yields },
      volunteers: [{ shared: 20 }],
    });
  // 300 B and 1000 B over one connection of 20 B/s.
  assert.ok(log(false).includes("530 volunteer 0 pulled 300 B"));
  assert.ok(log(false).some((line) => line.startsWith("565 request 0 delivered")));
  assert.ok(log(true).includes("565 volunteer 0 pulled 300 B"));
  assert.ok(log(true).some((line) => line.startsWith("550 request 0 delivered")));
});

test("an exact swarm of one is a download; of several, the server sends less than all copies", () => {
  const run = (count: number) => {
    const log: string[] = [];
    const system = tinySystem({
      server: { ...TINY_SERVER, uplink: 1e6 },
      volunteers: [{ count, uplink: 1e6, downlink: 2e6 }],
      synchronisation: { method: "swarm-exact", first: 0, rtt: 0.01 },
    });
    const workload = tinyWorkload([8_000_000], [], { released: { 0: 0 }, window: 900 });
    const chunkSize = bind(policyNamed(policies.chunkSize, "fixed"), { chunkSize: 65_536 });
    const bound = { ...namedPolicies("random"), chunkSize };
    simulate(tinyRun({ system, workload, policies: bound }), logging(log));
    const sum = (pattern: RegExp) =>
      log.reduce((total, line) => total + Number(pattern.exec(line)?.[1] ?? 0), 0);
    assert.is(log.filter((line) => line.includes("synchronised 1 files")).length, count);
    return { pulled: sum(/pulled (\S+) B/), taken: sum(/took (\S+) B/) };
  };
  const alone = run(1);
  assert.is(alone.taken, 0);
  assert.ok(alone.pulled > 8e6 && alone.pulled < 8.1e6);
  const four = run(4);
  assert.ok(four.pulled < 24e6 && four.pulled >= 8e6, `${four.pulled}`);
  assert.ok(four.pulled + four.taken > 32e6 && four.pulled + four.taken < 38e6);
});

test.run();
