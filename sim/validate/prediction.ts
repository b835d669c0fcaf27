import { median } from "d3-array";
import { ALL_CAUSES, type Causes, FLUID } from "../network/http/causes.ts";
import { replay, type Train } from "./replay.ts";
import type { Testbed } from "./testbed.ts";

/** Runs of the model with luck of their own, of which a prediction is the median. */
const RUNS = 31;

/** What a model says of a scenario: for each run, the seconds of each download of each train. */
export type Runs = readonly (readonly (readonly number[])[])[];

export interface Prediction {
  readonly simulated: Runs;
  readonly naive: Runs;
}

/** Predicts with the given causes, and with the naive fluid model beside. */
export function predict(
  testbed: Testbed,
  trains: readonly Train[],
  causes: Causes = ALL_CAUSES,
): Prediction {
  const runs = causes.lossLuck ? RUNS : 1;
  return {
    simulated: Array.from({ length: runs }, (_, seed) => replay(testbed, trains, causes, seed)),
    naive: [replay(testbed, trains, FLUID, 0)],
  };
}

/** The median over the runs of what `quantity` makes of one. */
export function typical(runs: Runs, quantity: (run: Runs[number]) => number): number {
  return median(runs, quantity) ?? Number.NaN;
}

/** The predicted seconds of the one of this rank among single downloads that are alike. */
export function typicalOfRank(runs: Runs, members: readonly number[], rank: number): number {
  return typical(runs, (run) => {
    const sorted = members.map((at) => run[at][0]).sort((a, b) => a - b);
    return sorted[rank];
  });
}
