import { formatTime } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type CellEvidence, meanOf } from "./evidence.ts";
import { shares, span, where } from "./words.ts";

/** Share of the requests that may fail without a word. */
const SOME = 0.01;

export const failures: Diagnosis = {
  id: "failures",
  looksAt: "requests that failed",
  find({ cells }) {
    const affected = cells.filter((each) => failedOf(each) > SOME);
    if (affected.length === 0) return null;
    const { customers } = affected[0].variant.system;
    const patience = span(
      affected.map(({ variant }) => variant.system.customers.patience),
      formatTime,
    );
    return (
      `${shares(affected.map(failedOf))} of the requests failed${where(affected, cells)}: customers gave ` +
      `them up after ${patience} (system.customers.patience), or after ${customers.attempts} attempts ` +
      "(attempts); means and percentiles count them at measure.horizon"
    );
  },
};

function failedOf(each: CellEvidence): number {
  const total = meanOf(each, "requests.total") ?? 0;
  return total === 0 ? 0 : (meanOf(each, "requests.failed") ?? 0) / total;
}
