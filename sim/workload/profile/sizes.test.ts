import { test } from "uvu";
import * as assert from "uvu/assert";
import { profileSizes } from "./sizes.ts";

test("a file of a million bytes is not under 1 MB, one byte less is", () => {
  const sizes = Float64Array.of(1, 999_999, 1_000_000, 5e9);
  assert.is(profileSizes(sizes).shareUnder1MB, 0.5);
});

test("bins begin at whole powers of ten and hold what they say", () => {
  const { histogram } = profileSizes(Float64Array.of(1, 10, 10, 99, 100, 1_000_000, 999_999));
  assert.equal(
    histogram.map(({ from, files, bytes }) => [from, files, bytes]),
    [
      [1, 1, 1],
      [10, 2, 20],
      [79.4, 1, 99],
      [100, 1, 100],
      [794_000, 1, 999_999],
      [1_000_000, 1, 1_000_000],
    ],
  );
});

test("every size lies in its bin", () => {
  for (let size = 1; size < 1e12; size = Math.ceil(size * 1.013)) {
    const [{ from, to }] = profileSizes(Float64Array.of(size)).histogram;
    assert.ok(from <= size && size < to, `${size}`);
  }
});

test("no files have no share", () => {
  assert.is(profileSizes(new Float64Array(0)).shareUnder1MB, null);
});

test.run();
