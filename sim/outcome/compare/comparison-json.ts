import { METRICS } from "../../metrics/metric.ts";
import type { Interval } from "../statistics/interval.ts";
import type { Change, RunComparison } from "./compare-runs.ts";

/** The JSON of `sim compare --json`: the form that other programs rely on. */
export function comparisonJson(comparisons: readonly RunComparison[]): string {
  const shown = comparisons.map(({ before, after, isIdentical, settings, cells, ...only }) => ({
    before: { folder: before.folder, fingerprint: before.manifest.fingerprint },
    after: { folder: after.folder, fingerprint: after.manifest.fingerprint },
    identical: isIdentical,
    settings,
    ...only,
    cells: cells.map(({ label, runs, isPaired, changes }) => ({
      label,
      runs,
      paired: isPaired,
      metrics: Object.fromEntries(
        METRICS.map(({ name, unit }) => [name, { ...shownChange(changes[name]), unit }]),
      ),
    })),
  }));
  return JSON.stringify(shown, null, 2);
}

function shownChange({ before, after, difference, pHolm, says }: Change) {
  const intervals = { before: bounded(before), after: bounded(after) };
  return { says, ...intervals, difference: bounded(difference), pHolm };
}

/** JSON has no infinity: an interval that is bounded nowhere has null bounds. */
function bounded<Of extends Interval>(interval: Of | null) {
  if (interval === null) return null;
  return Number.isFinite(interval.low) ? interval : { ...interval, low: null, high: null };
}
