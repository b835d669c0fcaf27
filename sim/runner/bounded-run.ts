import { visitBound } from "../bound/visit-bound.ts";
import type { Cell } from "../experiment/config/cells.ts";
import { type Experiment, HOST, variantsOf } from "../experiment/config/experiment.ts";
import { drawLines } from "../model/customers.ts";
import type { SystemSpec } from "../model/system.ts";
import type { Workload } from "../workload/workload.ts";
import { type RunResult, replicationStreams, systemOf } from "./replication.ts";

/** Replication policies that look at nothing that changes, and so place every file once and for all. */
const SETTLED: readonly string[] = ["everything", "rendezvous", "subtree"];

/** The run with what no dispatch policy could beat in its place, as the experiment asks. */
export async function withBound(
  experiment: Experiment,
  cell: Cell,
  replication: number,
  workload: Workload,
  run: RunResult,
): Promise<RunResult> {
  const { bound: kind, from, horizon } = experiment.measure;
  if (kind === "none") return run;
  const system = systemOf(variantsOf(experiment)[cell.variant], cell);
  const streams = replicationStreams(experiment, replication);
  const bound = await visitBound(kind, {
    ...{ workload, system, from, horizon },
    lines: drawLines(system.customers, workload.customers, streams("downlinks")),
    serverShare: run.metrics["server.share"],
    byTimetable: keepsToTimetable(cell, system),
  });
  const { seconds } = bound;
  const mean = run.metrics["visit.mean"];
  const gap = mean === null || seconds === null || seconds === 0 ? null : mean / seconds;
  return { ...run, bound, metrics: { ...run.metrics, "visit.bound": seconds, "visit.gap": gap } };
}

/**
 * Whether volunteers fetch nothing but what is published or changes, and at the system's times. Those
 * whose disks have a limit may be given a file later, when another has gone, and so may all where
 * somebody comes or goes.
 */
export function keepsToTimetable(
  { sync, replication }: Pick<Cell, "sync" | "replication">,
  { volunteers, changes = [] }: Pick<SystemSpec, "volunteers" | "changes">,
): boolean {
  const isSettled = replication.own === undefined && SETTLED.includes(replication.name);
  const hasRoom = volunteers.every(({ disk }) => disk === Number.POSITIVE_INFINITY);
  return sync.name === HOST && isSettled && hasRoom && changes.length === 0;
}
