import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { fitRankLaw } from "./fit-rank-law.ts";
import { type RankLaw, rankShares } from "./rank-law.ts";

/** The requests that a law gives in expectation, rounded. */
function expected(law: RankLaw, requests: number): number[] {
  return Array.from(rankShares(law), (share) => Math.round(requests * share));
}

/** So many draws from a law, as counts by rank. */
function drawn(law: RankLaw, requests: number, seed = 1): Uint32Array {
  const random = streams(seed)("test/ranks");
  const upTo = rankShares(law);
  for (let rank = 1; rank < upTo.length; rank++) upTo[rank] += upTo[rank - 1];
  const counts = new Uint32Array(law.ranks);
  for (let request = 0; request < requests; request++) {
    const target = random();
    let [low, high] = [0, law.ranks - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle] > target) high = middle;
      else low = middle + 1;
    }
    counts[low]++;
  }
  return counts.sort().reverse();
}

const zipf = (exponent: number, ranks = 10_000): RankLaw => ({
  ranks,
  pieces: [{ from: 1, exponent }],
});

test("shares are 1, 1/2 and 1/3 of their sum under an exponent of 1", () => {
  const [first, second, third] = rankShares(zipf(1, 3));
  assert.ok(Math.abs(first - 6 / 11) < 1e-12);
  assert.ok(Math.abs(second - 3 / 11) < 1e-12);
  assert.ok(Math.abs(third - 2 / 11) < 1e-12);
});

test("pieces meet without a jump: flat to rank 10, then falling from there", () => {
  const law = {
    ranks: 40,
    pieces: [
      { from: 1, exponent: 0 },
      { from: 10, exponent: 2 },
    ],
  };
  const shares = rankShares(law);
  assert.ok(Math.abs(shares[9] - shares[0]) < 1e-12);
  assert.ok(Math.abs(shares[19] / shares[9] - 1 / 4) < 1e-12);
  assert.ok(Math.abs(shares[39] / shares[9] - 1 / 16) < 1e-12);
});

for (const exponent of [0.6, 0.9, 1.2]) {
  test(`an exponent of ${exponent} is found again in a million draws`, () => {
    const fit = fitRankLaw(drawn(zipf(exponent), 1e6));
    assert.ok(fit !== null);
    assert.ok(Math.abs(fit.pieces[0].exponent - exponent) < 0.01, `${fit.pieces[0].exponent}`);
    assert.ok(fit.distance < 0.01, `${fit.distance}`);
  });

  test(`an exponent of ${exponent} is found again in 100,000 draws, in one piece`, () => {
    const fit = fitRankLaw(drawn(zipf(exponent), 1e5));
    assert.is(fit?.pieces.length, 1);
    assert.ok(Math.abs((fit?.pieces[0].exponent ?? 0) - exponent) < 0.02);
  });
}

test("exact counts of a single law give its exponent and nothing else", () => {
  const fit = fitRankLaw(expected(zipf(1), 1e7));
  assert.is(fit?.pieces.length, 1);
  assert.ok(Math.abs((fit?.pieces[0].exponent ?? 0) - 1) < 1e-3);
});

test("a plateau, a body and a tail are found with their breaks", () => {
  // The shape of a language's mirror in 2021: 0.34 to rank 100, 1.72 to 1,000, then 1.34.
  const pieces = [
    { from: 1, exponent: 0.34 },
    { from: 100, exponent: 1.72 },
    { from: 1000, exponent: 1.34 },
  ];
  const fit = fitRankLaw(drawn({ ranks: 10_000, pieces }, 4e6));
  assert.is(fit?.pieces.length, 3);
  for (const [at, piece] of (fit?.pieces ?? []).entries()) {
    assert.ok(Math.abs(piece.exponent - pieces[at].exponent) < 0.06, JSON.stringify(piece));
    assert.ok(Math.abs(Math.log(piece.from / pieces[at].from)) < 0.35, JSON.stringify(piece));
  }
});

test("three files are fitted exactly by two pieces", () => {
  const fit = fitRankLaw([17_042, 12_398, 41]);
  assert.ok(fit !== null && fit.distance < 1e-6, JSON.stringify(fit));
});

test("there is no law of fewer than two popular files", () => {
  assert.is(fitRankLaw([]), null);
  assert.is(fitRankLaw([1000, 9]), null);
});

test.run();
