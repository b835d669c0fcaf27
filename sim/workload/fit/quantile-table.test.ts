import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { spreadValues, tableOf, valueAt } from "./quantile-table.ts";
import { kolmogorovSmirnov } from "./testing.ts";

const random = () => streams(1)("test/table");

test("a few numbers come back as they were", () => {
  const values = [5, 1, 1, 700, 3];
  const back = spreadValues(tableOf(values), 5, random());
  assert.equal([...back].sort((a, b) => a - b).map(Math.round), [1, 1, 3, 5, 700]);
});

test("a single number is the whole table", () => {
  assert.equal(tableOf([42]), [[1, 42]]);
  assert.is(valueAt([[1, 42]], 0.3), 42);
});

test("between two points the logarithm is straight", () => {
  const table = [
    [0, 1],
    [1, 100],
  ] as const;
  assert.is(valueAt(table, 0), 1);
  assert.ok(Math.abs(valueAt(table, 0.5) - 10) < 1e-12);
  assert.is(valueAt(table, 1), 100);
});

test("shares and values rise, as recipes must have it", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (values) => {
      const table = tableOf(values);
      for (const [at, [share, value]] of table.entries()) {
        if (at === 0) continue;
        assert.ok(share > table[at - 1][0] && value >= table[at - 1][1]);
      }
    }),
    { seed: 1 },
  );
});

test("many numbers are told by few points, and are still the same distribution", () => {
  const draw = random();
  const values = Float64Array.from({ length: 50_000 }, () => Math.exp(8 + 3 * (draw() + draw())));
  const table = tableOf(values);
  assert.ok(table.length < 60, `${table.length}`);
  assert.ok(kolmogorovSmirnov(values, spreadValues(table, 10_000, random())) < 0.01);
});

test("steps stay steps: a third of the numbers are 1, however many others there are", () => {
  const values = Array.from({ length: 3000 }, (_, at) => (at % 3 === 0 ? 1 : at));
  const back = spreadValues(tableOf(values), 3000, random());
  assert.ok(Math.abs(back.filter((value) => value === 1).length - 1000) <= 1);
});

test.run();
