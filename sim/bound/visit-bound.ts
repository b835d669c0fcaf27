import { aloneBound } from "./alone.ts";
import { type BoundInput, demandOf } from "./demand.ts";
import { tightBound } from "./tight.ts";

/** A bound on the restricted mean time of a visit, and what has to hold for it. */
export interface VisitBound {
  /** Null where there is none. */
  readonly seconds: number | null;
  readonly conditions: readonly string[];
  /** Why there is none. */
  readonly reason?: string;
}

/** `alone`: each visit by itself; `tight`: all together, by a linear programme. */
export type BoundKind = "alone" | "tight";

/**
 * What no dispatch policy could beat on this system and workload that takes no larger share of the
 * delivered bytes from the server.
 */
export async function visitBound(kind: BoundKind, input: BoundInput): Promise<VisitBound> {
  const { system, workload } = input;
  if (system.transport.causes.burst) {
    return { seconds: null, conditions: [], reason: "links let bursts through at once" };
  }
  const demand = demandOf(input);
  const seconds =
    kind === "alone" ? aloneBound(demand, workload) : await tightBound(demand, workload);
  if (seconds === null) return { seconds, conditions: [], reason: "no visits are measured" };
  return { seconds, conditions: conditionsOf(input) };
}

function conditionsOf(_: BoundInput): string[] {
  return [];
}
