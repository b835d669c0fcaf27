import { greatest } from "d3-array";
import { InputError } from "../engine/input-error.ts";
import { CensoredTimes } from "../metrics/censored.ts";
import type { Run } from "../model/simulation.ts";
import type { Workload } from "../workload/workload.ts";
import type { TimeMetric } from "./question.ts";
import { type Share, sharesOf } from "./shares.ts";
import { measured, type Survey, survey } from "./survey.ts";
import { type Trait, traitsOf } from "./traits.ts";
import { visitsOf } from "./visits.ts";
import { watchRequests } from "./watch.ts";

/** Where a quantile of times, or their mean, comes from. Seconds. */
export interface MetricExplanation {
  readonly metric: string;
  readonly value: number;
  /** Whether it is more than that: what failed or took longer stands at the horizon. */
  readonly isAtLeast: boolean;
  /** What was measured, and the number of the one with the least time that is no less than the value. */
  readonly of: TimeMetric["of"];
  readonly number: number;
  /** Of its requests the one that took longest. */
  readonly request: number;
  /** How many there are, and those that took longer than that. */
  readonly all: number;
  readonly beyond: number;
  /** Requests of those, and whose lives were watched: evenly spread over their times. */
  readonly requests: number;
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

/** A measured time of one visit or request, in seconds. */
interface Timed {
  readonly number: number;
  readonly requests: readonly number[];
  readonly seconds: number;
  readonly isFailed: boolean;
}

/** @throws InputError when nothing was asked after `from`; seconds, as the `horizon`. */
export function explainMetric(
  newRun: () => Run,
  { from, horizon }: { readonly from: number; readonly horizon: number },
  { name: metric, of, share }: TimeMetric,
): { readonly explanation: MetricExplanation; readonly fingerprint: string } {
  const run = newRun();
  const found = survey(run);
  const all = timedIn(found, run.workload, from, of);
  const cut = ({ seconds, isFailed }: Timed) => (isFailed ? horizon : Math.min(seconds, horizon));
  const order = all.toSorted((a, b) => cut(a) - cut(b) || a.number - b.number);
  const times = new CensoredTimes(horizon, all.length);
  for (const { seconds, isFailed } of all) times.add(seconds, isFailed);
  const value = share === "mean" ? times.mean() : times.quantile(share);
  if (value === null) throw new InputError([`--metric: ${metric} is not defined: nobody asked`]);
  const isAtLeast = share !== "mean" && value >= horizon;
  // Rounding may put the mean of equal times a little above each of them.
  const at = order.find((each) => cut(each) >= value) ?? order[0];
  const beyond = order.filter((each) => cut(each) > value || (isAtLeast && cut(each) >= horizon));
  const requests = beyond.flatMap((each) => each.requests);
  const every = Math.max(1, requests.length / MOST_WATCHED);
  const watched = requests.filter((_, place) => Math.floor(place % every) === 0);
  const explanation = {
    ...{ metric, value, isAtLeast, of, number: at.number },
    request: greatest(at.requests, (request) => found.delay[request]) ?? 0,
    ...{ all: all.length, beyond: beyond.length },
    ...{ requests: requests.length, watched: watched.length },
    causes: watched.length === 0 ? [] : causesOf(newRun(), watched),
    traits: traitsOf(
      run,
      found,
      requests,
      all.flatMap((each) => each.requests),
    ),
  };
  return { explanation, fingerprint: found.ending.fingerprint };
}

function timedIn(
  found: Survey,
  workload: Workload,
  from: number,
  of: TimeMetric["of"],
): readonly Timed[] {
  if (of === "visit") {
    return visitsOf(found, workload, from).map(({ visit, isComplete, ...rest }) => {
      return { ...rest, number: visit, isFailed: !isComplete };
    });
  }
  const { delivered, failed } = measured(found, workload, from);
  return [...delivered, ...failed].map((request) => ({
    ...{ number: request, requests: [request], seconds: found.delay[request] },
    isFailed: found.accepted[request] === 0,
  }));
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
