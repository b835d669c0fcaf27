import { test } from "uvu";
import * as assert from "uvu/assert";
import type { DispatchPolicy } from "../policies/index.ts";
import { bindPolicies, type ChosenPolicies, withAllParams } from "./chosen-policies.ts";

const CHOSEN: ChosenPolicies = {
  dispatch: { name: "sticky+random", params: {} },
  replication: { name: "rendezvous", params: { replicas: 3 } },
  trust: { name: "points", params: {} },
  sync: { name: "daily", params: {} },
};

test("each policy is bound by its name; of trust and timing one for each volunteer", () => {
  const { dispatch, replication, trust, sync } = bindPolicies(CHOSEN);
  assert.equal(
    [dispatch.name, replication.name, trust?.().name, sync?.().name],
    ["sticky+random", "rendezvous", "points", "daily"],
  );
  assert.is.not(trust?.(), trust?.());
  const none = bindPolicies({ ...CHOSEN, trust: null, sync: null });
  assert.equal([none.trust, none.sync], [null, null]);
});

test("what is wrong with any of them is found at once", () => {
  for (const family of ["dispatch", "replication", "trust", "sync"] as const) {
    const unknown = { ...CHOSEN, [family]: { name: "x", params: {} } };
    assert.throws(() => bindPolicies(unknown), /^unknown policy: x; known: /);
    const param = { ...CHOSEN, [family]: { name: CHOSEN[family]?.name, params: { x: 1 } } };
    assert.throws(() => bindPolicies(param), /^unknown param: .*\.x; known: /);
  }
});

test("a journal is told every param, with the default where none was chosen", () => {
  const { dispatch, replication, trust, sync } = withAllParams(CHOSEN);
  assert.equal(dispatch, { name: "sticky+random", params: { stickyFor: 600 } });
  assert.equal(replication, { name: "rendezvous", params: { replicas: 3 } });
  assert.is(trust?.name, "points");
  assert.equal(sync, { name: "daily", params: { every: 86_400 } });
  const none = withAllParams({ ...CHOSEN, trust: null, sync: null });
  assert.equal([none.trust, none.sync], [null, null]);
});

test("policies of the host's own are found by the names that it gives them", () => {
  const own: DispatchPolicy = {
    name: "./own.js",
    summary: "",
    source: "",
    params: { most: { default: 5, min: 0, max: 9, unit: "count", summary: "" } },
    decide: () => ({ to: -1, reason: "own" }),
  };
  const dispatch = { name: "sticky+./own.js", params: {} };
  const members = { dispatch: [own] };
  assert.is(bindPolicies({ ...CHOSEN, dispatch }, members).dispatch.name, "sticky+./own.js");
  assert.is(withAllParams({ ...CHOSEN, dispatch }, members).dispatch.params["most"], 5);
  assert.throws(() => bindPolicies({ ...CHOSEN, dispatch }), /^unknown policy: \.\/own\.js/);
});

test.run();
