import { mean, variance } from "d3-array";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { standardNormal } from "../../engine/distributions.ts";
import { streams } from "../../engine/random.ts";
import { expectedLosses, luckFactor, rateDeviation } from "./loss-luck.ts";

function near(actual: number, expected: number, within: number): void {
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected} ± ${within}`);
}

test("with ten segments in flight, 1.5 in a hundred are lost", () => {
  near(expectedLosses(1000 * 1448, 10 * 1448), 15, 1e-9);
});

test("a short flow varies as its window does, a long one less with the root of its losses", () => {
  near(rateDeviation(1e-4), Math.sqrt(1 / 3), 1e-4);
  // Over N losses the square is (1/3)·2·(2/N) to first order.
  near(rateDeviation(4e6), Math.sqrt(4 / 3 / 4e6), 1e-9);
});

test("a window halved at random moments has the variation that the formula takes", () => {
  // One unit of growth in a unit of time; losses at rate 1 halve it. Its mean is 2, and its square's
  // mean 16/3, so the squared coefficient of variation is 16/3 / 4 - 1 = 1/3.
  const random = streams(1)("losses");
  let window = 2;
  let sum = 0;
  let squares = 0;
  let time = 0;
  for (let loss = 0; loss < 400_000; loss++) {
    const quiet = -Math.log(1 - random());
    const end = window + quiet;
    sum += (end ** 2 - window ** 2) / 2;
    squares += (end ** 3 - window ** 3) / 3;
    time += quiet;
    window = end / 2;
  }
  near(sum / time, 2, 0.02);
  near(squares / time / (sum / time) ** 2 - 1, 1 / 3, 0.01);
});

test("luck has mean 1 and the deviation asked for", () => {
  const random = streams(1)("luck");
  const factors = Array.from({ length: 200_000 }, () => luckFactor(0.3, standardNormal(random)));
  near(mean(factors) ?? 0, 1, 0.005);
  near(variance(factors) ?? 0, 0.09, 0.003);
});

test.run();
