import type { Diagnosis } from "./diagnosis.ts";
import { where } from "./words.ts";

export const sameRequests: Diagnosis = {
  id: "same-requests",
  looksAt: "what replications of a log have in common",
  find({ cells }) {
    const affected = cells.filter(
      ({ variant, runs }) => "log" in variant.workload && runs.length > 1,
    );
    if (affected.length === 0) return null;
    return (
      `All replications replay the same requests${where(affected, cells)}: intervals tell of the chance of ` +
      "policies and machines, not of what other days would ask; sim trace fit makes a recipe for those"
    );
  },
};
