import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fitSizes, fitted } from "./size-fit.ts";

const natural = Float64Array.from({ length: 5000 }, (_, index) => 1000 * Math.exp(index / 450));

/** Sizes, the last `large` of which are at least 1 MB and stretched, by the definition. */
function stretchedSizes(large: number, stretch: number): Float64Array {
  const first = natural.length - large;
  const factor = 1e6 / Math.sqrt(natural[first] * natural[first - 1]);
  return natural.map((size, index) => {
    if (index < first) return factor * size;
    const log = stretch * Math.log((factor * size) / 1e6);
    return Math.min(2 ** 31 - 1, 1e6 * Math.exp(log));
  });
}

test("a repository's number of large files and its bytes tell how its sizes were changed", () => {
  const largeFiles = fc.integer({ min: 50, max: 2000 });
  const stretches = fc.double({ min: 0.5, max: 2, noNaN: true });
  fc.assert(
    fc.property(largeFiles, stretches, (large, stretch) => {
      const wanted = stretchedSizes(large, stretch);
      const bytes = wanted.reduce((sum, size) => sum + size, 0);
      const fit = fitSizes(natural, { large, bytes });
      const sizes = natural.map((size) => fitted(size, fit));
      assert.is(sizes.filter((size) => size >= 1e6).length, large);
      assert.ok(sizes.every((size, index) => index === 0 || size >= sizes[index - 1]));
      const sum = sizes.reduce((total, size) => total + size, 0);
      assert.ok(Math.abs(sum / bytes - 1) < 1e-5, `${sum} ${bytes}`);
      assert.ok(Math.abs(fit.stretch - stretch) < 1e-6, `${fit.stretch} ${stretch}`);
    }),
    { numRuns: 60 },
  );
});

test("bytes that no stretch gives are refused with what could be", () => {
  assert.throws(
    () => fitSizes(natural, { large: 450, bytes: 1e15 }),
    /invalid bytes: packages would have 1\.00e\+15; not in \[.*\] bytes/,
  );
});

test("more large packages than there are packages are refused", () => {
  assert.throws(
    () => fitSizes(natural, { large: 5001, bytes: 1e10 }),
    /invalid small: 5000 packages would have to include 5001 of at least 1 MB/,
  );
});

test.run();
