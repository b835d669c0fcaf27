import { streams } from "../engine/random.ts";
import { Recorder, type RunRecord } from "../metrics/recorder.ts";
import { type Ending, type RunPolicies, simulate } from "../model/simulation.ts";
import type { SystemSpec } from "../model/system.ts";
import { bind, type Policy, policies, policyNamed } from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import type { Cell } from "./config/cells.ts";
import {
  type Experiment,
  HOST,
  type PolicyChoice,
  type Variant,
  variantsOf,
} from "./config/experiment.ts";

/** One run of one cell. Plain data: it travels between threads. */
export interface RunResult extends RunRecord, Ending {}

/**
 * The named streams of one replication. They do not depend on the cell, so that all cells meet the
 * same customers, the same churn and the same corruption: common random numbers.
 */
export function replicationStreams({ seed }: Experiment, replication: number) {
  return streams(`${seed}/replication ${replication}`);
}

/** Runs one cell once against the workload of its replication. */
export function runOnce(
  experiment: Experiment,
  cell: Cell,
  replication: number,
  workload: Workload,
): RunResult {
  const { measure } = experiment;
  const system = systemOf(variantsOf(experiment)[cell.variant], cell);
  let recorder: Recorder | undefined;
  const ending = simulate(
    {
      system,
      workload,
      policies: policiesOf(cell),
      streams: replicationStreams(experiment, replication),
      sampleEvery: measure.bin,
    },
    (world) => {
      recorder = new Recorder(world, system, workload, measure);
      return recorder;
    },
  );
  if (recorder === undefined) throw new Error("the simulation was not watched");
  return { ...ending, ...recorder.finish() };
}

/** The variant's system with the cell's method of synchronisation. */
function systemOf({ system }: Variant, { synchronisation: method }: Cell): SystemSpec {
  return { ...system, synchronisation: { ...system.synchronisation, method } };
}

function policiesOf(cell: Cell): RunPolicies {
  const isHost = (choice: PolicyChoice) => choice.name === HOST;
  return {
    dispatch: chosen(policies.dispatch, cell.dispatch),
    replication: chosen(policies.replication, cell.replication),
    eviction: chosen(policies.eviction, cell.eviction),
    chunkSize: chosen(policies.chunkSize, cell.chunkSize),
    // One for each volunteer, since they remember; trusting everybody needs none.
    sync: isHost(cell.sync) ? null : () => chosen(policies.sync, cell.sync),
    trust: cell.trust.name === "none" ? null : () => chosen(policies.trust, cell.trust),
    swarm: {
      ...(!isHost(cell.handout) && { handout: chosen(policies.handout, cell.handout) }),
      ...(!isHost(cell.pieces) && { pieces: chosen(policies.pieces, cell.pieces) }),
      ...(!isHost(cell.choking) && { choking: chosen(policies.choking, cell.choking) }),
    },
  };
}

/** A policy with its params, fresh: its memory must not outlive the run. */
function chosen<View, Decision, Event>(
  family: readonly Policy<View, Decision, Event>[],
  { name, params }: PolicyChoice,
) {
  return bind(policyNamed(family, name), params);
}
