import { streams } from "../engine/random.ts";
import { Recorder, type RunRecord } from "../metrics/recorder.ts";
import { type Ending, simulate } from "../model/simulation.ts";
import type { SystemSpec } from "../model/system.ts";
import { bind, type Policy, policies, policyNamed } from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import type { Cell } from "./config/cells.ts";
import type { Experiment, PolicyChoice, PolicyFamily } from "./config/experiment.ts";
import { failedAt, guarded, OwnPolicyError } from "./own-policy/guard.ts";
import type { OwnPolicies } from "./own-policy/load.ts";

/** One run of one cell. Plain data: it travels between threads. */
export interface RunResult extends RunRecord, Ending {}

/**
 * The named streams of one replication. They do not depend on the cell, so that all cells meet the
 * same customers, the same churn and the same corruption: common random numbers.
 */
export function replicationStreams({ seed }: Experiment, replication: number) {
  return streams(`${seed}/replication ${replication}`);
}

/**
 * Runs one cell once against the workload of its replication.
 *
 * @throws InputError when a policy of the user's own fails, with the time of the simulation.
 */
export function runOnce(
  experiment: Experiment,
  cell: Cell,
  replication: number,
  workload: Workload,
  own: OwnPolicies = new Map(),
): RunResult {
  const { measure } = experiment;
  const system = systemOf(experiment, cell);
  let recorder: Recorder | undefined;
  let now = () => 0;
  try {
    const ending = simulate(
      {
        system,
        workload,
        policies: {
          dispatch: chosen("dispatch", policies.dispatch, cell.dispatch, own),
          replication: chosen("replication", policies.replication, cell.replication, own),
          chunkSize: chosen("chunkSize", policies.chunkSize, cell.chunkSize, own),
        },
        streams: replicationStreams(experiment, replication),
        sampleEvery: measure.bin,
      },
      (world) => {
        now = () => world.engine.now;
        recorder = new Recorder(world, system, workload, measure);
        return recorder;
      },
    );
    if (recorder === undefined) throw new Error("the simulation was not watched");
    return { ...ending, ...recorder.finish() };
  } catch (error) {
    throw error instanceof OwnPolicyError ? failedAt(now(), error) : error;
  }
}

/** The system with the cell's method of synchronisation. */
function systemOf({ system }: Experiment, { synchronisation: method }: Cell): SystemSpec {
  return { ...system, synchronisation: { ...system.synchronisation, method } };
}

/** A policy with its params, fresh: its memory must not outlive the run. */
function chosen<View, Decision, Event>(
  family: PolicyFamily,
  members: readonly Policy<View, Decision, Event>[],
  { name, params, own: files = {} }: PolicyChoice,
  own: OwnPolicies,
) {
  const theirs = Object.entries(files).map(([part, path]) => {
    const policy = own.get(path);
    if (policy === undefined) throw new Error(`${path} is not loaded`);
    return guarded(part, family, policy) as unknown as Policy<View, Decision, Event>;
  });
  return bind(policyNamed(members, name, theirs), params);
}
