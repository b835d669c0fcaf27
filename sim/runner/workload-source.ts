import { InputError } from "../engine/input-error.ts";
import { loadReleaseInputs } from "../workload/files/release-inputs.ts";
import { type AccessLog, readAccessLog } from "../workload/import/read-access-log.ts";
import { releaseWorkload } from "../workload/release.ts";
import { debianIndexSizes } from "../workload/release-catalogue.ts";
import { isCompiledTrace, readTrace } from "../workload/trace/compiled/read.ts";
import { workloadOf } from "../workload/trace/workload-of.ts";
import { updateWorkload } from "../workload/updates/update-workload.ts";
import type { Workload } from "../workload/workload.ts";
import type { LogSpec, ReleaseSpec, SyncSpec, Variant } from "./config/experiment.ts";
import type { replicationStreams } from "./replication.ts";

/** An experiment's input files, read once; makes the workload of each replication. */
export interface WorkloadSource {
  /** The files read. */
  readonly paths: readonly string[];
  /** Facts about the input that a reader of the results should know. */
  readonly notes: readonly string[];
  /** Lines of a log that could not be read, as rows for a file of their own. */
  readonly rejected: AccessLog["rejected"] | null;
  generate(streams: ReturnType<typeof replicationStreams>): Workload;
}

/** @throws InputError when a file is missing or is not what the experiment takes it for. */
export async function workloadSource({
  workload,
  window,
}: Pick<Variant, "workload" | "window">): Promise<WorkloadSource> {
  if ("sync" in workload) return syncSource(workload.sync, window ?? 0);
  return "log" in workload
    ? isCompiledTrace(workload.log.file)
      ? traceSource(workload.log.file, window)
      : logSource(workload.log, window)
    : releaseSource(workload.release, window ?? 0);
}

function releaseSource(spec: ReleaseSpec, window: number): WorkloadSource {
  const { extract, shape, paths } = loadReleaseInputs(spec);
  const recipe = { ...spec, window, indexes: debianIndexSizes };
  return {
    paths,
    notes: [],
    rejected: null,
    generate: (streams) => releaseWorkload(recipe, extract, shape, streams),
  };
}

function syncSource(spec: SyncSpec, window: number): WorkloadSource {
  return {
    paths: [],
    notes: ["nobody downloads: the workload is synchronisation alone"],
    rejected: null,
    generate: (streams) => updateWorkload({ ...spec, window }, streams),
  };
}

/** A log is replayed as it is: every replication has the same requests. */
async function logSource(
  { file, maxBad }: LogSpec,
  window: number | null,
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
    generate: () => replayed,
  };
}

/** A compiled trace is replayed as it is: nothing is parsed, so that no line can be bad. */
function traceSource(file: string, window: number | null): WorkloadSource {
  const trace = readTrace(file);
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
    generate: () => replayed,
  };
}

/** The workload with the requests before `window` seconds only. */
function cutAt(workload: Workload, window: number): Workload {
  const { trace } = workload;
  let requests = 0;
  while (requests < trace.requests && trace.time[requests] < window) requests++;
  return { ...workload, window, trace: { ...trace, requests } };
}
