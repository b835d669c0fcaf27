import { HOST } from "../../experiment/config/experiment.ts";
import { formatTime } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import {
  asksVolunteers,
  type CellEvidence,
  type Evidence,
  hasNews,
  reasonsOf,
  windowOf,
} from "./evidence.ts";
import { counted, shares, where } from "./words.ts";

/** The reason that every policy gives when no candidate holds the file. */
const REASON = "no holder";

/** Volunteers cannot be why results differ where most decisions found none. */
const MOST = 0.5;

export const noHolder: Diagnosis = {
  id: "no-holder",
  looksAt: "why the dispatch policy decided as it did",
  find(evidence) {
    const affected = mostlyWithoutHolder(evidence);
    if (affected.length === 0) return null;
    const found = affected.map(withoutHolder);
    const sum = (of: "count" | "total") =>
      counted(found.reduce((total, each) => total + each[of], 0));
    return (
      `${sum("count")} of ${sum("total")} decisions` +
      `${where(affected, evidence.cells.filter(asksVolunteers))} ` +
      `(${shares(found.map(({ count, total }) => count / total))}) found no volunteer that holds the ` +
      `file ("${REASON}"), and left it to the server: ${cause(affected[0], evidence)}`
    );
  },
};

/** The cells in which volunteers could be asked and most decisions found none. */
export function mostlyWithoutHolder({ cells }: Evidence): CellEvidence[] {
  return cells.filter((each) => {
    const { count, total } = withoutHolder(each);
    return asksVolunteers(each) && count > MOST * total;
  });
}

function withoutHolder(each: CellEvidence) {
  const reasons = reasonsOf(each);
  const total = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  return { count: reasons.get(REASON) ?? 0, total };
}

/** What is most likely behind it, and what to change. */
function cause(each: CellEvidence, { experiment }: Evidence): string {
  const { cell, variant, workload } = each;
  const { synchronisation, volunteers } = variant.system;
  const { every, first } = synchronisation;
  const window = windowOf(each, experiment);
  const isNew = workload === null || hasNews(workload);
  if (isNew && cell.sync.name === HOST && first + every >= window / 2) {
    return (
      `volunteers fetch what is new every ${formatTime(every)}, from ${formatTime(first)} on, and the ` +
      `window is ${formatTime(window)}; a shorter system.synchronisation.every and first, or a ` +
      "longer window, lets them have it"
    );
  }
  const isPartial = volunteers.some(({ coverage }) => coverage < 1);
  if (isPartial || cell.replication.name !== "everything") {
    return "volunteers are to hold a part only; see coverage and policies.replication";
  }
  if (volunteers.some(({ sessions }) => sessions !== null)) {
    return "volunteers come and go; see their sessions and system.synchronisation";
  }
  return "see when volunteers fetch what is new, in system.synchronisation";
}
