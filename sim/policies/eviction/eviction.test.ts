import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies, policyNamed } from "../index.ts";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import type { EvictionPolicy } from "./eviction.ts";

const HOUR = 3600;

/** Complete for 1, 80 and 2 hours, and last sent 1, 5.9 and 0 hours before the last of these. */
const held = [
  { file: 0, size: 10, since: 79 * HOUR, usedAt: 79 * HOUR },
  { file: 1, size: 20, since: 0, usedAt: 74.1 * HOUR },
  { file: 2, size: 30, since: 78 * HOUR, usedAt: 80 * HOUR },
];
const evicted = (
  name: string,
  hour: number,
  params: Readonly<Record<string, number>> = {},
  disk = Number.POSITIVE_INFINITY,
) => {
  const policy = policyNamed<EvictionPolicy>(policies.eviction, name);
  const view = { now: hour * HOUR, disk, held, count: held.length };
  return bind(policy, params).decide(view, replay([])).evict;
};

test("nothing is evicted by default", () => {
  assert.equal(evicted("nothing", 1e9), []);
});

test("idle time: what was not sent for six hours goes", () => {
  assert.equal(evicted("idle-time", 80), []);
  assert.equal(evicted("idle-time", 80.1), [1]);
  assert.equal(evicted("idle-time", 85), [0, 1]);
});

test("age: copies go after three days, used or not", () => {
  assert.equal(evicted("age", 71.9), []);
  assert.equal(evicted("age", 80), [1]);
  assert.equal(evicted("age", 80, { age: HOUR }), [0, 1, 2]);
});

test("disk share: the least recently used go until the rest fits", () => {
  assert.equal(evicted("disk-share", 80, {}, 300), []); // 60 is a fifth of 300.
  assert.equal(evicted("disk-share", 80, {}, 299), [1]);
  assert.equal(evicted("disk-share", 80, {}, 199), [1, 0]); // 40 is more than 39.8.
  assert.equal(evicted("disk-share", 80, { share: 0 }, 100), [1, 0, 2]);
  assert.equal(evicted("disk-share", 80), []);
});

test.run();
