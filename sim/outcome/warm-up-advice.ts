import { type Experiment, type Variant, variantsOf } from "../experiment/config/experiment.ts";
import { formatTime } from "../report/format.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { average } from "./statistics/bootstrap.ts";
import { mser5 } from "./statistics/warm-up.ts";

/** Seconds of a shorter run, in which the rhythm of a day could pass for a beginning. */
const LEAST_SECONDS = 7 * 86_400;

/**
 * Advice on where to begin to measure, for experiments that can settle: logs, requests by chance, and
 * repositories that change from day to day. MSER-5 looks at the server's rate, averaged over the replications, of every
 * cell; where it would leave out more than `measure.from` does, it says so. Nothing is left out on its
 * word, since a log's beginning may be what it is about. Null where there is nothing to say.
 *
 * A flash crowd, or a release of a repository, is over when it is over: its run has a beginning and an
 * end, and what comes before `measure.from` warms up its state.
 */
export function warmUpAdvice(experiment: Experiment, all: readonly CellRuns[]): string | null {
  const { from, bin } = experiment.measure;
  const variants = variantsOf(experiment);
  const cuts = all
    .filter(({ cell }) => canSettle(variants[cell.variant]))
    .flatMap((each) => cutOf(each, bin) ?? []);
  const longest = Math.max(0, ...cuts) * bin;
  if (longest <= from) return null;
  return (
    `MSER-5 on the server's rate would measure from ${formatTime(longest)} on, and measure.from is ` +
    `${formatTime(from)}: if these runs are to show what they settle to, measure later`
  );
}

function canSettle({ workload }: Variant): boolean {
  if ("log" in workload || "poisson" in workload) return true;
  return "sync" in workload && workload.sync.releases.length === 0;
}

function cutOf({ runs }: CellRuns, bin: number): number | null {
  const bins = runs[0]?.serverRate.length ?? 0;
  if (bins * bin < LEAST_SECONDS) return null;
  return mser5(
    Float64Array.from({ length: bins }, (_, at) =>
      average(runs.map(({ serverRate }) => serverRate[at])),
    ),
  );
}
