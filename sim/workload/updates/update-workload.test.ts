import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import type { UpdateRecipe } from "./recipe.ts";
import { updateWorkload } from "./update-workload.ts";

const DAY = 86_400;
const likeness = { block: 1024, share: 0.5, index: 0.3 };

const recipe: UpdateRecipe = {
  window: 20 * DAY,
  daily: { bytes: 1e9, spread: 0 },
  sizes: { median: 21_500, sigma: 2.865, largest: 1e8 },
  bundle: 4e6,
  identical: 0.17,
  kinds: [
    { name: "alike", share: 0.7, likeness },
    { name: "new", share: 0.3, likeness: null },
  ],
  releases: [],
};

function newRows({ catalogue }: ReturnType<typeof updateWorkload>): number[] {
  return [...catalogue.release.keys()].filter((row) => catalogue.release[row] >= 0);
}

test("every midnight brings the bytes of a day, or one file more", () => {
  const workload = updateWorkload({ ...recipe, identical: 0 }, streams(1));
  const { size, release } = workload.catalogue;
  for (let day = 0; day < 20; day++) {
    const bytes = newRows(workload)
      .filter((row) => release[row] === day * DAY)
      .reduce((sum, row) => sum + size[row], 0);
    assert.ok(bytes >= 1e9 && bytes < 1e9 + 1e8, `day ${day}: ${bytes}`);
  }
});

test("17 % of the large files have the content and the size of another", () => {
  const workload = updateWorkload(recipe, streams(2));
  const { size, digest } = workload.catalogue;
  const large = newRows(workload).filter((row) => size[row] >= 1e6);
  const twins = large.filter((row) => digest[row] !== row);
  for (const row of twins) assert.is(size[row], size[digest[row]]);
  // 3σ of a binomial share of about a thousand files.
  assert.ok(Math.abs(twins.length / large.length - 0.17) < 3 * Math.sqrt(0.14 / large.length));
});

test("a new version has the one before it in the repository from the beginning", () => {
  const workload = updateWorkload(recipe, streams(3));
  const { release, earlier } = workload.catalogue;
  const rows = newRows(workload);
  const versions = rows.flatMap((row) => earlier?.(row) ?? []);
  for (const { file, likeness: found } of versions) {
    assert.is(release[file], Number.NEGATIVE_INFINITY);
    assert.equal(found, likeness);
  }
  assert.ok(Math.abs(versions.length / rows.length - 0.7) < 0.05);
});

test("a release of files of one size is so many files at its time, and nothing else", () => {
  const releases = [{ at: 3600, bytes: 50e6, size: 10e6 }];
  const daily = { bytes: 0, spread: 0 };
  const kinds = [{ name: "new", share: 1, likeness: null }];
  const { catalogue } = updateWorkload(
    { ...recipe, daily, releases, kinds, identical: 0 },
    streams(4),
  );
  assert.equal([...catalogue.size], new Array(5).fill(10e6));
  assert.equal([...catalogue.release], new Array(5).fill(3600));
});

test("small files travel in bundles", () => {
  const { catalogue } = updateWorkload(recipe, streams(5));
  const small = [...catalogue.size].filter((bytes) => bytes < 4e6).length;
  // At most the last bundle of each day, and its earlier version, is short.
  assert.ok(small <= 40, `${small} short files`);
});

test("without bundles every file is by itself, and none is empty", () => {
  const { catalogue } = updateWorkload({ ...recipe, bundle: 0 }, streams(6));
  assert.ok(catalogue.size.every((bytes) => bytes >= 1));
  assert.ok(catalogue.files > 20_000, `${catalogue.files} files`);
});

test.run();
