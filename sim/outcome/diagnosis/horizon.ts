import { formatTime } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type CellEvidence, meanOf } from "./evidence.ts";
import { shares, where } from "./words.ts";

/** Share of the visits from which on the 95th percentile of their times is the horizon. */
const SOME = 0.05;

export const horizonBinds: Diagnosis = {
  id: "horizon",
  looksAt: "visits that were not done within the horizon",
  find({ experiment, cells }) {
    const affected = cells.filter((each) => incompleteOf(each) >= SOME);
    if (affected.length === 0) return null;
    const horizon = formatTime(experiment.measure.horizon);
    return (
      `${shares(affected.map(incompleteOf))} of the visits${where(affected, cells)} failed or took longer than ` +
      `the horizon of ${horizon}: visit.p95 and what is above it stand at the horizon, whatever they ` +
      "are; a longer measure.horizon, or fewer customers, tells more"
    );
  },
};

function incompleteOf(each: CellEvidence): number {
  return meanOf(each, "visit.incomplete") ?? 0;
}
