import type { VisitBound } from "../bound/visit-bound.ts";
import { type OwnMembers, withAllDispatchParams } from "../coordinator/index.ts";
import { streams } from "../engine/random.ts";
import type { Tap } from "../engine/tap.ts";
import type { Cell } from "../experiment/config/cells.ts";
import {
  type Experiment,
  HOST,
  type PolicyChoice,
  type PolicyFamily,
  type Variant,
  variantsOf,
} from "../experiment/config/experiment.ts";
import { failedAt, guarded, OwnPolicyError } from "../experiment/own-policy/guard.ts";
import type { OwnPolicies } from "../experiment/own-policy/load.ts";
import { Recorder, type RunRecord } from "../metrics/recorder.ts";
import type { Successor } from "../model/changes.ts";
import { type Ending, type Run, type RunPolicies, simulate } from "../model/simulation.ts";
import type { SystemSpec } from "../model/system.ts";
import { type BoundOf, bind, type Families, familyOf, policyNamed } from "../policies/index.ts";
import { Both } from "../rows/both.ts";
import { RowRecorder, type RowSinks } from "../rows/row-recorder.ts";
import type { Workload } from "../workload/workload.ts";
import { type Beat, beats } from "./beat.ts";

/** One run of one cell. Plain data: it travels between threads. */
export interface RunResult extends RunRecord, Ending {
  /** What the time of visits is compared with; absent where nothing is. */
  readonly bound?: VisitBound;
}

/**
 * The named streams of one replication. They do not depend on the cell, so that all cells meet the
 * same customers, the same churn and the same corruption: common random numbers.
 */
export function replicationStreams(experiment: Experiment, replication: number) {
  return streams(replicationSeed(experiment, replication));
}

export function replicationSeed({ seed }: Experiment, replication: number): string {
  return `${seed}/replication ${replication}`;
}

/** Who is told of a run, if anybody is. */
export interface Listeners {
  /** Hears all that happens. */
  readonly tap?: Tap | undefined;
  /** Hears how far it has come. */
  readonly onBeat?: ((beat: Beat) => void) | undefined;
  /** Take its rows. */
  readonly rows?: RowSinks | undefined;
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
  { tap, onBeat, rows }: Listeners = {},
): RunResult {
  const { measure } = experiment;
  const run = runOf(experiment, cell, replication, workload, own, tap);
  let recorder: Recorder | undefined;
  let rowRecorder: RowRecorder | undefined;
  let now = () => 0;
  try {
    const ending = simulate(run, (world) => {
      now = () => world.engine.now;
      if (onBeat !== undefined) beats(world.engine, workload, onBeat);
      recorder = new Recorder(world, run.system, workload, measure);
      if (rows === undefined) return recorder;
      rowRecorder = new RowRecorder(world, workload, rows);
      return new Both(recorder, rowRecorder);
    });
    if (recorder === undefined) throw new Error("the simulation was not watched");
    rowRecorder?.finish();
    return { ...ending, ...recorder.finish() };
  } catch (error) {
    throw error instanceof OwnPolicyError ? failedAt(now(), error) : error;
  }
}

/** One run of one cell, ready to be simulated, once: its policies remember. */
export function runOf(
  experiment: Experiment,
  cell: Cell,
  replication: number,
  workload: Workload,
  own: OwnPolicies,
  tap?: Tap,
): Run {
  const variant = variantsOf(experiment)[cell.variant];
  return {
    system: systemOf(variant, cell),
    workload,
    policies: policiesOf(cell, own),
    successors: successorsOf(variant, cell, own),
    streams: heard(replicationStreams(experiment, replication), tap),
    sampleEvery: experiment.measure.bin,
    measureFrom: experiment.measure.from,
    tap,
  };
}

/** The streams, whose draws the tap hears of, if there is one. */
function heard(from: ReturnType<typeof replicationStreams>, tap: Tap | undefined) {
  if (tap === undefined) return from;
  return (name: string) => {
    const stream = from(name);
    return () => {
      tap.drew(name);
      return stream();
    };
  };
}

/** The variant's system with the cell's method of synchronisation. */
export function systemOf({ system }: Variant, { synchronisation: method }: Cell): SystemSpec {
  return { ...system, synchronisation: { ...system.synchronisation, method } };
}

/** The policies that the cell names, fresh: no memory must outlive the run. */
function policiesOf(cell: Cell, own: OwnPolicies): RunPolicies {
  const fresh = <Key extends PolicyFamily>(key: Key) => boundIn(key, cell[key], own);
  const isHost = (key: PolicyFamily) => cell[key].name === HOST;
  return {
    dispatch: () => fresh("dispatch"),
    replication: fresh("replication"),
    eviction: fresh("eviction"),
    chunkSize: fresh("chunkSize"),
    // One for each volunteer, since they remember; trusting everybody needs none.
    sync: isHost("sync") ? null : () => fresh("sync"),
    trust: cell.trust.name === "none" ? null : () => fresh("trust"),
    swarm: {
      ...(!isHost("handout") && { handout: fresh("handout") }),
      ...(!isHost("pieces") && { pieces: fresh("pieces") }),
      ...(!isHost("choking") && { choking: fresh("choking") }),
    },
  };
}

/** The dispatch policies that take over, by change; null where the one that decides goes on. */
function successorsOf(
  { successors = [] }: Pick<Variant, "successors">,
  { dispatch }: Cell,
  own: OwnPolicies,
): (Successor | null)[] {
  let before = dispatch;
  return successors.map((choice) => {
    if (choice === null || JSON.stringify(choice) === JSON.stringify(before)) return null;
    before = choice;
    const theirs = guardedIn("dispatch", choice, own) as NonNullable<OwnMembers["dispatch"]>;
    const { name, params } = choice;
    const chosen = withAllDispatchParams({ name, params }, { dispatch: theirs });
    return { chosen, bound: () => boundIn("dispatch", choice, own) };
  });
}

function boundIn<Key extends PolicyFamily>(
  key: Key,
  choice: PolicyChoice,
  own: OwnPolicies,
): BoundOf<Families[Key]> {
  const theirs = guardedIn(key, choice, own);
  const policy = policyNamed(familyOf(key).members, choice.name, theirs);
  return bind(policy, choice.params) as BoundOf<Families[Key]>;
}

/** The user's own policies among the parts of a choice. */
function guardedIn(key: PolicyFamily, { own: files = {} }: PolicyChoice, own: OwnPolicies) {
  return Object.entries(files).map(([part, path]) => {
    const policy = own.get(path);
    if (policy === undefined) throw new Error(`${path} is not loaded`);
    return guarded(part, key, policy);
  });
}
