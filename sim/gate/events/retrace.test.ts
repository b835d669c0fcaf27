import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "../../experiment/config/cells.ts";
import { parseExperiment } from "../../experiment/config/parse-experiment.ts";
import { replicationStreams, runOnce } from "../../runner/replication.ts";
import { workloadSource } from "../../runner/workload-source.ts";
import type { KeptEvents } from "./events-file.ts";
import { type Moment, START } from "./moment.ts";
import { momentsOf, type Recording } from "./recording.ts";
import { type Parting, retrace } from "./retrace.ts";
import { workloadDigest } from "./workload-digest.ts";

const experiment = parseExperiment(
  `title: t
question: q
seed: 3
system:
  server: { uplink: 20 Mbit/s }
  volunteers:
    - { name: a, count: 6, uplink: 2 Mbit/s, downlink: 8 Mbit/s, sessions: { up: 2 h, down: 1 h } }
  synchronisation: { every: 1 h, first: 0 h, spread: 1 h, method: swarm }
  customers: { classes: [{ share: 1, downlink: 10 Mbit/s }] }
workload:
  release: { catalogue: traces/debian-12.tsv.gz, curve: traces/release-curve.csv, at: 1 h, customers: 20 }
  window: 5 h
policies: { dispatch: [random, round-robin], replication: everything, chunkSize: fixed }
`,
  "experiments/small.yaml",
);
const grid = cells(experiment);
const workload = (await workloadSource(experiment)).generate(replicationStreams(experiment, 0));
const own = new Map();

function recorded(cell: number): KeptEvents {
  return retrace(experiment, grid[cell], workload, own, { keep: "whole" }) as KeptEvents;
}

test("a tap hears every event and changes nothing", () => {
  const { fingerprint, events } = runOnce(experiment, grid[0], 0, workload);
  const { kept, kinds, ...heard } = recorded(0);
  assert.is(heard.fingerprint, fingerprint);
  assert.is((kept as Recording).times.length, events + 1, "and what comes before the first");
  const [first, ...others] = momentsOf(kept as Recording);
  assert.is(first.kind, START);
  assert.ok(others.every(({ kind }) => kinds.includes(kind)));
  const finish = others.find(({ kind }) => kind === "network.finish");
  assert.ok(finish?.notes.some(({ what }) => ["transfer", "volunteer"].includes(what)));
});

test("a run parts from itself nowhere, and from another policy's at a decision", () => {
  const against = recorded(0);
  const parting = (cell: number, kept: KeptEvents) =>
    retrace(experiment, grid[cell], workload, own, { against: kept }) as Parting;
  assert.is(parting(0, against).difference.kind, "none");
  const { difference, isSameWorkload } = parting(1, against);
  assert.ok(isSameWorkload && difference.kind === "event");
  if (difference.kind !== "event") return;
  assert.is(difference.expected?.time, difference.found?.time);

  const hashes = retrace(experiment, grid[0], workload, own, { keep: { every: 16 } }) as KeptEvents;
  const coarse = parting(1, hashes).difference;
  assert.ok(coarse.kind === "window" && coarse.at <= difference.at);
  if (coarse.kind !== "window") return;
  assert.ok(difference.at < coarse.at + 16);
  const wanted = { window: { at: coarse.at, length: 16 } };
  const old = retrace(experiment, grid[0], workload, own, wanted) as readonly Moment[];
  assert.equal(old[difference.at - coarse.at], difference.expected, "the window holds the event");
});

test("a file that changes in place makes another workload", () => {
  const digest = workloadDigest(workload);
  const changedAt = (time: number) =>
    workloadDigest({
      ...workload,
      changes: { count: 1, time: Float64Array.of(time), file: Uint32Array.of(7) },
    });
  assert.is.not(changedAt(60), digest);
  assert.is.not(changedAt(60), changedAt(61));
});

test.run();
