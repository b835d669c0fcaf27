import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { FILE_KINDS } from "../../trace/trace.ts";
import { accessAtScale } from "../scale.ts";
import { makeRepository, type Repository } from "./catalogue.ts";

const PACKAGE = FILE_KINDS.indexOf("package");
const MEGABYTE = 1e6;

function repository(scale: number, seed: number): Repository {
  return makeRepository(accessAtScale(accessRecipe({ scale, seed })), streams(seed));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Share of the files from `least` bytes on that have the content of another. */
function identicalShare({ size, digest }: Repository, least: number): number {
  const copies = new Uint32Array(size.length);
  for (const each of digest) copies[each]++;
  const large = [...size.keys()].filter((file) => size[file] >= least);
  return large.filter((file) => copies[digest[file]] > 1).length / large.length;
}

function near(value: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(value - expected) <= tolerance, `${what}: ${value} is not ${expected}`);
}

for (const seed of [1, 2, 3, 4, 5]) {
  test(`a hundredth of the repository has the abstract's figures, seed ${seed}`, () => {
    const made = repository(0.01, seed);
    assert.is(made.files, 22_000);
    assert.is(made.size.length, 22_000);
    near(sum(made.size) / 2.86e10, 1, 0.001, "bytes");
    assert.is(made.distributions.length, 10);
    near(made.size.filter((size) => size < MEGABYTE).length / 22_000, 0.91, 0.0005, "small");
    near(identicalShare(made, MEGABYTE), 0.17, 0.005, "identical");
    // Whatever is called large, as far as a few hundred files can tell.
    near(identicalShare(made, 1), 0.17, 0.005, "identical of all");
    near(identicalShare(made, 10 * MEGABYTE), 0.17, 0.03, "identical from 10 MB");
    // A thousand packages decide; at scale 1 the two are 1.06 and 0.94.
    near(Math.log(made.fit.factor), 0, 0.35, "factor of the measured sizes");
    near(made.fit.stretch, 1, 0.35, "stretch of the measured sizes");
  });
}

const made = repository(0.01, 1);
const rows = [...made.size.keys()];

test("images hold about a quarter of a repository's bytes, on media of known capacity", () => {
  const images = rows.filter((file) => FILE_KINDS[made.kind[file]] === "image");
  assert.is(images.length, 5);
  assert.ok(images.every((file) => made.size[file] >= 1e8 && made.size[file] <= 4.7e9));
  near(images.reduce((total, file) => total + made.size[file], 0) / sum(made.size), 0.24, 0.1, "");
  assert.ok(images.every((file) => made.path(file).endsWith(".iso")));
});

test("every file has a path of its own, sorted into folders by distribution", () => {
  const paths = rows.map((file) => made.path(file));
  assert.is(new Set(paths).size, made.files);
  for (const file of rows) {
    const distribution = made.distributions.at(made.distributionOf[file]);
    assert.ok(paths[file].startsWith(`${distribution}/`), paths[file]);
    assert.ok(made.packages.at(made.packageOf[file]).startsWith(`${distribution}/`));
  }
});

test("paths hold versions as rpm and deb have them", () => {
  const endings = { rpm: /-\d+\.\d+-\d+\.\w+\.rpm$/, deb: /_\d+\.\d+-\d+_\w+\.deb$/ };
  for (const file of rows.filter((row) => made.kind[row] === PACKAGE)) {
    const path = made.path(file);
    assert.match(path, path.endsWith(".rpm") ? endings.rpm : endings.deb);
  }
});

test("identical files have the same size and differ in name", () => {
  const copies = rows.filter((file) => made.digest[file] !== file);
  assert.ok(copies.length > 1000);
  for (const file of copies) {
    const original = made.digest[file];
    assert.is(made.digest[original], original);
    assert.is(made.size[file], made.size[original]);
    assert.is(made.kind[file], made.kind[original]);
    // Nobody takes over what is not released yet.
    assert.ok(made.release[file] >= made.release[original]);
  }
});

test("a version follows another of the same package, released no earlier and of like size", () => {
  const ratios: number[] = [];
  for (const file of rows) {
    const previous = made.previous(file);
    if (previous === null) continue;
    assert.is(made.packageOf[file], made.packageOf[previous.file]);
    assert.is(made.kind[file], PACKAGE);
    assert.ok(made.release[previous.file] <= made.release[file]);
    ratios.push(Math.abs(Math.log(made.size[file] / made.size[previous.file])));
  }
  assert.ok(ratios.length > 5000);
  // Most updates are of the kind whose sizes differ by some 3 %.
  assert.ok(ratios.sort((x, y) => x - y)[ratios.length >> 1] < 0.05);
});

test("a release brings the last version of some packages and changes the indexes", () => {
  const times = new Set(made.plan.map(({ time }) => time));
  const news = rows.filter((file) => made.release[file] >= 0);
  assert.ok(news.length > 500);
  assert.ok(news.every((file) => times.has(made.release[file])));
  const kinds = new Set(news.map((file) => FILE_KINDS[made.kind[file]]));
  assert.equal([...kinds].sort(), ["image", "index", "other", "package"]);
});

test("a repository takes less than 90 bytes a file: 200 MB for 2.2 million files", () => {
  const columns = [made.size, made.digest, made.release, made.kind, made.packageOf];
  const arrays = [...columns, made.distributionOf, ...Object.values(made.layout)];
  const bytes = arrays.reduce((total, { byteLength }) => total + byteLength, 0);
  assert.ok(bytes / made.files < 90, `${bytes / made.files}`);
});

test("sizes are spread alike at another scale", () => {
  const twice = repository(0.02, 9);
  const [few, many] = [made.size.slice().sort(), twice.size.slice().sort()];
  // Kolmogorov-Smirnov: the largest difference of the two distributions.
  let [distance, below] = [0, 0];
  for (const [index, size] of many.entries()) {
    while (below < few.length && few[below] <= size) below++;
    distance = Math.max(distance, Math.abs(below / few.length - (index + 1) / many.length));
  }
  assert.ok(distance < 0.03, `${distance}`);
});

test("numbers that contradict each other are refused", () => {
  const recipe = accessAtScale(accessRecipe({ scale: 0.01 }));
  const refused = (change: object) => () =>
    makeRepository({ ...recipe, catalogue: { ...recipe.catalogue, ...change } }, streams(1));
  assert.throws(refused({ files: 290 }), /invalid files: 290; of these 5 are images, 280 indexes/);
  assert.throws(refused({ bytes: 1e13 }), /invalid bytes: packages would have/);
  assert.throws(refused({ small: 0.1 }), /invalid small: /);
});

test.run();
