import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../../experiment/config/cells.ts";
import type { Experiment } from "../../experiment/config/experiment.ts";
import { minimal, parse } from "../../experiment/config/testing.ts";
import { shardsOf } from "../schedule.ts";
import { shardKeys } from "./shard-keys.ts";

const CODE = "code";
const digests = { files: { catalogue: "c", curve: "d" }, own: { "p/x.js": "own" } };
const base = parse(
  minimal.replace("dispatch: origin-only", "dispatch: [origin-only, tracker-informed]"),
);

function keysOf(experiment: Experiment, changed: Partial<Parameters<typeof shardKeys>[1]> = {}) {
  const pathsOf = () => ["catalogue", "curve"];
  return shardsOf(experiment).map(
    shardKeys(experiment, { digests, code: CODE, pathsOf, ...changed }),
  );
}

const two = { ...base, replications: 2 };

test("every run has a key of its own", () => {
  const keys = keysOf(two);
  assert.is(keys.length, 2 * cells(two).length);
  assert.is(new Set(keys).size, keys.length);
  for (const key of keys) assert.match(key, /^[0-9a-f]{64}$/);
});

test("names, questions, other cells and more replications change no key", () => {
  const { dispatch } = two.policies;
  assert.equal(
    keysOf({ ...two, name: "n", title: "t", question: "q", compare: null }),
    keysOf(two),
  );
  assert.equal(keysOf({ ...two, replications: 3 }).slice(0, 4), keysOf(two));
  const reversed = keysOf({
    ...two,
    policies: { ...two.policies, dispatch: [...dispatch].reverse() },
  });
  assert.equal(reversed.slice(0, 2).reverse(), keysOf(two).slice(0, 2));
});

test("the rows that are left change no key", () => {
  const rows = { ...two.measure, rows: ["requests"] as const };
  assert.equal(keysOf({ ...two, measure: rows }), keysOf(two));
});

test("a synchronisation method beside a cell's own changes no key", () => {
  const { synchronisation } = two.system;
  const [method] = synchronisation.method;
  const wider = { ...synchronisation, method: [method, "swarm" as const] };
  const [first, , third] = keysOf({ ...two, system: { ...two.system, synchronisation: wider } });
  assert.equal([first, third], keysOf(two).slice(0, 2));
});

test("everything that a result depends on changes every key", () => {
  const before = new Set(keysOf(two));
  const { system, measure } = two;
  const changes = { match: ["InRelease"], share: null, first: null, every: 60 };
  const changed: readonly (readonly string[])[] = [
    keysOf({ ...two, seed: two.seed + 1 }),
    keysOf({ ...two, measure: { ...measure, from: measure.from + 1 } }),
    keysOf({ ...two, window: (two.window ?? 0) + 1 }),
    keysOf({ ...two, system: { ...system, server: { ...system.server, uplink: 1 } } }),
    keysOf({ ...two, workload: { log: { file: "other.log", maxBad: 0 } } }),
    keysOf({ ...two, workload: { ...two.workload, changes } }),
    keysOf({ ...two, successors: [{ name: "random", params: {} }] }),
    keysOf({ ...two, system: { ...system, changes: [{ ...system, at: 9 }] } }),
    keysOf(two, { code: "other" }),
    keysOf(two, { digests: { ...digests, files: { ...digests.files, curve: "e" } } }),
  ];
  for (const [at, keys] of changed.entries()) {
    assert.ok(
      keys.every((key) => !before.has(key)),
      `change ${at}`,
    );
  }
});

test("a policy of one's own is told by what is in its file, not by where it lies", () => {
  const own = (path: string): Experiment => {
    const choice = { name: "./x.js", params: {}, own: { "./x.js": path } };
    return { ...two, policies: { ...two.policies, dispatch: [choice] } };
  };
  const moved = { ...digests, own: { "q/x.js": "own" } };
  const changed = { ...digests, own: { "p/x.js": "changed" } };
  assert.equal(keysOf(own("q/x.js"), { digests: moved }), keysOf(own("p/x.js")));
  assert.not.equal(keysOf(own("p/x.js"), { digests: changed }), keysOf(own("p/x.js")));
});

test.run();
