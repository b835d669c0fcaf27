import { METRICS } from "../../metrics/metric.ts";
import type {
  ChangeRow,
  ComparedRun,
  ComparedWith,
  ComparisonData,
} from "../../report/comparison-data.ts";
import { formatShare } from "../../report/format.ts";
import type { StoredRun } from "../results/run-folder.ts";
import type { RunComparison } from "./compare-runs.ts";

/** Turns comparisons with one run into the rows of their page. */
export function comparisonData(
  name: string,
  comparisons: readonly RunComparison[],
): ComparisonData {
  return {
    name,
    before: compared(comparisons[0].before),
    others: comparisons.map(withRun),
    answer: comparisons.map(answerOf).join(" "),
  };
}

function compared({ folder, manifest }: StoredRun): ComparedRun {
  const { experiment, fingerprint, version, commit } = manifest;
  const at = commit === null ? "an unknown commit" : `commit ${commit}`;
  return { folder, title: experiment.title, fingerprint, version: `${version}, ${at}` };
}

function withRun({
  after,
  isIdentical,
  settings,
  cells,
  removed,
  added,
}: RunComparison): ComparedWith {
  const changes = cells.flatMap((cell) =>
    METRICS.flatMap(({ name: metric, unit, better }): ChangeRow[] => {
      const { before, after: now, difference, pHolm, says } = cell.changes[metric];
      if (before === null || now === null || difference === null || says === "undefined") return [];
      const { label: policy, isPaired } = cell;
      const what = { policy, metric, unit, better, isPaired };
      return [{ ...what, before, after: now, difference, pHolm, says }];
    }),
  );
  return { ...compared(after), isIdentical, settings, changes, removed, added };
}

/** How many metrics of how many cells changed, and where the most. */
function answerOf(comparison: RunComparison): string {
  const { after, isIdentical, cells } = comparison;
  if (isIdentical) return `${after.folder} is identical: every event of every run is the same.`;
  if (cells.length === 0) return `${after.folder} has no cell in common with the first run.`;
  const { changes } = withRun(comparison);
  const of = (says: string) => changes.filter((change) => change.says === says);
  const [better, worse] = [of("better"), of("worse")];
  if (changes.every(({ says }) => says === "untested")) {
    return `${after.folder} is compared run by run: single runs say nothing of chance.`;
  }
  const counts =
    `In ${after.folder} ${better.length} of ${changes.length} values are better and ` +
    `${worse.length} worse by more than chance explains.`;
  return [counts, most("most improved", better), most("most worsened", worse)]
    .filter((sentence) => sentence !== null)
    .join(" ");
}

function most(what: string, changes: readonly ChangeRow[]): string | null {
  const share = ({ before, difference }: ChangeRow) => difference.mean / Math.abs(before.mean);
  const known = changes.filter(({ before }) => before.mean !== 0);
  const [first] = known.toSorted((a, b) => Math.abs(share(b)) - Math.abs(share(a)));
  if (first === undefined) return null;
  const sign = share(first) > 0 ? "+" : "";
  return `The ${what}: ${first.metric} of ${first.policy}, ${sign}${formatShare(share(first))}.`;
}
