import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import type { ChunkSizeView } from "./chunk-size.ts";
import { chunkCost, leastCost } from "./least-cost.ts";

const chunkOf = (view: ChunkSizeView) => bind(leastCost).decide(view, replay([])).chunkSize;
const DEPTH = 10;

test("from one machine without delay, the optimum is Tridgell's √(24·n/Q)", () => {
  // n = 1e6, Q = 24: L = 1000 and 2·√(24·n·Q) = 48000 bytes; n = 24e6, Q = 1000: L = 758.9.
  assert.is(chunkOf({ size: 1e6, changes: 24 }), 1000);
  assert.is(chunkCost({ size: 1e6, changes: 24 }, 1000, DEPTH), 48_000);
  assert.is(chunkOf({ size: 24e6, changes: 1000 }), 759);
  assert.is(Math.round(chunkCost({ size: 24e6, changes: 1000 }, 758.947, DEPTH)), 1_517_893);
});

test("without what would say otherwise it is the square root of the size", () => {
  assert.equal(
    [1e4, 1e6, 1e8].map((size) => chunkOf({ size })),
    [100, 1000, 10_000],
  );
});

test("no other chunk costs less", () => {
  const views: readonly ChunkSizeView[] = [
    { size: 1e5, changes: 3, peers: 8 },
    { size: 1e6, changes: 24, peers: 39, rtt: 0.04, rate: 1.25e6 },
    { size: 1e7, changes: 500, rtt: 0.1, rate: 1e7 },
    { size: 1e8, changes: 2, peers: 2 },
    { size: 7e8, changes: 0, peers: 39, rtt: 0.04, rate: 1.25e6 },
    { size: 5e5, changes: 100_000 },
  ];
  for (const view of views) {
    const cost = chunkCost(view, chunkOf(view), DEPTH);
    for (let chunk = 1; chunk < view.size; chunk = Math.ceil(chunk * 1.01)) {
      const other = chunkCost(view, chunk, DEPTH);
      assert.ok(cost <= other * (1 + 1e-6), `${chunkOf(view)} costs ${cost}; ${chunk} ${other}`);
    }
  }
});

test("a swarm and long ways make chunks longer, changes make them shorter", () => {
  const plain = chunkOf({ size: 1e6 });
  assert.ok(chunkOf({ size: 1e6, peers: 39 }) > plain);
  // Each of ten requests under way costs 1.25e6 · 0.04 / 10 = 5000 bytes: √(1e6 · 5024 / 24).
  assert.is(chunkOf({ size: 1e6, rtt: 0.04, rate: 1.25e6 }), 14_468);
  assert.ok(chunkOf({ size: 1e6, changes: 1000 }) < plain);
});

test("what has no earlier version is fetched whole by one, and in chunks by a swarm", () => {
  assert.is(chunkOf({ size: 1e6, changes: 0 }), 1e6);
  assert.is(chunkOf({ size: 1e9, changes: 0 }), 16_777_216);
  assert.ok(chunkOf({ size: 1e6, changes: 0, peers: 39 }) < 1e5);
});

test.run();
