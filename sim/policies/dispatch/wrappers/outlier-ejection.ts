import { count, ratio, seconds } from "../../policy.ts";
import type { Candidate, DispatchView } from "../dispatch.ts";
import { ascending, scratch } from "../helpers/scratch.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  outlierFailures: count(5, 1, 1000, "failures in a row at which a volunteer is ejected"),
  outlierPause: seconds(30, 0, 86_400, "of an ejection, for each such row"),
  outlierLongest: seconds(300, 0, 604_800, "of an ejection, at most"),
  outlierShare: ratio(0.1, 0, 1, "of volunteers that are ejected at a time, at most"),
  outlierPanic: ratio(0.5, 0, 1, "of volunteers that must be left, or all are used"),
};

/**
 * Leaves out volunteers that fail again and again, each time for longer; the others that do so stay, as
 * soon as as many are out as may be. Where too few are left, the fault is taken to lie elsewhere, and
 * rather than bring those down as well, all are used.
 *
 * Those are out whose last failure was first: nobody who is out is asked, and can fail.
 */
export const outlierEjection: DispatchWrapper<typeof params> = {
  name: "outlier-ejection",
  summary: "who fails several times in a row is left out for a while, a tenth of all at most",
  source: "envoyproxy/envoy 00c7146, source/common/upstream/outlier_detection_impl.cc",
  differs:
    "rows are counted from the last success on, where Envoy's number of them outlives it and falls with " +
    "time; the share is of those that may be asked for the file, where Envoy takes all hosts",
  params,
  decide(view, limits, _random, inner) {
    const { outlierFailures, outlierPause, outlierLongest, outlierShare, outlierPanic } = limits;
    const { count, now } = view;
    const isOutlier = ({ facts: { failures, failedAt } }: Candidate) => {
      const pause = outlierPause * Math.floor(failures / outlierFailures); // 0 before a whole row.
      return now - failedAt < Math.min(pause, outlierLongest);
    };
    const isOut = earliest(view, isOutlier, most(outlierShare, count));
    return inner.among((candidate) => !isOut(candidate), outlierPanic * count);
  },
};

/** The greatest number that is no greater share of `count`. */
function most(share: number, count: number): number {
  const number = Math.floor(share * count);
  return (number + 1) / count <= share ? number + 1 : number;
}

/**
 * Called once for each candidate in order: whether it is among the `wanted` of those for which `isIt`
 * holds that failed last the longest ago; of equals, the first.
 */
function earliest(
  { candidates, count }: DispatchView,
  isIt: (candidate: Candidate) => boolean,
  wanted: number,
): (candidate: Candidate) => boolean {
  if (wanted === 0) return () => false;
  const times = scratch(count);
  for (let i = 0; i < count; i++) {
    times[i] = isIt(candidates[i]) ? candidates[i].facts.failedAt : Number.POSITIVE_INFINITY;
  }
  const limit = ascending(times, count, wanted)[wanted - 1];
  let atLimit = wanted;
  for (let i = 0; i < count; i++) if (times[i] < limit) atLimit--;
  return (candidate) => {
    const { failedAt } = candidate.facts;
    if (!isIt(candidate) || failedAt > limit) return false;
    return failedAt < limit || atLimit-- > 0;
  };
}
