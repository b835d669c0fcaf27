import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { exponentialShape } from "../release-shape.ts";
import { loadReleaseInputs } from "./release-inputs.ts";

const catalogue = "traces/debian-12.tsv.gz";

test("a curve is read from its file, which is listed", () => {
  const { extract, shape, paths } = loadReleaseInputs({
    catalogue,
    curve: "traces/release-curve.csv",
  });
  assert.ok(extract.length > 3000);
  assert.ok(shape.age.length > 10);
  assert.equal(paths, [catalogue, "traces/release-curve.csv"]);
});

test("the exponential curve is no file", () => {
  const { shape, paths } = loadReleaseInputs({ catalogue, curve: "exponential" });
  assert.equal(shape, exponentialShape());
  assert.equal(paths, [catalogue]);
});

test("a missing file is an error that names it", () => {
  try {
    loadReleaseInputs({ catalogue: "traces/none.tsv.gz", curve: "exponential" });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, InputError);
    assert.equal((error as InputError).problems, [
      "traces/none.tsv.gz: expected a file; got nothing of that name",
    ]);
  }
});

test.run();
