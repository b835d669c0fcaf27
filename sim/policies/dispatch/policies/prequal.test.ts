import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { dispatchView, known, replay } from "../../testing.ts";
import { PLAIN_VOLUNTEER } from "../facts.ts";
import { prequal } from "./prequal.ts";

/** Probed at time 0, when it had so many transfers and so long a latency. */
const probed = (node: number, transfers: number, median: number, facts: object = {}) => {
  const latency = { ...PLAIN_VOLUNTEER.latency, samples: 9, at: 0, transfers, median, ...facts };
  return known(node, { latency });
};

/** The index chosen where no draw is needed. */
const choice = (
  all: Parameters<typeof dispatchView>[0],
  params: Readonly<Record<string, number>> = {},
  now = 0,
) => bind(prequal, params).decide(dispatchView(all, { now }), replay([])).to;

test("the cold one with the least latency is taken, whatever its transfers", () => {
  const all = [0, 1, 2, 3, 9].map((transfers, node) => probed(node, transfers, 5 - node));
  // Of five the 0.8-quantile is the fourth, so that only the last, the fastest, is hot.
  assert.is(choice(all, { quantile: 0.8 }), 3);
  assert.is(choice(all, { quantile: 0.4 }), 1);
  assert.is(choice(all, { quantile: 0.5 }), 2); // The third of five.
  assert.is(choice(all, { quantile: 0 }), 0);
  assert.is(choice(all), 4); // 2^-1/4 of five is the fifth.
});

test("each request for which a probe was used counts as a transfer more", () => {
  const all = [probed(0, 1, 1, { redirects: 2 }), probed(1, 2, 5), probed(2, 0, 9)];
  // By what the probes told, 0, 1 and 2 transfers, three are too many.
  assert.is(choice(all), 1);
  assert.is(choice([probed(0, 1, 1, { redirects: 1 }), ...all.slice(1)]), 0);
  assert.is(choice(all, { quantile: 1 }), 0); // Latency alone.
});

test("where all in the pool are hot, the one with the fewest transfers is taken", () => {
  const all = [3, 1, 2].map((redirects, node) => probed(node, 1, node, { redirects }));
  assert.is(choice(all), 1);
});

test("a probe is used for so many requests and so long, and then is none", () => {
  const all = [probed(0, 0, 1, { at: -100, redirects: 3 }), probed(1, 0, 2), probed(2, 0, 3)];
  const byLatency = { quantile: 1 };
  assert.is(choice(all, { ...byLatency, uses: 4, age: 100 }), 0);
  assert.is(choice(all, { ...byLatency, uses: 3, age: 100 }), 1);
  assert.is(choice(all, { ...byLatency, uses: 4, age: 99 }), 1);
  assert.is(choice(all, { ...byLatency, uses: 4, age: 100 }, 1), 1);
});

test("a probe that is used up tells all the same how many transfers are usual", () => {
  const all = [probed(0, 0, 3), probed(1, 5, 2), probed(2, 9, 1, { redirects: 16 })];
  // The median of 0, 5 and 9 is 5, that of 0 and 5 is 0.
  assert.is(choice(all, { quantile: 0.5 }), 1);
  assert.is(choice(all.slice(0, 2), { quantile: 0.5 }), 0);
});

test("what is usual is told by holders alone, and not by old probes", () => {
  const all = [probed(0, 0, 3), probed(1, 5, 2)];
  const old = probed(2, 9, 1, { at: -700 });
  const stale = { ...probed(3, 9, 1), belief: "stale" } as const;
  // The median of 0 and 5 is 0; with 9 it would be 5, and the second cold.
  assert.is(choice([...all, old], { quantile: 0.5 }), 0);
  assert.is(choice([...all, stale], { quantile: 0.5 }), 0);
});

test("the newest probes are in the pool", () => {
  const all = [-3, -1, -2, -4].map((at, node) => probed(node, 0, node, { at }));
  assert.is(choice(all, { pool: 2 }), 1);
  assert.is(choice(all, { pool: 3 }), 0);
});

test("with fewer than two probes anybody is taken", () => {
  const one = [probed(0, 0, 1), known(1, {}), known(2, {})];
  const decide = (draw: number) => bind(prequal).decide(dispatchView(one), replay([draw]));
  assert.equal(
    [0.3, 0.6, 0.9].map((draw) => decide(draw).to),
    [0, 1, 2],
  );
  assert.is(decide(0).reason, "too few probes");
});

test.run();
