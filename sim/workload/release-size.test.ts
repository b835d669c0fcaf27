import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { loadReleaseInputs } from "./files/release-inputs.ts";
import { type ReleaseRecipe, releaseWorkload } from "./release.ts";
import { debianIndexSizes } from "./release-catalogue.ts";
import { releaseSize } from "./release-size.ts";

test("a release is as large as expected, within a tenth", () => {
  const inputs = { catalogue: "traces/debian-12.tsv.gz", curve: "traces/release-curve.csv" };
  const { extract, shape } = loadReleaseInputs(inputs);
  const day = 86_400;
  const recipe: ReleaseRecipe = {
    customers: 2000,
    at: day / 2,
    window: 5 * day,
    weekday: "monday",
    background: 0.02,
    firstDay: 0.8,
    indexes: debianIndexSizes,
  };
  const changes = { match: null, share: null, first: null, every: null };
  const inPlace = { ...recipe, changes };
  assert.is(
    releaseSize(inPlace, extract).files,
    releaseWorkload(inPlace, extract, shape, streams(1)).catalogue.files,
  );
  expectNear(recipe);
  expectNear({ ...recipe, images: { count: 2, size: 1e9, share: 0.5 } });

  function expectNear(of: ReleaseRecipe) {
    const expected = releaseSize(of, extract);
    const { catalogue, customers, trace } = releaseWorkload(of, extract, shape, streams(1));
    assert.is(expected.files, catalogue.files);
    assert.ok(Math.abs(expected.customers / customers - 1) < 0.1, `${customers}`);
    assert.ok(Math.abs(expected.requests / trace.requests - 1) < 0.1, `${trace.requests}`);
  }
});

test.run();
