import type { Run } from "../model/simulation.ts";
import { type Share, sharesOf } from "./shares.ts";
import { measured, survey } from "./survey.ts";
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

/** The `count` slowest of the requests that were delivered after `from`, and what held them back. */
export function explainSlowest(
  newRun: () => Run,
  from: number,
  count: number,
): { readonly explanation: SlowestExplanation; readonly fingerprint: string } {
  const run = newRun();
  const found = survey(run);
  const { delivered, failed } = measured(found, run.workload, from);
  const { delay, node, retries } = found;
  const chosen = delivered.sort((a, b) => delay[b] - delay[a] || a - b).slice(0, count);
  const { trace, catalogue } = run.workload;
  const { lives, names } = watchRequests(newRun(), new Set(chosen));
  const slowest = chosen.flatMap((request): SlowRequest[] => {
    const life = lives.get(request);
    if (life === undefined) return [];
    return [
      {
        request,
        asked: life.asked,
        delay: delay[request],
        bytes: trace.bytes[request],
        path: catalogue.path(trace.file[request]),
        from: names.node(node[request]),
        retries: retries[request],
        shares: sharesOf([life], names),
      },
    ];
  });
  const explanation = { slowest, delivered: delivered.length, failed };
  return { explanation, fingerprint: found.ending.fingerprint };
}
