import { test } from "uvu";
import * as assert from "uvu/assert";
import { isolatedChanges } from "../rsync/similarity.ts";
import { fetchPlan, plannedBytes } from "./fetch-plan.ts";
import { chunkOverhead } from "./messages.ts";

test("overhead of a chunk with 20 neighbours is 30 bytes a block and 9 a neighbour", () => {
  const percent = (chunk: number) => Math.round((chunkOverhead(chunk, 20) / chunk) * 1e4) / 100;
  assert.is(percent(700), 30);
  assert.is(percent(1000), 21);
  assert.is(percent(4096), 5.13);
  assert.is(percent(16_384), 1.28);
  assert.is(percent(65_536), 0.46);
  assert.is(percent(262_144), 0.25);
});

test("identical content under another name is linked, not fetched", () => {
  const plan = fetchPlan(1e9, 65_536, { kind: "identical" }, 20);
  assert.is(plan.payloadBytes, 0);
  assert.is(plannedBytes(plan), 20);
});

test("without anything at hand every chunk is fetched", () => {
  const plan = fetchPlan(1_048_576, 65_536, { kind: "nothing" }, 20);
  assert.is(plan.payloadBytes, 1_048_576);
  assert.is(plan.chunks, 16);
  assert.is(plan.metadataBytes, 16 * 20);
  assert.is(plan.overheadBytes, 16 * (4 * 30 + 180));
});

test("with an earlier version neither the smallest chunk is best nor the largest", () => {
  const atHand = { kind: "similar", similarity: isolatedChanges(1e7, 50) } as const;
  const total = (chunk: number) => plannedBytes(fetchPlan(1e7, chunk, atHand, 20));
  const chunks = [700, 2048, 4096, 16_384, 65_536, 1_048_576];
  const best = chunks.reduce((least, chunk) => (total(chunk) < total(least) ? chunk : least));
  assert.ok(best > 700 && best < 65_536, `best: ${best}`);
});

test("a chunk longer than the file is the file", () => {
  assert.is(fetchPlan(1000, 65_536, { kind: "nothing" }, 0).chunks, 1);
});

test.run();
