import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies, policyNamed } from "./index.ts";

test("names are unique in their family", () => {
  for (const family of Object.values(policies)) {
    assert.is(new Set(family.map(({ name }) => name)).size, family.length);
  }
});

test("a policy is found by its name", () => {
  for (const family of Object.values<readonly { readonly name: string }[]>(policies)) {
    for (const policy of family) assert.is(policyNamed(family, policy.name), policy);
  }
});

test("who asks for an unknown policy is told the known ones", () => {
  assert.throws(
    () => policyNamed(policies.chunkSize, "root"),
    /^unknown policy: root; known: sqrt, fixed, zsync, /,
  );
});

test("families without compositions know no policy by a composed name", () => {
  assert.throws(
    () => policyNamed(policies.chunkSize, "sqrt+fixed"),
    /^unknown policy: sqrt\+fixed;/,
  );
});

test.run();
