import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { type PoissonRecipe, poissonSize, poissonWorkload } from "./poisson.ts";

const recipe: PoissonRecipe = {
  gap: 0.1,
  size: { kind: "exponential", mean: 1e6 },
  files: null,
  window: 2000,
};

test("gaps and sizes are exponential: their deviations are their means", () => {
  // Of 20,000 draws the mean is off by 0.7 % and the deviation by 1.1 %, each as a standard error.
  const { catalogue, trace } = poissonWorkload(recipe, streams(1));
  const gaps = [...trace.time].map((time, at) => time - (at === 0 ? 0 : trace.time[at - 1]));
  for (const [values, mean] of [
    [gaps, 0.1],
    [[...catalogue.size], 1e6],
  ] as const) {
    near(averageOf(values), mean, 0.03);
    near(Math.sqrt(averageOf(values.map((value) => (value - mean) ** 2))), mean, 0.05);
  }
  assert.ok(trace.time.every((time) => time < 2000));
});

test("each request is a visit of a customer of its own, for all of a file of its own", () => {
  const { catalogue, trace, customers, window } = poissonWorkload(recipe, streams(2));
  const { requests, customer, file, visit, bytes } = trace;
  const numbers = Uint32Array.from({ length: requests }, (_, at) => at);
  for (const column of [customer, file, visit]) assert.equal(column, numbers);
  assert.equal([requests, trace.visits, customers, window], [requests, requests, requests, 2000]);
  assert.equal(bytes, catalogue.size);
  assert.ok(catalogue.size.every((size) => size >= 1 && Number.isInteger(size)));
  assert.ok(catalogue.release.every((time) => time === Number.NEGATIVE_INFINITY));
});

test("requests draw evenly from few files", () => {
  const size = { kind: "constant", mean: 5 } as const;
  const { catalogue, trace } = poissonWorkload({ ...recipe, files: 4, size }, streams(3));
  assert.equal([...catalogue.size], [5, 5, 5, 5]);
  assert.equal(new Set(trace.bytes), new Set([5]));
  // A quarter of 20,000 has a standard error of 61.
  for (let row = 0; row < 4; row++) {
    near(trace.file.filter((file) => file === row).length, trace.requests / 4, 0.05);
  }
});

test("the size expected is that of the mean", () => {
  assert.equal(poissonSize(recipe), { files: 20_000, customers: 20_000, requests: 20_000 });
  assert.is(poissonSize({ ...recipe, files: 4 }).files, 4);
});

test("a size is at least a byte, in whole bytes", () => {
  const tiny = { ...recipe, size: { kind: "constant", mean: 0.2 } as const };
  assert.equal(new Set(poissonWorkload(tiny, streams(4)).catalogue.size), new Set([1]));
});

test.run();

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function near(actual: number, expected: number, tolerance: number): void {
  const isNear = Math.abs(actual / expected - 1) <= tolerance;
  assert.ok(isNear, `expected ${expected} within ${tolerance * 100} %; got ${actual}`);
}
