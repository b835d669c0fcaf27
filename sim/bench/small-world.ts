import { standardNormal } from "../engine/distributions.ts";
import { exponential, type Stream } from "../engine/random.ts";
import { cells } from "../experiment/config/cells.ts";
import { parseExperiment } from "../experiment/config/parse-experiment.ts";
import { Recorder } from "../metrics/recorder.ts";
import { simulate } from "../model/simulation.ts";
import { type Ask, tinyWorkload } from "../model/testing.ts";
import { type RunResult, runOf } from "../runner/replication.ts";
import type { Workload } from "../workload/workload.ts";

/** A day in which all goes wrong now and then, so that every metric has something to measure. */
const TEXT = `
title: Policies that are one and the same
question: How often is chance called a difference?
seed: 1
replications: 5
measure: { bin: 1 h, horizon: 2 h, beliefs: true }
system:
  server: { uplink: 2 Mbit/s, price: 1 }
  volunteers:
    - { name: steady, count: 2, uplink: 1 Mbit/s, downlink: 4 Mbit/s }
    - name: volatile
      count: 2
      uplink: 1 Mbit/s
      downlink: 4 Mbit/s
      sessions: { up: 6 h, down: 2 h }
    - name: careless
      count: 1
      uplink: 2 Mbit/s
      downlink: 4 Mbit/s
      conduct: { corrupts: 0.1, truncates: 0.05 }
  synchronisation: { every: 6 h, first: 0 h, spread: 6 h, method: swarm }
  customers: { classes: [{ share: 1, downlink: 10 Mbit/s }], patience: 4 min, attempts: 2 }
workload:
  release: { catalogue: traces/debian-12.tsv.gz, curve: traces/release-curve.csv, at: 6 h, customers: 12 }
  window: 1 d
policies:
  dispatch: random
  replication: everything
  chunkSize: fixed
  trust: sampled-audit
`;

const WINDOW = 86_400;

const [FILES, RELEASED, CUSTOMERS, VISITS] = [30, 6, 10, 30];

/** Bytes of the median file, and how far the logarithms of sizes spread: a few files are large. */
const [MEDIAN, SPREAD] = [3e6, 1.4];

const experiment = parseExperiment(TEXT, "small-world.yaml", {
  locate: (path) => ({ found: path }), // Its own workload takes the place of what is read there.
});

/** What one run came to. */
export type Measures = RunResult["metrics"];

/** One run under random dispatch, which meets what `streams` draw. */
export function smallRun(streams: (name: string) => Stream): Measures {
  const workload = visitsOfADay(streams("visits"));
  const run = { ...runOf(experiment, cells(experiment)[0], 0, workload, new Map()), streams };
  let recorder: Recorder | undefined;
  simulate(run, (world) => {
    recorder = new Recorder(world, run.system, workload, experiment.measure);
    return recorder;
  });
  if (recorder === undefined) throw new Error("the simulation was not watched");
  return recorder.finish().metrics;
}

/** Visits at any time, for one file or several at one go; some files appear in the course of the day. */
function visitsOfADay(random: Stream): Workload {
  const upTo = (count: number) => Math.floor(random() * count);
  const sizes = Array.from({ length: FILES }, () =>
    Math.ceil(MEDIAN * Math.exp(SPREAD * standardNormal(random))),
  );
  const old = FILES - RELEASED;
  const released = Array.from({ length: RELEASED }, (_, at): [number, number] => {
    return [old + at, random() * 0.5 * WINDOW];
  });
  const known = new Map(released);
  const asks = Array.from({ length: VISITS }, (): Ask[] => {
    const [time, customer] = [random() * 0.95 * WINDOW, upTo(CUSTOMERS)];
    const wanted = 1 + Math.min(6, Math.floor(exponential(random, 1.5)));
    return Array.from({ length: wanted }, (): Ask => {
      const file = upTo(FILES);
      return [time, customer, time < (known.get(file) ?? 0) ? upTo(old) : file];
    });
  });
  const inOrder = asks.flat().sort(([a], [b]) => a - b);
  return tinyWorkload(sizes, inOrder, { released: Object.fromEntries(released), window: WINDOW });
}
