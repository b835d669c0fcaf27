import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimal, minimalWith, parse } from "../../experiment/config/testing.ts";
import { policies } from "../../policies/index.ts";
import { policyTable } from "./policies.ts";

const tableOf = (passage: string, replacement: string) =>
  policyTable(parse(minimalWith(passage, replacement), { registry: policies }));

/** What is told of the policy of this name. */
const rowOf = ({ rows }: ReturnType<typeof policyTable>, name: string) =>
  rows.find(([own]) => own === name);

test("params that the experiment sets come first, then the others with their defaults", () => {
  const table = tableOf(
    "dispatch: origin-only",
    "dispatch: [origin-only, { bounded-load: { points: 20 } }, sticky+random]",
  );
  assert.equal(rowOf(table, "origin-only"), [
    ...["origin-only", "where a request goes", "the server delivers every file itself", ""],
  ]);
  assert.is(rowOf(table, "bounded-load")?.[3], "points 20 (set), factor 1.25");
  const [, , how, params] = rowOf(table, "sticky+random") ?? [];
  assert.is(how, "a customer stays with its volunteer for a while; then any holder, all alike");
  assert.match(params ?? "", /^stick\w+ /);
  assert.is(rowOf(table, "fixed")?.[3], "chunkSize 64 KiB");
});

test("what the host decides is told, and of swarms only where there is one", () => {
  const decides = ({ rows }: ReturnType<typeof policyTable>) => rows.map(([, what]) => what);
  const plain = tableOf("chunkSize: fixed", "chunkSize: fixed");
  assert.equal(
    plain.rows.find(([, what]) => what === "when volunteers synchronise"),
    ["none", "when volunteers synchronise", "the system's own timetable", ""],
  );
  const swarm = tableOf("  customers:", "  synchronisation: { method: swarm }\n  customers:");
  const added = decides(swarm).filter((what) => !decides(plain).includes(what));
  assert.is(added.length, 3); // Handing out peers, choosing pieces, choking.
});

test("policies of one's own, and those that are no more, are told without defaults", () => {
  const experiment = parse(minimal);
  const [choice] = experiment.policies.dispatch;
  const own = {
    ...choice,
    name: "./mine.js",
    params: { pace: 2 },
    own: { "./mine.js": "mine.js" },
  };
  const gone = { name: "no-more", params: {} };
  const table = policyTable({
    ...experiment,
    policies: { ...experiment.policies, dispatch: [own, gone] },
  });
  assert.equal(rowOf(table, "./mine.js"), [
    ...["./mine.js", "where a request goes", ""],
    "pace 2 (set), others by default of its module",
  ]);
  assert.equal(rowOf(table, "no-more"), ["no-more", "where a request goes", "", ""]);
});

test.run();
