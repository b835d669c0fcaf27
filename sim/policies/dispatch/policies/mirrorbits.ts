import { ratio } from "../../policy.ts";
import { type DispatchPolicy, SERVER } from "../dispatch.ts";
import { drawn, leastOf } from "../helpers/choice.ts";
import { distances, sameCountry, servesCountry } from "../helpers/closeness.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { scratch, secondScratch } from "../helpers/scratch.ts";

const params = {
  range: ratio(1.5, 1, 100, "distances up to this times the closest are near"),
};

/**
 * Scores each holder by its distance in whole kilometres from the farthest, in favour of the near,
 * of the customer's country and of its network; then draws in proportion to what the score exceeds
 * the farthest distance by.
 *
 * Nobody may exceed it: where all are equally far, as on a campus, the first of the best scores gets
 * everything. A customer whose country is unknown is sent to any holder. Other things unknown count as
 * zeros, and zeros are alike: who has no position is where the equator meets the meridian of Greenwich,
 * and who has no autonomous system is in the network of whoever has none.
 */
export const mirrorbits: DispatchPolicy<typeof params> = {
  name: "mirrorbits",
  summary: "drawn by a score of distance, country and network",
  source: "etix/mirrorbits 7357f8c, http/selection.go",
  params,
  decide(view, { range }, random) {
    const { candidates, count, client } = view;
    const scores = scratch(count);
    if (client.country === "") {
      return redirect(drawn(view, random, scores.fill(1)), "country unknown");
    }
    distances(view, scores, ZERO);
    let closest = Number.POSITIVE_INFINITY;
    let farthest = 0;
    for (let i = 0; i < count; i++) {
      if (!holds(candidates[i])) continue;
      closest = Math.min(closest, scores[i]);
      farthest = Math.max(farthest, scores[i]);
    }
    const base = Math.floor(farthest);
    for (let i = 0; i < count; i++) {
      const { facts } = candidates[i];
      const distance = scores[i];
      const isHome = sameCountry(facts, client) > 0;
      let score = base - Math.floor(distance) + 1;
      if (distance <= closest * range) score += Math.trunc((base - distance) / (isHome ? 1 : 2));
      else if (isHome) score += Math.trunc(base - 5 * distance);
      else if (servesCountry(facts, client) > 0) score += Math.trunc(base - closest);
      if ((facts.asNumbers[0] ?? 0) === client.asNumber) score += Math.floor(base / 2);
      scores[i] = Math.max(1, Math.trunc(score * (1 + facts.score / 100) + 0.5));
    }
    const weights = secondScratch(count);
    for (let i = 0; i < count; i++) weights[i] = Math.max(scores[i] - base, 0);
    const to = drawn(view, random, weights);
    if (to !== SERVER) return redirect(to, "drawn by score");
    // Halves of a place break ties in favour of the first: scores are whole.
    for (let i = 0; i < count; i++) scores[i] = i / (2 * count) - scores[i];
    return redirect(leastOf(view, random, scores), "nobody above the farthest");
  },
};

const ZERO = { latitude: 0, longitude: 0 };
