import { mean } from "d3-array";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import type { BusyGrid, CourseRow, SyncDayRow } from "../report/report-data.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import type { RunResult } from "../runner/replication.ts";
import { volunteerClasses } from "./rows.ts";
import { meanInterval } from "./statistics/interval.ts";

/** What a report shows over time, averaged over the replications of each cell. */
export interface ReportCourse {
  readonly serverRate: readonly CourseRow[];
  readonly backlog: readonly CourseRow[];
  readonly busy: readonly BusyGrid[];
  readonly syncDays: readonly SyncDayRow[];
}

/** Runs that an older version stored have no course but that of the server; then it is left out. */
type StoredResult = RunResult & Partial<Pick<RunResult, "backlog" | "busy" | "syncDays">>;

export function reportCourse(experiment: Experiment, all: readonly CellRuns[]): ReportCourse {
  const known = all.filter(({ runs }) =>
    runs.every(({ backlog, busy, syncDays }: StoredResult) => backlog && busy && syncDays),
  );
  const { bin } = experiment.measure;
  return {
    serverRate: all.flatMap((cell) => binned(cell, bin, ({ serverRate }) => serverRate)),
    backlog: known.flatMap((cell) => binned(cell, bin, ({ backlog }) => backlog)),
    busy: known.flatMap((cell) => busyGrid(experiment, cell)),
    syncDays: known.flatMap(syncDayRows),
  };
}

/** Means with their intervals in each bin, `bin` seconds wide. */
function binned(
  { cell, runs }: CellRuns,
  bin: number,
  valuesOf: (run: RunResult) => Float64Array,
): CourseRow[] {
  const columns = runs.map(valuesOf);
  return Array.from(columns[0], (_, at) => {
    const interval = meanInterval(columns.map((column) => column[at]));
    const none = { mean: 0, low: 0, high: 0 };
    return { policy: cell.label, time: at * bin, ...(interval ?? none) };
  });
}

function busyGrid(experiment: Experiment, { cell, runs }: CellRuns): BusyGrid[] {
  const classes = volunteerClasses(variantsOf(experiment)[cell.variant]);
  const [{ busy }] = runs;
  if (classes.length === 0 || busy.share.length === 0) return [];
  const share = Array.from(busy.share, (_, at) => mean(runs, (run) => run.busy.share[at]) ?? 0);
  return [{ policy: cell.label, classes, width: busy.width, share }];
}

function syncDayRows({ cell, runs }: CellRuns): SyncDayRow[] {
  return Array.from(runs[0].syncDays.mean, (_, at) => {
    const over = (of: "mean" | "least" | "most") => mean(runs, (run) => run.syncDays[of][at]) ?? 0;
    return {
      ...{ policy: cell.label, day: at + runs[0].syncDays.first },
      ...{ mean: over("mean"), least: over("least"), most: over("most") },
    };
  });
}
