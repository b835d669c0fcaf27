/**
 * One link shared equally is the M/G/1 processor-sharing queue: E[T] = E[S]/(1 − ρ), and
 * E[T | x] = x/(1 − ρ), whatever the distribution of sizes (Kleinrock, Queueing Systems II, 4.4).
 */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../engine/engine.ts";
import { exponential, type Stream, streams } from "../engine/random.ts";
import { Network } from "./network.ts";

const FLOWS = 150_000;

/** Sizes with mean 1, from the steady to the wild. */
const SIZES: Readonly<Record<string, (random: Stream) => number>> = {
  constant: () => 1,
  exponential: (random) => exponential(random, 1),
  // Nine in ten are small and one in ten is ten times as large: squared variation 2.
  "two kinds": (random) => (random() < 0.9 ? 1 / 1.9 : 10 / 1.9),
};

function meanTime(load: number, size: (random: Stream) => number, seed: number): number {
  const engine = new Engine({ maxEvents: 10 * FLOWS });
  const network = new Network(engine);
  const link = network.addLink(1);
  const arrivals = streams(seed)("arrivals");
  const sizes = streams(seed)("sizes");
  const started = new Float64Array(FLOWS);
  let total = 0;
  const purpose = network.purpose((flow) => {
    total += engine.now - started[flow];
  });
  const arrive = engine.kind("arrive", (flow) => {
    started[flow] = engine.now;
    const bytes = size(sizes);
    network.start({ path: [link], bytes, weight: 1, cap: 1 / 0, purpose, owner: flow });
    if (flow + 1 < FLOWS) engine.after(exponential(arrivals, 1 / load), arrive, flow + 1);
  });
  engine.at(0, arrive, 0);
  engine.drain();
  return total / FLOWS;
}

for (const [name, size] of Object.entries(SIZES)) {
  test(`the mean time does not depend on the sizes but for their mean: ${name}`, () => {
    const measured = [0.5, 0.7].map((load, i) => meanTime(load, size, i + 1));
    for (const [i, expected] of [2, 1 / 0.3].entries()) {
      const error = measured[i] / expected - 1;
      assert.ok(Math.abs(error) < 0.05, `${measured[i]} is not ${expected}`);
    }
  });
}

test.run();
