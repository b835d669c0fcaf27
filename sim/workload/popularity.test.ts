import { test } from "uvu";
import * as assert from "uvu/assert";
import { popularity } from "./popularity.ts";

/** Packages beside the base set of an archive of 22,298, the source's. */
const OTHERS = 22_120;
const all = Array.from({ length: OTHERS }, (_, rank) => popularity(rank, OTHERS));

test("popularity falls with the rank, from 64 % of the machines", () => {
  assert.ok(all.every((share, rank) => share > 0 && (rank === 0 || share <= all[rank - 1])));
  assert.ok(Math.abs(all[0] - 0.638) < 0.005);
});

test("the distribution goes through the source's points", () => {
  // 54.3 % of all packages, so 54.3/99.2 of the others, are on at most 0.15 % of the machines.
  const atMost = (share: number) => all.filter((each) => each <= share + 1e-12).length / OTHERS;
  assert.ok(Math.abs(atMost(0.0015) - 54.3 / 99.2) < 0.001);
  assert.ok(Math.abs(atMost(0.022) - 87.7 / 99.2) < 0.001);
});

test("four of five packages are on fewer than 1 % of the machines, as the source says", () => {
  const rare = all.filter((share) => share < 0.01).length;
  assert.ok(Math.abs(rare / 22_298 - 0.8) < 0.03);
});

test.run();
