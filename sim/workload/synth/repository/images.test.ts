import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { type Image, MEDIA, makeImages } from "./images.ts";
import { releasePlan } from "./plan.ts";

const recipe = accessRecipe();
const plan = releasePlan(recipe);

function images(count: number): readonly Image[] {
  return makeImages({ ...recipe.catalogue, images: count }, plan, streams(1)("test/images"));
}

const all = images(500);

test("images are on media by their shares, and fit on them", () => {
  for (const [medium, { share, least, most }] of MEDIA.entries()) {
    const own = all.filter((image) => image.medium === medium);
    assert.ok(Math.abs(own.length / 500 - share) < 0.05, `${own.length}`);
    assert.ok(own.every(({ size }) => size >= least && size <= most));
  }
});

test("17 % of the images are in pairs that differ only in name", () => {
  const copies = all.filter(({ copyOf }) => copyOf !== null);
  assert.is(copies.length, Math.round((0.17 * 500) / 2));
  for (const { copyOf, size, distribution } of copies) {
    const original = all[copyOf ?? 0];
    assert.equal(
      [original.size, original.distribution, original.copyOf],
      [size, distribution, null],
    );
  }
});

test("the release that has images brings 30 % of its distribution's", () => {
  const news = all.filter(({ time }) => time >= 0);
  const release = plan.find(({ images: share }) => share > 0);
  assert.is(news.length, 15); // 30 % of the 50 of each of ten distributions.
  assert.ok(news.every(({ time }) => time === release?.time));
});

test("where images are few, the distribution with new ones has some", () => {
  assert.is(images(1).filter(({ time }) => time >= 0).length, 1);
  assert.equal(images(0), []);
});

test.run();
