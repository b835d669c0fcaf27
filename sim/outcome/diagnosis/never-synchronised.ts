import { formatTime } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type CellEvidence, fetchers, meanOf } from "./evidence.ts";
import { fetchingOnce } from "./short-window.ts";
import { span, where } from "./words.ts";

export const neverSynchronised: Diagnosis = {
  id: "never-synchronised",
  looksAt: "what volunteers fetched of what is new",
  find(evidence) {
    const explained = fetchingOnce(evidence);
    const among = fetchers(evidence);
    const affected = among.filter(
      (each) => meanOf(each, "sync.wireBytes") === 0 && !explained.includes(each),
    );
    if (affected.length === 0) return null;
    const timeOf = (of: "first" | "every") => {
      const times = affected.map(({ variant }: CellEvidence) => variant.system.synchronisation[of]);
      return span(times, formatTime);
    };
    const { from } = evidence.experiment.measure;
    const start =
      from > 0 ? `, and what came before ${formatTime(from)} (measure.from) is not counted` : "";
    return (
      `No volunteer fetched anything${where(affected, among)}, though there is something new: they ` +
      `synchronise every ${timeOf("every")}, from ${timeOf("first")} on (system.synchronisation), or as ` +
      `policies.sync says${start}`
    );
  },
};
