import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies, policyNamed } from "./index.ts";

test("names are unique in their family", () => {
  for (const family of Object.values(policies)) {
    assert.is(new Set(family.map(({ name }) => name)).size, family.length);
  }
});

test("a policy is found by its name", () => {
  for (const policy of policies.dispatch) {
    assert.is(policyNamed(policies.dispatch, policy.name), policy);
  }
});

test("who asks for an unknown policy is told the known ones", () => {
  assert.throws(
    () => policyNamed(policies.chunkSize, "root"),
    /^unknown policy: root; known: sqrt, fixed$/,
  );
});

test.run();
