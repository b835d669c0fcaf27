import { HOST } from "../../experiment/config/experiment.ts";
import { formatTime } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type CellEvidence, type Evidence, fetchers, windowOf } from "./evidence.ts";
import { span, where } from "./words.ts";

export const shortWindow: Diagnosis = {
  id: "short-window",
  looksAt: "the window beside the time between two synchronisations",
  find(evidence) {
    const windowIn = (each: CellEvidence) => windowOf(each, evidence.experiment);
    const among = fetchers(evidence);
    const affected = fetchingOnce(evidence);
    if (affected.length === 0) return null;
    return (
      `The window of ${span(affected.map(windowIn), formatTime)}${where(affected, among)} is not longer ` +
      `than the ${span(affected.map(everyOf), formatTime)} between two synchronisations of a volunteer: ` +
      "each fetches what is new once at the most; shorten system.synchronisation.every, or lengthen " +
      "workload.window"
    );
  },
};

/** The cells in whose window no volunteer synchronises twice. */
export function fetchingOnce(evidence: Evidence): CellEvidence[] {
  return fetchers(evidence).filter(
    (each) => each.cell.sync.name === HOST && windowOf(each, evidence.experiment) <= everyOf(each),
  );
}

function everyOf({ variant }: CellEvidence): number {
  return variant.system.synchronisation.every;
}
