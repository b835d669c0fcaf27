import { mean } from "d3-array";
import { type Experiment, type Variant, variantsOf } from "../experiment/config/experiment.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
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
  const variants = variantsOf(experiment);
  const mostIn = ({ cell }: CellRuns) => payloadRate(variants[cell.variant]);
  return {
    serverRate: all.flatMap((cell) =>
      binned(cell, { bin, most: mostIn(cell) }, ({ serverRate }) => serverRate),
    ),
    backlog: known.flatMap((cell) =>
      binned(cell, { bin, most: Number.POSITIVE_INFINITY }, ({ backlog }) => backlog),
    ),
    busy: known.flatMap((cell) => busyGrid(experiment, cell)),
    syncDays: known.flatMap(syncDayRows),
  };
}

/** The most that the server can send, in bytes/s of files. */
function payloadRate({ system: { server, transport, changes = [] } }: Variant): number {
  const uplink = Math.max(server.uplink, ...changes.map((change) => change.server.uplink));
  return uplink * (transport.causes.wireEfficiency ? WIRE_EFFICIENCY : 1);
}

/**
 * Means with their intervals in each bin, `bin` seconds wide.
 *
 * A mean of what lies between 0 and `most` lies there too: what of an interval reaches beyond can hold
 * no true mean, and to leave it out takes nothing from the probability that the interval holds it.
 */
function binned(
  { cell, runs }: CellRuns,
  { bin, most }: { readonly bin: number; readonly most: number },
  valuesOf: (run: RunResult) => Float64Array,
): CourseRow[] {
  const columns = runs.map(valuesOf);
  return Array.from(columns[0], (_, at) => {
    const { mean, low, high } = meanInterval(columns.map((column) => column[at])) ?? NONE;
    const isBounded = Number.isFinite(high - low); // Of a single run nothing is known.
    const own = isBounded
      ? { low: Math.max(low, 0), high: Math.max(mean, Math.min(high, most)) }
      : { low, high };
    return { policy: cell.label, time: at * bin, mean, ...own };
  });
}

const NONE = { mean: 0, low: 0, high: 0 };

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
