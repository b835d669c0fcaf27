import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { readExperiment } from "../experiment/config/read-experiment.ts";
import { minimalWith, parse } from "../experiment/config/testing.ts";
import type { ChangeRecipe } from "../workload/changes.ts";
import { importTrace } from "../workload/import/import-trace.ts";
import { writeTrace } from "../workload/trace/compiled/write.ts";
import { namesOf } from "../workload/trace/names.ts";
import type { AccessTrace, SyncTrace } from "../workload/trace/trace.ts";
import { visitsByPause } from "../workload/visits.ts";
import type { Workload } from "../workload/workload.ts";
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

async function sourceOf(trace: string, window: number | null = null, changes?: ChangeRecipe) {
  const experiment: Experiment = readExperiment("experiments/replay.yaml", {
    overrides: { trace },
  });
  const { workload } = experiment;
  const also = changes === undefined ? {} : { changes };
  const source = await workloadSource({ workload: { ...workload, ...also }, window });
  return { source, workload: source.generate(replicationStreams(experiment, 0)) };
}

/** The source of a small experiment with this workload, of one day. */
async function sourceIn(workload: string) {
  const text = minimalWith("log: { file: access.log }", `${workload}\n  window: 1 d`);
  const experiment = parse(text);
  return { experiment, source: await workloadSource(experiment) };
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

test("visits are those of the trace where it tells them, cut or not, and else by pauses", async ({
  trace: path,
}) => {
  const trace = await imported();
  const { requests } = trace.requests;
  const alone = Uint32Array.from({ length: requests }, (_, row) => row);
  writeTrace(path, { ...trace, requests: { ...trace.requests, visit: alone } });
  const told = (await sourceOf(path)).workload.trace;
  assert.equal(told.visit, alone);
  assert.is(told.visits, requests);
  const cut = (await sourceOf(path, 3600)).workload.trace;
  assert.is(cut.visits, cut.requests);

  writeTrace(path, trace);
  const paused = (await sourceOf(path)).workload.trace;
  assert.equal(paused.visit, visitsByPause(trace.requests, trace.customers.length));
  assert.ok(paused.visits < requests);
});

test("a log and its compiled trace say which of their files change in place", async ({ trace }) => {
  writeTrace(trace, await imported());
  const HOUR = 3600;
  for (const path of [LOG, trace]) {
    const indexes = { match: null, share: null, first: null, every: 5 * HOUR };
    const { workload } = await sourceOf(path, 12 * HOUR, indexes);
    const { count, time, file } = workload.changes;
    assert.equal([...time], [5 * HOUR, 10 * HOUR]);
    const paths = [...file].map((row) => workload.catalogue.path(row));
    assert.is(count, 2);
    for (const changed of paths) assert.match(changed, /repodata\/primary\.xml\.gz$/);
  }
  assert.is((await sourceOf(trace)).workload.changes.count, 0);
});

test("a repository that only changes has changes in place, too", async () => {
  const { experiment, source } = await sourceIn(`sync: { daily: { bytes: 100 MB } }
  changes: { share: 0.2, every: 7 h }`);
  const { catalogue, changes } = source.generate(replicationStreams(experiment, 0));
  assert.ok(changes.count > 0);
  assert.equal(
    [...new Set(changes.time)],
    [7, 14, 21].map((hour) => hour * 3600),
  );
  for (let row = 0; row < changes.count; row++) {
    assert.ok(changes.time[row] > catalogue.release[changes.file[row]]);
  }
});

test("a release's indexes change in place where the experiment says so", async () => {
  const release = `release:
    catalogue: traces/debian-12.tsv.gz
    curve: traces/release-curve.csv
    at: 1 h
    customers: 5`;
  const changesIn = async (workload: string) => {
    const { experiment, source } = await sourceIn(workload);
    const { catalogue, changes } = source.generate(replicationStreams(experiment, 0));
    assert.is(source.size().files, catalogue.files);
    return changes.count;
  };
  assert.is(await changesIn(release), 0);
  // At 1, 7, 13 and 19 h of a day, two files each.
  assert.is(await changesIn(`${release}\n  changes: { every: 6 h }`), 8);
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
