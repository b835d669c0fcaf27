import { formatTime } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { asksVolunteers, type CellEvidence, type Evidence } from "./evidence.ts";
import { shares, span, where } from "./words.ts";

/** Share of the requests that may come so early without much effect. */
const SOME = 0.1;

export const beforeAnnounces: Diagnosis = {
  id: "before-announces",
  looksAt: "requests before volunteers have announced what they send",
  find(evidence) {
    const among = evidence.cells.filter(asksVolunteers);
    const early = new Map(among.map((each) => [each, earlyShare(each, evidence)]));
    const affected = among.filter((each) => (early.get(each) ?? 0) > SOME);
    if (affected.length === 0) return null;
    const intervals = span(affected.map(intervalOf), formatTime);
    return (
      `${shares(affected.map((each) => early.get(each) ?? 0))} of the measured requests` +
      `${where(affected, among)} come within the first ${intervals}, before all volunteers have announced ` +
      "what they send (system.tracker.interval): policies that go by announces choose blindly so long; " +
      `a measure.from of ${intervals} leaves that out, a shorter interval makes it shorter`
    );
  },
};

function intervalOf({ variant }: CellEvidence): number {
  return variant.system.tracker.interval;
}

/** Share of the measured requests that come before the first interval is over. */
function earlyShare(each: CellEvidence, { experiment }: Evidence): number {
  if (each.workload === null) return 0;
  const { time, requests } = each.workload.trace;
  const before = (end: number) => {
    let count = 0;
    while (count < requests && time[count] < end) count++;
    return count;
  };
  const { from } = experiment.measure;
  const unmeasured = before(from);
  return requests === unmeasured
    ? 0
    : Math.max(0, before(intervalOf(each)) - unmeasured) / (requests - unmeasured);
}
