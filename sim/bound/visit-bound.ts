import { aloneBound } from "./alone.ts";
import { type BoundInput, demandOf } from "./demand.ts";
import { tightBound } from "./tight.ts";

/** A bound on the restricted mean time of a visit. What has to hold for it stands with `visitBound`. */
export interface VisitBound {
  /** Null where there is none. */
  readonly seconds: number | null;
  /** Why there is none. */
  readonly reason?: string;
}

/** Why there is no bound where nobody comes. */
export const NO_VISITS = "no visits are measured";

/** `alone`: each visit by itself; `tight`: all together, by a linear programme. */
export type BoundKind = "alone" | "tight";

/**
 * What no dispatch policy could beat on this system and workload that takes no larger share of the
 * delivered bytes from the server.
 *
 * Volunteers are taken to be on line, honest and without other work, and to hold whatever they could hold
 * by then; of the network no more counts than uplinks, downlinks, limits of deliveries and round trips. All
 * that makes the truth slower keeps the bound a bound. Only bursts, which let links carry more than they
 * can for a moment, do not: with those there is none.
 */
export async function visitBound(kind: BoundKind, input: BoundInput): Promise<VisitBound> {
  const { system, workload } = input;
  if (system.transport.causes.burst) {
    return { seconds: null, reason: "links let bursts through at once" };
  }
  const demand = demandOf(input);
  const seconds =
    kind === "alone" ? aloneBound(demand, workload) : await tightBound(demand, workload);
  if (seconds === null) return { seconds, reason: NO_VISITS };
  return { seconds };
}
