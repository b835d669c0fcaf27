import { count, ratio, seconds } from "../../policy.ts";
import type { Candidate, DispatchPolicy } from "../dispatch.ts";
import { drawn, least } from "../helpers/choice.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { ascending, scratch } from "../helpers/scratch.ts";

const params = {
  pool: count(16, 2, 100_000, "probes in the pool, the newest"),
  quantile: ratio(0.840896, 0, 1, "of transfers at the probes, above which one is hot; 2^-1/4"),
  age: seconds(
    600,
    0,
    604_800,
    "of a probe in the pool at most; 1 s where each request sends probes",
  ),
  uses: count(16, 1, 1000, "requests for which a probe is used; 1 or 2 where each sends three"),
};

/**
 * Keeps a pool of probes, each of which tells of its holder the transfers in flight and the latency at
 * about as many. A probe is used for several requests; each counts as one more transfer. Hot is who has
 * more transfers than the quantile of what the probes told. Of the pool it takes the cold holder with the
 * least latency, or else the one with the fewest transfers; with fewer than two probes, any holder.
 *
 * The original sends three probes with every request, to any servers, which tell of their own queries.
 * It removes one a request from the pool, in turn the oldest and the worst, since good ones are used up
 * first; probes that go out by the clock to all in turn leave no such rest.
 */
export const prequal: DispatchPolicy<typeof params> = {
  name: "prequal",
  summary: "least latency among the cold of a pool of probes, else fewest transfers",
  source: "Wydrowski et al., Load is not what you should balance, NSDI 2024, arXiv 2312.10172",
  differs:
    "volunteers are probed by the clock, not with each request, so that a probe stands for more requests " +
    "and for longer, and none is removed early; latency is to the first byte, and transfers are those " +
    "that the server believes in; without probes this is random",
  params,
  decide(view, { pool, quantile, age, uses }, random) {
    const { candidates, count, now } = view;
    const isFresh = (candidate: Candidate) =>
      holds(candidate) && now - candidate.facts.latency.at <= age;
    const isUsable = (candidate: Candidate) =>
      isFresh(candidate) && candidate.facts.latency.redirects < uses;

    const numbers = scratch(count);
    let probes = 0;
    for (let i = 0; i < count; i++) {
      if (isUsable(candidates[i])) numbers[probes++] = -candidates[i].facts.latency.at;
    }
    if (probes < 2) return redirect(drawn(view, random, numbers.fill(1)), "too few probes");
    const oldest = -ascending(numbers, probes)[Math.min(pool, probes) - 1];

    let told = 0;
    for (let i = 0; i < count; i++) {
      if (isFresh(candidates[i])) numbers[told++] = candidates[i].facts.latency.transfers;
    }
    const rank = Math.max(Math.ceil(quantile * told) - 1, 0);
    const limit = quantile === 1 ? Number.POSITIVE_INFINITY : ascending(numbers, told)[rank];
    const best = least(view, random, (candidate) => {
      const { at, transfers, redirects, median } = candidate.facts.latency;
      if (at < oldest || !isUsable(candidate)) return Number.POSITIVE_INFINITY;
      const inFlight = transfers + redirects;
      return inFlight > limit ? HOT + inFlight : median;
    });
    return redirect(best, "hot or cold");
  },
};

/** More seconds than any latency. */
const HOT = 1e9;
