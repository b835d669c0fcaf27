import { greatest } from "d3-array";
import type { Run } from "../model/simulation.ts";
import type { Names } from "./names.ts";
import { type Share, sharesOf } from "./shares.ts";
import { measured, type Survey, survey } from "./survey.ts";
import type { Life } from "./timeline.ts";
import { visitsOf } from "./visits.ts";
import { watchRequests } from "./watch.ts";

/** One of the slowest requests. Seconds from the start of the window, bytes. */
export interface SlowRequest {
  readonly request: number;
  readonly asked: number;
  readonly delay: number;
  readonly bytes: number;
  readonly path: string;
  /** Whoever delivered it. */
  readonly from: string;
  readonly retries: number;
  /** What held it back, most first. */
  readonly shares: readonly Share[];
  /** The best node of those that were tried instead; absent where none was. */
  readonly best?: { readonly name: string; readonly delay: number };
}

export interface SlowestExplanation {
  /** The slowest first. */
  readonly slowest: readonly SlowRequest[];
  /** Measured requests that were delivered, and those that were not. */
  readonly delivered: number;
  readonly failed: readonly number[];
}

/** One of the slowest visits. Seconds from the start of the window, bytes. */
export interface SlowVisit {
  readonly visit: number;
  readonly arrived: number;
  /** From its arrival to the end of its last file. */
  readonly seconds: number;
  readonly requests: number;
  readonly bytes: number;
  /** What held its requests back, most first. */
  readonly shares: readonly Share[];
  /** Of its requests the one that took longest. */
  readonly longest: SlowRequest;
}

export interface SlowestVisits {
  /** The slowest first. */
  readonly slowest: readonly SlowVisit[];
  /** Measured visits that got every file, and those that did not. */
  readonly complete: number;
  readonly incomplete: readonly number[];
}

/** The `count` slowest of the requests that were delivered after `from`, and what held them back. */
export function explainSlowest(
  newRun: () => Run,
  from: number,
  count: number,
): { readonly explanation: SlowestExplanation; readonly fingerprint: string } {
  const run = newRun();
  const found = survey(run);
  const { delivered, failed } = measured(found, run.workload, from);
  const { delay } = found;
  const chosen = delivered.sort((a, b) => delay[b] - delay[a] || a - b).slice(0, count);
  const { lives, names } = watchRequests(newRun(), new Set(chosen));
  const slowest = chosen.flatMap((request) => {
    const life = lives.get(request);
    return life === undefined ? [] : [slowRequest(run, found, { request, life, names })];
  });
  const explanation = { slowest, delivered: delivered.length, failed };
  return { explanation, fingerprint: found.ending.fingerprint };
}

/** The `count` slowest of the visits that arrived after `from` and got every file. */
export function explainSlowestVisits(
  newRun: () => Run,
  from: number,
  count: number,
): { readonly explanation: SlowestVisits; readonly fingerprint: string } {
  const run = newRun();
  const found = survey(run);
  const all = visitsOf(found, run.workload, from);
  const complete = all.filter(({ isComplete }) => isComplete);
  const chosen = complete
    .toSorted((a, b) => b.seconds - a.seconds || a.visit - b.visit)
    .slice(0, count);
  const { lives, names } = watchRequests(
    newRun(),
    new Set(chosen.flatMap((each) => each.requests)),
  );
  const slowest = chosen.flatMap(({ visit, requests, arrival, seconds }): SlowVisit[] => {
    const seen = requests.flatMap((request) => {
      const life = lives.get(request);
      return life === undefined ? [] : [{ request, life, names }];
    });
    const longest = greatest(seen, ({ request }) => found.delay[request]);
    if (longest === undefined) return [];
    const { bytes } = run.workload.trace;
    return [
      {
        ...{ visit, arrived: arrival, seconds, requests: requests.length },
        bytes: requests.reduce((sum, request) => sum + bytes[request], 0),
        shares: sharesOf(
          seen.map(({ life }) => life),
          names,
        ),
        longest: slowRequest(run, found, longest),
      },
    ];
  });
  const incomplete = all.filter(({ isComplete }) => !isComplete).map(({ visit }) => visit);
  const explanation = { slowest, complete: complete.length, incomplete };
  return { explanation, fingerprint: found.ending.fingerprint };
}

function slowRequest(
  { workload: { trace, catalogue } }: Run,
  { delay, node, retries }: Survey,
  {
    request,
    life,
    names,
  }: { readonly request: number; readonly life: Life; readonly names: Names },
): SlowRequest {
  return {
    request,
    asked: life.asked,
    delay: delay[request],
    bytes: trace.bytes[request],
    path: catalogue.path(trace.file[request]),
    from: names.node(node[request]),
    retries: retries[request],
    shares: sharesOf([life], names),
  };
}
