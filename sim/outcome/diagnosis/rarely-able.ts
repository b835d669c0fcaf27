import type { Diagnosis } from "./diagnosis.ts";
import { asksVolunteers, type CellEvidence, type Evidence } from "./evidence.ts";
import { shares, where } from "./words.ts";

/** Share of the measured time below which volunteers are away rather than there. */
const RARELY = 0.25;

export const rarelyAble: Diagnosis = {
  id: "rarely-able",
  looksAt: "how long volunteers could have served",
  find(evidence) {
    const among = evidence.cells.filter(asksVolunteers);
    const able = new Map(among.map((each) => [each, ableShare(each, evidence)]));
    const affected = among.filter((each) => (able.get(each) ?? 1) < RARELY);
    if (affected.length === 0) return null;
    return (
      `Volunteers could serve for only ${shares(affected.map((each) => able.get(each) ?? 0))} of the measured ` +
      `time${where(affected, among)}: on line, with a file as it is now; see their sessions, their sites' ` +
      "failures, and system.synchronisation"
    );
  },
};

/** Over all volunteers and runs; 1 where older runs do not tell. */
function ableShare({ runs }: CellEvidence, { experiment }: Evidence): number {
  let [able, measured] = [0, 0];
  for (const run of runs) {
    able += run.able.reduce((sum, seconds) => sum + seconds, 0);
    measured += run.able.length * Math.max(0, run.endedAt - experiment.measure.from);
  }
  return measured === 0 ? 1 : able / measured;
}
