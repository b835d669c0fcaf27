import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bonferroni, holm } from "./correction.ts";
import { meanIsZero } from "./t-test.ts";
import { normal, sample, shareOf } from "./testing.ts";

const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(10)));

test("Holm by hand", () => {
  // Sorted: 0.005 · 4, 0.01 · 3, 0.03 · 2, and 0.04 · 1, which may not be less than the one before.
  assert.equal(rounded(holm([0.01, 0.04, 0.03, 0.005])), [0.03, 0.06, 0.06, 0.02]);
  assert.equal(rounded(bonferroni([0.01, 0.04, 0.03, 0.005])), [0.04, 0.16, 0.12, 0.02]);
  assert.equal(holm([0.7, 0.6]), [1, 1]);
  assert.equal(holm([0.02]), [0.02]);
  assert.equal(holm([]), []);
});

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

test("Holm's values lie between the plain ones and Bonferroni's, in the same order", () => {
  fc.assert(
    fc.property(pValues, (plain) => {
      const [step, strict] = [holm(plain), bonferroni(plain)];
      for (const [i, p] of plain.entries()) {
        assert.ok(p <= step[i] && step[i] <= strict[i] + 1e-15);
        for (const [j, other] of plain.entries()) if (p < other) assert.ok(step[i] <= step[j]);
      }
    }),
  );
});

test("twenty policies like the baseline: one or more is called different in 1 of 20 experiments at most", () => {
  const draw = normal("twenty like the baseline");
  let plain = 0;
  const declared = shareOf(2000, () => {
    const baseline = sample(5, draw);
    const pOf = () => meanIsZero(baseline.map((value) => draw() - value)) ?? 1;
    const found = sample(20, pOf);
    if (found.some((p) => p < 0.05)) plain++;
    return holm(found).some((p) => p < 0.05);
  });
  assert.ok(declared <= 0.055, String(declared));
  assert.ok(plain > 600, `uncorrected, ${plain} of 2000`);
});

test.run();
