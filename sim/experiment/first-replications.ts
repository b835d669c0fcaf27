import type { Experiment } from "./config/experiment.ts";

/** An interval wants a spread: with fewer runs nothing is known of chance. */
export const LEAST_REPLICATIONS = 3;

/** Replications of each cell that are run before anything is looked at. */
export function firstReplications({ replications, until }: Experiment): number {
  return until === undefined ? replications : Math.max(replications, LEAST_REPLICATIONS);
}
