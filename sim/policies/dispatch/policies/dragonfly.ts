import { count } from "../../policy.ts";
import { sampling } from "../../sampling.ts";
import type { Candidate, DispatchPolicy } from "../dispatch.ts";
import type { ClientFacts, LatencyFacts } from "../facts.ts";
import { holders, least } from "../helpers/choice.ts";
import {
  type Likeness,
  sameContinent,
  sameCountry,
  sameRegion,
  sameSite,
  sameSystem,
} from "../helpers/closeness.ts";
import { redirect } from "../helpers/holders.ts";

const params = {
  sample: count(15, 1, 1000, "holders that are evaluated"),
};

/**
 * Takes the best of a sample by a score of load, site and place. Those whose last probe was out of all
 * proportion to those before come after all the rest. Location is continent, region, country, autonomous
 * system and site.
 */
export const dragonfly: DispatchPolicy<typeof params> = {
  name: "dragonfly",
  summary: "best of 15 by a score of load (0.6), site (0.2), place (0.1) and kind (0.1)",
  source: "dragonflyoss/dragonfly 66db456, scheduler/scheduling/evaluator/evaluator_default.go",
  differs:
    "bad parents are told by probes, where Dragonfly knows what a peer's own pieces cost, and come last, " +
    "where it goes to the source; the best one is taken, where it names three",
  params,
  decide(view, { sample }, random) {
    const isSampled = sampling(holders(view), sample, random);
    const best = least(view, random, (candidate) => {
      if (!isSampled()) return Number.POSITIVE_INFINITY;
      return (isBad(candidate.facts.latency) ? 1 : 0) - evaluation(candidate, view.client);
    });
    return redirect(best, "best evaluation");
  },
};

const PLACE: readonly Likeness[] = [sameContinent, sameRegion, sameCountry, sameSystem, sameSite];

/** The score, from 0 to 1. All volunteers are of the normal kind, which is worth half of 0.1. */
export function evaluation(candidate: Candidate, client: ClientFacts): number {
  const { facts } = candidate;
  let place = 0;
  while (place < PLACE.length && PLACE[place](facts, client) > 0) place++;
  const site = sameSite(facts, client) > 0 ? 1 : 0;
  return 0.6 * loadQuality(candidate) + 0.2 * site + (0.1 * place) / PLACE.length + 0.1 * 0.5;
}

/**
 * Uplink in use, bytes asked for against what a minute carries, and pieces of 16 MiB that a second
 * carries against transfers. The last is worth nothing up to one piece a second, 134217728 bit/s.
 */
function loadQuality({ uplink, uploadRate, pending, redirected, transfers }: Candidate): number {
  const pieces = uplink / 16_777_216;
  const concurrency = pieces > 1 ? Math.min(1, pieces / transfers) : 0;
  const idle = Math.max(0, 1 - uploadRate / uplink);
  const queue = Math.max(0, 1 - (pending + redirected) / uplink / 60);
  return 0.5 * idle + 0.3 * queue + 0.2 * concurrency;
}

/** Above 20 times the mean of those before, or, of a full window, three standard deviations above it. */
function isBad({ samples, last, mean, deviation }: LatencyFacts): boolean {
  if (samples < 2) return false;
  return samples < FULL_WINDOW ? last > 20 * mean : last > mean + 3 * deviation;
}

const FULL_WINDOW = 2000;
