import { mean, quantileSorted } from "d3-array";
import { InputError } from "../engine/input-error.ts";
import type { Run } from "../model/simulation.ts";
import type { DelayMetric } from "./question.ts";
import { type Share, sharesOf } from "./shares.ts";
import { measured, survey } from "./survey.ts";
import { type Trait, traitsOf } from "./traits.ts";
import { watchRequests } from "./watch.ts";

/** Where a quantile of the delay, or its mean, comes from. Seconds. */
export interface MetricExplanation {
  readonly metric: string;
  readonly value: number;
  /** The request with the least delay that is no less than the value. */
  readonly request: number;
  /** Requests that were delivered, and those of them that took longer than that. */
  readonly delivered: number;
  readonly beyond: number;
  /** Of those, whose lives were watched: evenly spread over their delays. */
  readonly watched: number;
  /** What held back those that were watched, most first, by kinds of things. */
  readonly causes: readonly Cause[];
  readonly traits: readonly Trait[];
}

export interface Cause extends Share {
  /** The things of the kind that held back most. */
  readonly most: readonly { readonly name: string; readonly share: number }[];
}

const NAMED = 3;

/** Requests whose lives are watched at most; of more, as many, evenly spread. */
const MOST_WATCHED = 1000;

/** @throws InputError when nothing was delivered after `from`. */
export function explainMetric(
  newRun: () => Run,
  from: number,
  { name: metric, share }: DelayMetric,
): { readonly explanation: MetricExplanation; readonly fingerprint: string } {
  const run = newRun();
  const found = survey(run);
  const { delivered } = measured(found, run.workload, from);
  const order = delivered.toSorted((a, b) => found.delay[a] - found.delay[b] || a - b);
  const delays = order.map((request) => found.delay[request]);
  const value = share === "mean" ? mean(delays) : quantileSorted(delays, share);
  if (value === undefined) {
    throw new InputError([`--metric: ${metric} is not defined: no request was delivered`]);
  }
  // Rounding may put the mean of equal delays a little above each of them.
  const at = Math.max(
    0,
    order.findIndex((_, place) => delays[place] >= value),
  );
  const beyond = order.filter((_, place) => delays[place] > value);
  const every = Math.max(1, beyond.length / MOST_WATCHED);
  const watched = beyond.filter((_, place) => Math.floor(place % every) === 0);
  const explanation = {
    ...{ metric, value, request: order[at] },
    ...{ delivered: delivered.length, beyond: beyond.length, watched: watched.length },
    causes: watched.length === 0 ? [] : causesOf(newRun(), watched),
    traits: traitsOf(run, found, beyond, delivered),
  };
  return { explanation, fingerprint: found.ending.fingerprint };
}

function causesOf(run: Run, requests: readonly number[]): Cause[] {
  const { lives, names } = watchRequests(run, new Set(requests));
  const single = sharesOf(lives.values(), names);
  return sharesOf(lives.values(), names, "group").map((cause) => {
    const most = single
      .filter(({ group, name }) => group === cause.group && name !== group)
      .slice(0, NAMED)
      .map(({ name, share }) => ({ name, share }));
    return { ...cause, most };
  });
}
