import { count, ratio, seconds } from "../../policy.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  outlierFailures: count(5, 1, 1000, "failures in a row at which a volunteer is ejected"),
  outlierPause: seconds(30, 0, 86_400, "of an ejection, for each such row"),
  outlierLongest: seconds(300, 0, 604_800, "of an ejection, at most"),
  outlierPanic: ratio(0.5, 0, 1, "of volunteers that must be left, or all are used"),
};

/**
 * Leaves out volunteers that fail again and again, each time for longer. Where too few are left,
 * the fault is taken to lie elsewhere, and rather than bring those down as well, all are used.
 */
export const outlierEjection: DispatchWrapper<typeof params> = {
  name: "outlier-ejection",
  summary: "who fails several times in a row is left out for a while",
  source: "envoyproxy/envoy, outlier detection and panic threshold",
  params,
  decide({ count, now }, limits, _random, inner) {
    const { outlierFailures, outlierPause, outlierLongest, outlierPanic } = limits;
    return inner.among(({ facts: { failures, failedAt } }) => {
      const pause = outlierPause * Math.floor(failures / outlierFailures);
      return failures < outlierFailures || now - failedAt >= Math.min(pause, outlierLongest);
    }, outlierPanic * count);
  },
};
