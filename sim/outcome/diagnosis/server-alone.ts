import { formatShare } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { asksVolunteers, type CellEvidence, meanOf, reasonsOf } from "./evidence.ts";
import { mostlyWithoutHolder } from "./no-holder.ts";
import { shares, where } from "./words.ts";

/** Share of the bytes that leaves volunteers nothing to be compared by. */
const NEARLY_ALL = 0.9;

export const serverAlone: Diagnosis = {
  id: "server-alone",
  looksAt: "what the server sent itself, where volunteers hold what is asked for",
  find(evidence) {
    const explained = mostlyWithoutHolder(evidence);
    const among = evidence.cells.filter(asksVolunteers);
    const affected = among.filter(
      (each) => !explained.includes(each) && serverShare(each) >= NEARLY_ALL,
    );
    if (affected.length === 0) return null;
    return (
      `The server sent ${shares(affected.map(serverShare))} of what was delivered${where(affected, among)}, ` +
      `though customers could have been sent to volunteers; decisions mostly read ${mostly(affected[0])}`
    );
  },
};

function serverShare(each: CellEvidence): number {
  return meanOf(each, "server.share") ?? 0;
}

function mostly(each: CellEvidence): string {
  const reasons = [...reasonsOf(each)].sort(([, a], [, b]) => b - a);
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  const [[reason, count] = ["nothing", 0]] = reasons;
  return `"${reason}" (${formatShare(total === 0 ? 0 : count / total)})`;
}
