import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { appetiteFor, choose } from "./choice.ts";

const MACHINES = 20_000;

/** How many of the machines took each place, and how many they took each on average. */
function taken(weights: Float64Array, mean: number) {
  const random = streams(1)("test/choice");
  const appetite = appetiteFor(weights, mean);
  const counts = new Array<number>(weights.length).fill(0);
  for (let machine = 0; machine < MACHINES; machine++) {
    choose(weights, appetite, random, (place) => counts[place]++);
  }
  return { counts, mean: counts.reduce((sum, count) => sum + count, 0) / MACHINES };
}

test("a package is taken with the chance of its weight times a machine's appetite, at most 1", () => {
  // Of exponential appetites of mean m a weight w has the chance m w (1 - exp(-1 / (m w))).
  const weights = Float64Array.of(1000, 2, 1, 0.5, 0.01);
  const random = streams(1)("test/choice");
  const counts = new Array<number>(5).fill(0);
  for (let machine = 0; machine < MACHINES; machine++) {
    choose(weights, { rounds: 1, mean: 0.5 }, random, (place) => counts[place]++);
  }
  const expected = [0.999, 1 - Math.exp(-1), 0.5 * (1 - Math.exp(-2)), 0.25 * (1 - Math.exp(-4))];
  for (const [place, chance] of [...expected, 0.005].entries()) {
    // Five standard deviations of a binomial number.
    const bound = 5 * Math.sqrt(chance * (1 - chance) * MACHINES);
    assert.ok(Math.abs(counts[place] - chance * MACHINES) < bound, `${place}: ${counts[place]}`);
  }
});

test("so many are taken on average, in order and none twice", () => {
  const weights = Float64Array.from({ length: 400 }, (_, rank) => (1 + rank / 20) ** -2.2);
  const { mean, counts } = taken(weights, 10);
  assert.ok(Math.abs(mean - 10) < 0.3, `${mean}`);
  // Half of the plateau's machines have a package: nowhere near all, and the last ones hardly any.
  assert.ok(counts[0] > 3 * counts[40] && counts[40] > 10 * counts[399]);
  fc.assert(
    fc.property(fc.nat(1e6), fc.double({ min: 0.1, max: 90, noNaN: true }), (seed, wanted) => {
      const places: number[] = [];
      const random = streams(seed)("test/choice");
      choose(weights, appetiteFor(weights, wanted), random, (place) => places.push(place));
      assert.equal(
        places,
        [...new Set(places)].sort((a, b) => a - b),
      );
      assert.ok(places.every((place) => place >= 0 && place < weights.length));
    }),
    { numRuns: 50 },
  );
});

test("of a few packages that stand for many a machine takes several times", () => {
  // No more than a quarter of four at once: three rounds of one.
  const weights = Float64Array.of(1, 1, 1, 1);
  assert.is(appetiteFor(weights, 3).rounds, 3);
  assert.is(appetiteFor(weights, 1).rounds, 1);
  const { mean, counts } = taken(weights, 3);
  assert.ok(Math.abs(mean - 3) < 0.05, `${mean}`);
  assert.ok(Math.min(...counts) > 0.7 * MACHINES);
});

test("nothing is taken of nothing, and nothing by who wants nothing", () => {
  const take = () => assert.unreachable("nothing is there");
  const random = streams(1)("test/choice");
  choose(new Float64Array(), appetiteFor(new Float64Array(), 5), random, take);
  choose(Float64Array.of(1), appetiteFor(Float64Array.of(1), 0), random, take);
});

test.run();
