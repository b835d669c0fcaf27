import type { Diagnosis } from "./diagnosis.ts";
import { type CellEvidence, meanOf } from "./evidence.ts";
import { counted, listed, span, where } from "./words.ts";

/** Visits of a run below which its 99th percentile is that of the longest alone. */
const FEW = 100;

export const fewVisits: Diagnosis = {
  id: "few-visits",
  looksAt: "how many visits each run measures",
  find({ experiment, cells }) {
    const among = cells.filter((each) => visitsOf(each) > 0);
    const affected = among.filter((each) => visitsOf(each) < FEW);
    if (affected.length === 0) return null;
    const earlier = experiment.measure.from > 0 ? ["an earlier measure.from"] : [];
    const ways = listed(["more customers", "a longer window", ...earlier]);
    return (
      `Each run${where(affected, among)} measures only ${span(affected.map(visitsOf), counted)} visits: ` +
      `among so few, visit.p99 and visit.worst are the longest one; ${ways} bring more`
    );
  },
};

/** On average over the runs. */
function visitsOf(each: CellEvidence): number {
  return meanOf(each, "visit.total") ?? 0;
}
