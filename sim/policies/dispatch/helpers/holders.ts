import { type Candidate, type Dispatch, SERVER } from "../dispatch.ts";

/**
 * Whether a customer may be redirected to the candidate.
 *
 * An ordinary client does not recover from a bad redirect: curl and wget fail or keep the wrong
 * bytes, and apt gives up. So an outdated or unfinished copy counts as none.
 */
export function holds({ belief }: Candidate): boolean {
  return belief === "verified" || belief === "listed";
}

/** The decision of every policy that finds nobody to redirect to. */
export const NO_HOLDER: Dispatch = { to: SERVER, reason: "no holder" };

/** The decision for the holder at index `to`, or for the server when `to` is still `SERVER`. */
export function redirect(to: number, reason: string): Dispatch {
  return to === SERVER ? NO_HOLDER : { to, reason };
}
