import { InputError } from "../engine/input-error.ts";
import type { LogSpec } from "../experiment/config/experiment.ts";
import { type ChangeRecipe, withChanges } from "../workload/changes.ts";
import { readAccessLog } from "../workload/import/read-access-log.ts";
import {
  type CompiledTrace,
  isCompiledTrace,
  readCompiled,
  traceIn,
} from "../workload/trace/compiled/read.ts";
import { workloadOf } from "../workload/trace/workload-of.ts";
import { countVisits } from "../workload/visits.ts";
import type { Workload } from "../workload/workload.ts";
import type { WorkloadSize } from "../workload/workload-size.ts";
import type { WorkloadSource } from "./workload-source.ts";

/** How a log or a trace is replayed. */
export interface Replaying {
  /** What is said of files that change in place, which no log tells. */
  readonly changes: ChangeRecipe | undefined;
  /** Seconds up to which it is replayed; null for all of it. */
  readonly window: number | null;
}

/**
 * The workload of an access log or of a compiled trace. `compiled` is the trace where another thread
 * has read it.
 */
export async function replayedSource(
  spec: LogSpec,
  { compiled, ...replaying }: Replaying & { readonly compiled: CompiledTrace | null },
): Promise<WorkloadSource> {
  if (compiled !== null) return traceSource(compiled, replaying);
  if (isCompiledTrace(spec.file)) return traceSource(readCompiled(spec.file), replaying);
  return logSource(spec, replaying);
}

/** A log is replayed as it is: every replication has the same requests, if other changes. */
async function logSource(
  { file, maxBad }: LogSpec,
  { changes, window }: Replaying,
): Promise<WorkloadSource> {
  const { workload, rejected, ignored, lines, paths } = await readAccessLog(file, { maxBad });
  const replayed = window === null ? workload : cutAt(workload, window);
  const reasons = [...ignored].map(([reason, count]) => `${count} ${reason}`);
  return {
    paths,
    notes: [
      `${file}: ${replayed.trace.requests} downloads in ${lines} lines`,
      ...(reasons.length === 0 ? [] : [`not downloads: ${reasons.join(", ")}`]),
      ...(rejected.count === 0 ? [] : [`unreadable lines: ${rejected.count}, see rejected.csv`]),
    ],
    rejected,
    size: () => sizeOf(replayed),
    compiled: null,
    generate: withChanges(replayed, changes),
  };
}

/** A compiled trace is replayed as it is: nothing is parsed, so that no line can be bad. */
function traceSource(compiled: CompiledTrace, { changes, window }: Replaying): WorkloadSource {
  const file = compiled.path;
  const trace = traceIn(compiled);
  if (trace.kind !== "access") {
    throw new InputError([`${file}: expected a trace of requests; got one of synchronisations`]);
  }
  if (trace.requests.requests === 0) {
    throw new InputError([`${file}: expected at least one request; got a catalogue alone`]);
  }
  const workload = workloadOf(trace);
  const replayed = window === null ? workload : cutAt(workload, window);
  return {
    paths: [file],
    notes: [`${file}: ${replayed.trace.requests} requests`],
    rejected: null,
    size: () => sizeOf(replayed),
    compiled,
    generate: withChanges(replayed, changes),
  };
}

/** The workload with the requests before `window` seconds only. */
function cutAt(workload: Workload, window: number): Workload {
  const { trace } = workload;
  let requests = 0;
  while (requests < trace.requests && trace.time[requests] < window) requests++;
  const visits = countVisits(trace.visit, requests);
  return { ...workload, window, trace: { ...trace, requests, visits } };
}

function sizeOf({ catalogue, customers, trace }: Workload): WorkloadSize {
  return { files: catalogue.files, customers, requests: trace.requests };
}
