/** Machines are numbered and draw by who they are, not by where an experiment lists them. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../engine/engine.ts";
import { streams } from "../engine/random.ts";
import { lostBy } from "./announces.ts";
import { hashOf, machinesOf } from "./machines.ts";
import { simulate } from "./simulation.ts";
import { HONEST, type SystemSpec } from "./system.ts";
import { comesAndGoes, tinyRun, tinySystem, tinyWorkload } from "./testing.ts";
import { Volunteers } from "./volunteers.ts";

const pair = { name: "b", count: 2 };
const one = { name: "a b", count: 1 };

test("machines are numbered by the names of their classes, then within these", () => {
  const names = machinesOf([pair, one]).map(({ name }) => name);
  assert.equal(names, ["a b 0", "b 0", "b 1"]);
  assert.equal(machinesOf([one, pair]), machinesOf([pair, one]));
  assert.equal(machinesOf([]), []);
});

test("no two machines of a class have one hash, and it is that of the name and the index", () => {
  // FNV-1a of "b": (0x811c9dc5 ^ 0x62) · 0x01000193 modulo 2^32 = 0xe70c2de5.
  const hashes = machinesOf([pair]).map(hashOf);
  assert.equal(
    hashes.map((hash) => hash >>> 0),
    [0xe70c2de5, 0xe70c2de6],
  );
});

const changing = {
  ...{ name: "m", count: 2, coverage: 0.5, sessions: comesAndGoes(30, 20) },
  conduct: { ...HONEST, corrupts: 0.5 },
};
/** Classes that stand before, between and behind the others. */
const others = ["a", "n", "z"].map((name) => ({ ...changing, name, count: 3 }));
const tracker = { interval: 40, timeout: 60, lost: 0.4 };
const few = tinySystem({ tracker, volunteers: [changing, { ...changing, name: "o" }] });
const many = tinySystem({ tracker, volunteers: [...few.volunteers, ...others] });

/** What each volunteer of the classes m and o has drawn, by its name. */
function drawn(system: SystemSpec): Map<string, unknown> {
  const machines = machinesOf(system.volunteers);
  const times = machines.map((): string[] => []);
  const tap = {
    registered() {},
    noted() {},
    told() {},
    drew() {},
    fired(time: number, kind: string, subject: number) {
      const isOwn = kind === "volunteer.toggle" || kind === "tracker.announce";
      if (isOwn) times[subject].push(`${kind} ${time}`);
    },
  };
  const workload = tinyWorkload([10], [], { window: 500 });
  simulate(tinyRun({ system, workload, tap }), () => ({}));
  const where = { sites: [], siteOf: machines.map(() => null) };
  const engine = new Engine({ maxEvents: 1 });
  const volunteers = new Volunteers(engine, system, where, 200, streams(4));
  const isLost = lostBy(system.tracker.lost, volunteers);
  const all = machines.map(({ name }, at) => {
    const covered = Array.from({ length: 200 }, (_, file) => volunteers.covers(at, file));
    volunteers.holds.add(at, 0);
    const conduct = Array.from({ length: 50 }, () => volunteers.treat(at, 0, "customer"));
    const lost = Array.from({ length: 50 }, () => isLost(at));
    return [name, { times: times[at], covered, conduct, lost }] as const;
  });
  return new Map(all.filter(([name]) => /^[mo] /.test(name)));
}

test("classes beside them change nothing of what volunteers draw", () => {
  const [before, after] = [drawn(few), drawn(many)];
  assert.is(before.size, 4);
  assert.equal(after, before);
});

test("volunteers announce themselves together where they are to", () => {
  const together = tinySystem({ tracker: { ...tracker, together: true }, volunteers: [changing] });
  const announced = [...drawn(together).values()].map((each) => {
    const { times } = each as { times: string[] };
    return times.filter((time) => time.startsWith("tracker"));
  });
  const every40 = Array.from({ length: 12 }, (_, at) => `tracker.announce ${40 * (at + 1)}`);
  assert.equal(announced, [every40, every40]);
});

test("volunteers draw apart from each other", () => {
  const all = [...drawn(many).values()].map((each) => JSON.stringify(each));
  assert.is(new Set(all).size, 4);
  const parts = [...drawn(few).values()].map((each) => JSON.parse(JSON.stringify(each)));
  for (const part of ["times", "covered", "conduct", "lost"]) {
    assert.is(new Set(parts.map((each) => JSON.stringify(each[part]))).size, 4, part);
  }
});

test("what machines draw is named by who they are, also in exact swarms", () => {
  const named: string[] = [];
  const system = tinySystem({
    volunteers: [{ name: "m", count: 2, sessions: comesAndGoes(1e9, 1) }],
    synchronisation: { method: "swarm-exact", first: 20 },
    tracker: { lost: 0.1 },
  });
  const workload = tinyWorkload([100], [], { released: { 0: 10 }, window: 500 });
  const chance = streams(1);
  const spied = (name: string) => {
    named.push(name);
    return chance(name);
  };
  simulate(tinyRun({ system, workload, streams: spied }), () => ({}));
  const own = named.filter((name) => name.includes("volunteer"));
  for (const machine of ["m 0", "m 1"]) {
    assert.equal(own.filter((name) => name.includes(`volunteer ${machine} `)).sort(), [
      `swarm 0 order volunteer ${machine} of file 0`,
      `volunteer ${machine} announce phase`,
      `volunteer ${machine} corruption`,
      `volunteer ${machine} lost announces`,
      `volunteer ${machine} sessions`,
    ]);
  }
  assert.is(own.length, 10);
});

test.run();
