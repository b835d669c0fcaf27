import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { normal } from "./testing.ts";
import { mser5 } from "./warm-up.ts";

/** `batches` of five equal observations each. */
const fives = (batches: readonly number[]) => batches.flatMap((value) => Array(5).fill(value));

test("a start that differs is cut where it ends, in batches of five", () => {
  assert.is(mser5(fives([9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1])), 15);
  // The change is in the middle of the third batch, which goes with the start.
  const inside = [...Array(12).fill(9), ...Array(48).fill(1)];
  assert.is(mser5(inside), 15);
});

test("by hand: two of twelve batches", () => {
  // Batches 4, 3, then 0, 1 five times. Squares around the mean over the square of the number, by
  // what is cut: none 21.67 / 144 = 0.150; one 9.64 / 121 = 0.0797; two 2.5 / 100 = 0.025;
  // three 2.2222 / 81 = 0.0274; four 2 / 64 = 0.0313; and so on, growing.
  assert.is(mser5(fives([4, 3, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])), 10);
});

test("nothing is cut from what is the same all along", () => {
  assert.is(mser5(fives(Array(20).fill(7))), 0);
  assert.is(mser5(fives([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2])), 0);
});

test("a run that still rises at its middle, or is too short, tells nothing", () => {
  assert.is(mser5(Array.from({ length: 100 }, (_, at) => at)), null);
  assert.is(mser5(fives([9, 1, 1, 1, 1, 1, 1, 1, 1])), null);
  assert.is(mser5([]), null);
});

test("the same cut as by the definition", () => {
  const batches = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 10, maxLength: 40 });
  fc.assert(
    fc.property(batches, (values) => {
      const errors = values.slice(0, values.length - 4).map((_, cut) => {
        const kept = values.slice(cut);
        const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
        return kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kept.length ** 2;
      });
      const cut = mser5(fives(values));
      const least = Math.min(...errors);
      if (cut !== null) assert.ok(errors[cut / 5] <= least + 1e-9);
      else assert.ok(errors.some((error, at) => error <= least + 1e-9 && at > values.length / 2));
    }),
  );
});

test("a queue that starts empty: the bias goes, the mean stays", () => {
  // An autoregressive process that starts ten deviations too high and forgets a tenth each step.
  const draw = normal("starts too high");
  let [whole, kept] = [0, 0];
  for (let run = 0; run < 100; run++) {
    let now = 10;
    const series = Array.from({ length: 500 }, () => {
      now = 0.9 * now + Math.sqrt(1 - 0.81) * draw();
      return now;
    });
    const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
    whole += mean(series) / 100;
    kept += mean(series.slice(mser5(series) ?? 0)) / 100;
  }
  // Left in, the start adds 10 · 0.9 / (1 - 0.9) / 500 = 0.18; the standard error is 0.02.
  assert.ok(Math.abs(whole - 0.18) < 0.06, String(whole));
  assert.ok(Math.abs(kept) < 0.06, String(kept));
});

test.run();
