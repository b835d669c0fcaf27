import { test } from "uvu";
import * as assert from "uvu/assert";
import { bindPolicies, type ChosenPolicies, withAllParams } from "./chosen-policies.ts";

const CHOSEN: ChosenPolicies = {
  dispatch: { name: "least-loaded", params: {} },
  replication: { name: "popularity-ranked", params: { tail: 3 } },
  trust: { name: "sampled-audit", params: {} },
  sync: { name: "pushed", params: {} },
};

test("policies are bound by their names, one of each, but for each volunteer one of trust and sync", () => {
  const { dispatch, replication, trust, sync } = bindPolicies(CHOSEN);
  assert.equal([dispatch.name, replication.name], ["least-loaded", "popularity-ranked"]);
  assert.equal([trust?.().name, sync?.().name], ["sampled-audit", "pushed"]);
  assert.is.not(trust?.(), trust?.());
  assert.is.not(sync?.(), sync?.());
});

test("where none is chosen, all are trusted, and volunteers keep timetables of their own", () => {
  const { trust, sync } = bindPolicies({ ...CHOSEN, trust: null, sync: null });
  assert.equal([trust, sync], [null, null]);
  const filled = withAllParams({ ...CHOSEN, trust: null, sync: null });
  assert.equal([filled.trust, filled.sync], [null, null]);
});

test("params that are not given have their defaults, which can be written down", () => {
  const { dispatch, replication, trust, sync } = withAllParams(CHOSEN);
  assert.equal(replication, { name: "popularity-ranked", params: { head: 0.1, tail: 3 } });
  assert.equal(
    [dispatch.name, trust?.name, sync?.name],
    ["least-loaded", "sampled-audit", "pushed"],
  );
  assert.ok(Object.keys(trust?.params ?? {}).length > 0);
});

test("a name or a param that is not known is refused", () => {
  const refused = (chosen: Partial<ChosenPolicies>, message: RegExp) =>
    assert.throws(() => bindPolicies({ ...CHOSEN, ...chosen }), message);
  refused({ dispatch: { name: "nearest-star", params: {} } }, /unknown policy: nearest-star/);
  refused({ replication: { name: "everything", params: { x: 1 } } }, /unknown param: everything.x/);
});

test.run();
