import type { Diagnosis } from "./diagnosis.ts";
import { where } from "./words.ts";

export const oracle: Diagnosis = {
  id: "oracle",
  looksAt: "knowledge that no server could have",
  find({ cells }) {
    const affected = cells.filter(({ variant }) => variant.system.tracker.inFlight === "truth");
    if (affected.length === 0) return null;
    return (
      `What is in flight is known from an oracle${where(affected, cells)} (system.tracker.inFlight: truth): ` +
      "no server could know it, and what comes of it is only to be compared with"
    );
  },
};
