import { test } from "uvu";
import * as assert from "uvu/assert";
import { logPackageSize } from "./package-sizes.ts";

const PACKAGES = 100_000;
const sizes = Float64Array.from({ length: PACKAGES }, (_, index) =>
  Math.exp(logPackageSize((index + 0.5) / PACKAGES)),
);

test("sizes rise from Debian's smallest to its largest package", () => {
  assert.is(Math.round(Math.exp(logPackageSize(0))), 880);
  assert.is(Math.round(Math.exp(logPackageSize(1))), 1_535_845_016);
  assert.ok(sizes.every((size, index) => index === 0 || size >= sizes[index - 1]));
});

test("between the quantiles the index's share under 1 MB and its mean come out", () => {
  const small = sizes.filter((size) => size < 1e6).length / PACKAGES;
  const mean = sizes.reduce((sum, size) => sum + size, 0) / PACKAGES;
  assert.ok(Math.abs(small - 0.872) < 0.005, `${small}`); // 0.8721 in the index.
  assert.ok(Math.abs(mean / 1.5015e6 - 1) < 0.05, `${mean}`); // 1.5015 MB in the index.
});

test.run();
