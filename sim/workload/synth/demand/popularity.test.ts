import { test } from "uvu";
import * as assert from "uvu/assert";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { popularity } from "../../popularity.ts";
import type { PopularityRecipe } from "../recipe.ts";
import { weightOf } from "./popularity.ts";

const law = accessRecipe().demand.popularity;

/** The exponent with which weights fall between two ranks. */
function exponent(from: number, to: number): number {
  return -Math.log(weightOf(to, law) / weightOf(from, law)) / Math.log(to / from);
}

test("the law of Zipf and Mandelbrot, relative to the first rank", () => {
  const example = { flat: 0.05, exponent: 2 };
  assert.is(weightOf(0, example), 1);
  assert.ok(Math.abs(weightOf(0.05, example) - 0.25) < 1e-12);
  assert.ok(Math.abs(weightOf(0.45, example) - 0.01) < 1e-12);
});

test("the head is a plateau, as on an operating system's package server: 0.12 to 0.18", () => {
  // The server's 174 most requested packages of some 35,000; a power law counts their logarithms.
  const slope = exponent(0.5 / 35_000, 174 / 35_000);
  assert.ok(slope > 0.03 && slope < 0.18, `${slope}`);
  // At rank 87, the middle: 2.96 x 87 / (87 + 1785).
  assert.ok(Math.abs(exponent(86 / 35_000, 88 / 35_000) - 0.1375) < 1e-3);
});

test("the body falls as apt-p2p's curve does: from 8.5 % of machines to 0.29 %, about -2.1", () => {
  // Ranks by the source: 93.3 % and 66.6 % of the packages are less popular.
  const slope = exponent(0.067, 0.334);
  assert.ok(Math.abs(slope - 2.1) < 0.15, `${slope}`);
});

/** Where apt-p2p's curve bends: ranks as shares, of which the first 0.8 % are its plateau. */
const RANKS = [
  0.029, 0.039, 0.067, 0.091, 0.123, 0.167, 0.236, 0.334, 0.457, 0.582, 0.71, 0.813, 0.892, 0.949,
];
const PACKAGES = 100_000;

/** How far a law is from apt-p2p's curve: root mean square of logarithms, weighted by what is installed. */
function distance(tried: PopularityRecipe): number {
  let [sum, weights] = [0, 0];
  for (const rank of RANKS) {
    const measured = popularity(((rank - 0.008) / 0.992) * PACKAGES - 0.5, PACKAGES);
    const weight = rank * measured;
    sum += weight * Math.log(weightOf(rank, tried) / measured) ** 2;
    weights += weight;
  }
  return Math.sqrt(sum / weights);
}

test("the default is the law next to what apt-p2p's users have installed", () => {
  const own = distance(law);
  assert.ok(own < 0.2, `${own}`);
  let best = Number.POSITIVE_INFINITY;
  for (let flat = 0.01; flat < 0.2; flat *= 1.05) {
    for (let steep = 1.2; steep < 6; steep += 0.05) {
      best = Math.min(best, distance({ flat, exponent: steep }));
    }
  }
  assert.ok(own < 1.15 * best, `${own} where ${best} is least`);
});

test.run();
