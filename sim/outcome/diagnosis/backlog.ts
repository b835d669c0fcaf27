import type { Diagnosis } from "./diagnosis.ts";
import { type CellEvidence, meanOf } from "./evidence.ts";
import { shares, where } from "./words.ts";

/** Share of a run's requests that may be under way when its window ends. */
const SOME = 0.1;

export const backlogAtEnd: Diagnosis = {
  id: "backlog",
  looksAt: "requests still under way when the window ends",
  find({ cells }) {
    const affected = cells.filter((each) => leftOf(each) > SOME);
    if (affected.length === 0) return null;
    return (
      `When the window ends, ${shares(affected.map(leftOf))} of the requests${where(affected, cells)} still ` +
      "wait or are served: more is asked than can be sent, or the window cuts a crowd off; a longer " +
      "workload.window shows which"
    );
  },
};

/** Share of the measured requests that are open at the start of the last bin, over the runs. */
function leftOf(each: CellEvidence): number {
  const total = meanOf(each, "requests.total") ?? 0;
  if (total === 0) return 0;
  const left = each.runs.map(({ backlog }) => backlog.at(-1) ?? 0);
  return left.reduce((sum, count) => sum + count, 0) / left.length / total;
}
