import { fileURLToPath } from "node:url";
import { type Cell, cells } from "../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import { readExperiment } from "../experiment/config/read-experiment.ts";
import { registryFor } from "../experiment/own-policy/registry.ts";
import {
  type Listeners,
  type RunResult,
  replicationStreams,
  runOnce,
} from "../runner/replication.ts";
import { workloadSource } from "../runner/workload-source.ts";
import type { Workload } from "../workload/workload.ts";

const FILE = fileURLToPath(new URL("../../experiments/scale.yaml", import.meta.url));

/** `experiments/scale.yaml` at one of its sizes, ready to run. */
export interface ScaleSetting {
  readonly customers: number;
  readonly volunteers: number;
  /** The workload of the experiment itself. */
  workload(): Promise<Workload>;
  /** Runs it against a workload. */
  run(workload: Workload, listeners?: Listeners): Pick<RunResult, "events" | "fingerprint">;
  readonly experiment: Experiment;
  readonly cell: Cell;
}

export async function scaleSetting(size: string): Promise<ScaleSetting> {
  const experiment = await readScale();
  const cell = cells(experiment).find(({ levels }) => levels["size"] === size);
  if (cell === undefined) throw new Error(`experiments/scale.yaml has no size ${size}`);
  const variant = variantsOf(experiment)[cell.variant];
  if (!("release" in variant.workload)) throw new Error("experiments/scale.yaml has no release");
  return {
    customers: variant.workload.release.customers,
    volunteers: variant.system.volunteers.reduce((sum, { count }) => sum + count, 0),
    async workload() {
      const source = await workloadSource(variant);
      return source.generate(replicationStreams(experiment, 0));
    },
    run: (workload, listeners) => runOnce(experiment, cell, 0, workload, undefined, listeners),
    ...{ experiment, cell },
  };
}

async function readScale(): Promise<Experiment> {
  return readExperiment(FILE, { overrides: {}, registry: await registryFor(FILE) });
}
