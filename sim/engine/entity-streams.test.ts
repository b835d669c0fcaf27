import { test } from "uvu";
import * as assert from "uvu/assert";
import { entityStreams } from "./entity-streams.ts";
import { Threefry } from "./threefry.ts";

// The known answers that Random123 is published with (kat_vectors, threefry2x32 20).
for (const [counter, key, expected] of [
  [
    [0, 0],
    [0, 0],
    [0x6b200159, 0x99ba4efe],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x1cb996fc, 0xbb002be7],
  ],
  [
    [0x243f6a88, 0x85a308d3],
    [0x13198a2e, 0x03707344],
    [0xc4923a9c, 0x483df7a0],
  ],
] as const) {
  test(`Threefry of ${counter} under ${key} is the published block`, () => {
    const threefry = new Threefry(key[0], key[1]);
    threefry.block(counter[0], counter[1]);
    assert.equal([threefry.first >>> 0, threefry.second >>> 0], [...expected]);
  });
}

test("a stream is fixed by seed, name and entity, whatever the others draw", () => {
  const alone = entityStreams(1)("sessions", 10);
  const expected = [alone.next(3), alone.next(3), alone.next(3)];
  const among = entityStreams(1)("sessions", 1000);
  const found = [0, 1, 2].map(() => {
    for (let other = 4; other < 50; other++) among.next(other);
    return among.next(3);
  });
  assert.equal(found, expected);
  assert.is.not(entityStreams(2)("sessions", 10).next(3), expected[0]);
  assert.is.not(entityStreams(1)("visits", 10).next(3), expected[0]);
  assert.throws(() => alone.next(10), /unknown entity/);
});

/** Pearson's χ² of numbers in [0, 1) that should fill equal cells equally. */
function chiSquare(numbers: readonly number[], cells: number): number {
  const counts = new Array<number>(cells).fill(0);
  for (const number of numbers) counts[Math.floor(number * cells)]++;
  const expected = numbers.length / cells;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Of 255 degrees of freedom: 99.99 % are below, and as many above. */
const LOW = 178.2;
const HIGH = 347.7;

function isUniform(numbers: readonly number[]): void {
  const found = chiSquare(numbers, 256);
  assert.ok(LOW < found && found < HIGH, `chi-square ${found}`);
}

const MANY = 100_000;
const named = entityStreams("uniform");

test("numbers are uniform along a stream, across first draws, and across alternate entities", () => {
  const one = named("along", 1);
  isUniform(Array.from({ length: MANY }, () => one.next(0)));
  const all = named("across", 2 * MANY);
  isUniform(Array.from({ length: MANY }, (_, entity) => all.next(entity)));
  isUniform(Array.from({ length: MANY }, (_, entity) => all.next(2 * entity)));
});

/** Correlation of two columns; of independent ones it is normal with deviation 1/√n. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
  const [mx, my] = [mean(xs), mean(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [i, x] of xs.entries()) {
    xy += (x - mx) * (ys[i] - my);
    xx += (x - mx) ** 2;
    yy += (ys[i] - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

test("neighbours, successive draws and similar names do not correlate", () => {
  const drawn = (name: string, entityOf: (i: number) => number) => {
    const streams = named(name, MANY + 1);
    return Array.from({ length: MANY }, (_, i) => streams.next(entityOf(i)));
  };
  const reference = drawn("volunteer 1", (i) => i);
  const successive = drawn("volunteer 1", () => 0);
  const pairs = {
    "the next entity": [reference, drawn("volunteer 1", (i) => i + 1)],
    "a similar name": [reference, drawn("volunteer 11", (i) => i)],
    "the next draw": [successive.slice(1), successive.slice(0, -1)],
    "another axis": [reference, successive],
  } as const;
  for (const [name, [xs, ys]] of Object.entries(pairs)) {
    const found = correlation(xs, ys);
    assert.ok(Math.abs(found) < 4 / Math.sqrt(MANY), `${name}: ${found}`); // Four deviations.
  }
});

test("pairs of successive draws fill the square evenly", () => {
  const streams = named("pairs", MANY);
  isUniform(
    Array.from({ length: MANY }, (_, entity) => {
      const row = Math.floor(streams.next(entity) * 16);
      return (row * 16 + Math.floor(streams.next(entity) * 16)) / 256;
    }),
  );
});

test.run();
