import { fileURLToPath } from "node:url";
import { cells } from "../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import { parseExperiment } from "../experiment/config/parse-experiment.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { excludesZero } from "../outcome/statistics/interval.ts";
import { summarise } from "../outcome/summary.ts";
import { type RunResult, replicationStreams, runOnce } from "../runner/replication.ts";
import { workloadSource } from "../runner/workload-source.ts";

/** How often a metric was said to differ between policies that are one and the same. */
export interface FalseAlarms {
  /** The share of the single comparisons with a p-value below 5 %. */
  readonly alone: number;
  /** The share of the experiments in which any comparison has one after Holm's correction. */
  readonly corrected: number;
}

const LEVEL = 0.05;

/** A day with a release. Its policies lend their names only: all that differs is the seed. */
const TEXT = `
title: Policies that are one and the same
question: How often is chance called a difference?
seed: 1
replications: 5
system:
  server: { uplink: 4 Mbit/s }
  volunteers:
    - { name: steady, count: 3, uplink: 1 Mbit/s, downlink: 4 Mbit/s, shared: 4 Mbit/s }
    - name: volatile
      count: 2
      uplink: 1 Mbit/s
      downlink: 4 Mbit/s
      sessions: { up: 6 h, down: 2 h }
  synchronisation: { every: 6 h, first: 0 h, spread: 6 h }
  customers: { classes: [{ share: 1, downlink: 10 Mbit/s }] }
workload:
  release: { catalogue: traces/debian-12.tsv.gz, curve: traces/release-curve.csv, at: 6 h, customers: 12 }
  window: 1 d
policies:
  dispatch: [random, round-robin, weighted, least-loaded, power-of-d]
  replication: everything
  chunkSize: fixed
compare: { dispatch: random }
`;

/**
 * Compares four policies with a fifth in each of many experiments, when all five are random dispatch
 * under seeds of their own. By common random numbers they would not differ at all.
 */
export async function falseAlarms(
  experiments: number,
): Promise<ReadonlyMap<MetricName, FalseAlarms>> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const experiment = parseExperiment(TEXT, `${root}alike.yaml`);
  const grid = cells(experiment);
  const generate = (await workloadSource(variantsOf(experiment)[0])).generate;
  const runWith = (seed: number, replication: number): RunResult => {
    const seeded: Experiment = { ...experiment, seed };
    const workload = generate(replicationStreams(seeded, replication));
    return runOnce(seeded, grid[0], replication, workload);
  };
  const tests = new Map(METRICS.map(({ name }) => [name, { alone: 0, corrected: 0 }]));
  for (let at = 0; at < experiments; at++) {
    const all = grid.map((cell, number) => ({
      cell,
      runs: Array.from({ length: experiment.replications }, (_, replication) =>
        runWith(at * grid.length + number, replication),
      ),
    }));
    const { cells: told } = summarise(experiment, all);
    for (const [name, count] of tests) {
      const adjusted = told.flatMap(({ differences }) => differences?.[name]?.pHolm ?? []);
      if (adjusted.some((p) => p < LEVEL)) count.corrected++;
      const plain = told.flatMap(({ differences }) => differences?.[name] ?? []);
      count.alone += plain.filter(excludesZero).length;
    }
  }
  const comparisons = experiments * (grid.length - 1);
  return new Map(
    [...tests].map(([name, { alone, corrected }]) => [
      name,
      { alone: alone / comparisons, corrected: corrected / experiments },
    ]),
  );
}
