import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { AliasTable } from "./alias.ts";

function frequencies(weights: readonly number[], draws: number): number[] {
  const table = new AliasTable(weights);
  const random = streams(1)("test/alias");
  const counts = weights.map(() => 0);
  for (let draw = 0; draw < draws; draw++) counts[table.draw(random)]++;
  return counts.map((count) => count / draws);
}

test("numbers come as often as they weigh", () => {
  const found = frequencies([1, 2, 3, 4], 40_000);
  // Four standard errors of a share of 0.4: 4·√(0.24/40000).
  for (const [index, share] of [0.1, 0.2, 0.3, 0.4].entries()) {
    assert.ok(Math.abs(found[index] - share) < 0.01, `${found}`);
  }
});

test("what weighs nothing never comes, whatever the others weigh", () => {
  const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true }));
  fc.assert(
    fc.property(fc.array(weight, { minLength: 1, maxLength: 20 }), (weights) => {
      fc.pre(weights.some((each) => each > 0));
      const found = frequencies(weights, 200);
      assert.ok(found.every((share, index) => weights[index] > 0 || share === 0));
    }),
    { numRuns: 100 },
  );
});

test("without any weight there is no table", () => {
  assert.throws(() => new AliasTable([0, 0]), "some weight is positive");
});

test.run();
