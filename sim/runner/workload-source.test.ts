import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { importTrace } from "../workload/import/import-trace.ts";
import { writeTrace } from "../workload/trace/compiled/write.ts";
import { namesOf } from "../workload/trace/names.ts";
import type { AccessTrace, SyncTrace } from "../workload/trace/trace.ts";
import type { Workload } from "../workload/workload.ts";
import type { Experiment } from "./config/experiment.ts";
import { readExperiment } from "./config/read-experiment.ts";
import { replicationStreams } from "./replication.ts";
import { workloadSource } from "./workload-source.ts";

const LOG = "traces/sample-access.log.gz";

const test = suite("workload-source", { folder: "", trace: "" });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "workload-source-"));
  context.trace = join(context.folder, "t.mlt");
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

async function imported(): Promise<AccessTrace> {
  const options = {
    format: null,
    as: null,
    catalogues: [],
    maxBad: 0.01,
    mergeWithin: 0,
    key: null,
  };
  const { trace } = await importTrace([LOG], options);
  if (trace.kind !== "access") throw new Error("no downloads");
  return trace;
}

async function sourceOf(trace: string, window: number | null = null) {
  const experiment: Experiment = readExperiment("experiments/replay.yaml", {
    overrides: { trace },
  });
  const source = await workloadSource({ ...experiment, window });
  return { source, workload: source.generate(replicationStreams(experiment, 0)) };
}

/** A workload without its notes, as plain values. */
function plain({ catalogue, trace, customers, window }: Workload) {
  const { path, files, size, digest, release } = catalogue;
  const paths = Array.from({ length: files }, (_, file) => path(file));
  const { requests, time, customer, file, bytes } = trace;
  const columns = [time, customer, file, bytes].map((each) => [...each.subarray(0, requests)]);
  return { paths, size, digest, release, requests, columns, customers, window };
}

test("a compiled trace is replayed as its log is", async ({ trace }) => {
  writeTrace(trace, await imported());
  const [log, compiled] = [await sourceOf(LOG), await sourceOf(trace)];
  assert.equal(plain(compiled.workload), plain(log.workload));
  assert.equal(compiled.source.paths, [trace]);
  assert.is(compiled.source.rejected, null);
  assert.equal(compiled.source.notes, [`${trace}: 3794 requests`]);
});

test("a window cuts a compiled trace", async ({ trace }) => {
  writeTrace(trace, await imported());
  const { workload } = await sourceOf(trace, 3600);
  assert.is(workload.window, 3600);
  assert.ok(workload.trace.requests > 0 && workload.trace.requests < 3794);
  assert.ok(workload.trace.time[workload.trace.requests - 1] < 3600);
});

test("a trace without requests cannot be replayed", async ({ trace }) => {
  const problem = async () => {
    try {
      await sourceOf(trace);
    } catch (error) {
      assert.instance(error, InputError);
      return (error as Error).message.replace(trace, "TRACE");
    }
    return "";
  };
  const { requests, ...rest } = await imported();
  writeTrace(trace, { ...rest, requests: { ...requests, requests: 0 } });
  assert.is(await problem(), "TRACE: expected at least one request; got a catalogue alone");
  const none = new Float64Array();
  const syncs: SyncTrace = {
    kind: "sync",
    syncs: 0,
    time: none,
    node: new Uint32Array(),
    files: new Uint32Array(),
    bytes: none,
    duration: none,
    nodes: namesOf([]),
    window: 0,
    epoch: null,
  };
  writeTrace(trace, syncs);
  assert.is(await problem(), "TRACE: expected a trace of requests; got one of synchronisations");
});

test.run();
