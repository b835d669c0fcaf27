/** Runs replication 0 of a cell once more, with an ear on its events. */

import type { Cell } from "../../experiment/config/cells.ts";
import type { Experiment } from "../../experiment/config/experiment.ts";
import type { OwnPolicies } from "../../experiment/own-policy/load.ts";
import { runOnce } from "../../runner/replication.ts";
import type { Workload } from "../../workload/workload.ts";
import { Hasher } from "./checkpoints.ts";
import { type Difference, finderBetween, finderIn } from "./difference.ts";
import { isWhole, type KeptEvents } from "./events-file.ts";
import { type Moment, Moments } from "./moment.ts";
import { Recorder } from "./recording.ts";
import { workloadDigest } from "./workload-digest.ts";

/** The replication whose events are kept. */
export const RETRACED = 0;

/** What is wanted of a run: its events, their hashes, those from `at` on, or where it parts from others. */
export type Wanted =
  | { readonly keep: "whole" | { readonly every: number } }
  | { readonly window: { readonly at: number; readonly length: number } }
  | { readonly against: KeptEvents };

export type Retraced = KeptEvents | Parting | readonly Moment[];

/** Where a run leaves the one that was kept, and what else tells why. */
export interface Parting {
  readonly difference: Difference;
  /** Whether customers ask for the same. */
  readonly isSameWorkload: boolean;
  /** Kinds of events that only one of them knows. */
  readonly kinds: { readonly gone: readonly string[]; readonly added: readonly string[] };
}

export function retrace(
  experiment: Experiment,
  cell: Cell,
  workload: Workload,
  own: OwnPolicies,
  wanted: Wanted,
): Retraced {
  const run = (add: (moment: Moment) => void) => {
    const moments = new Moments(add);
    const { fingerprint } = runOnce(experiment, cell, RETRACED, workload, own, { tap: moments });
    moments.end();
    return { fingerprint, kinds: moments.kinds };
  };
  if ("against" in wanted) return parting(wanted.against, workload, run);
  if ("window" in wanted) return windowOf(wanted.window, run);
  const { keep } = wanted;
  const about = { cell: cell.label, workload: workloadDigest(workload) };
  if (keep === "whole") {
    const recorder = new Recorder();
    const ran = run((moment) => recorder.add(moment));
    return { ...about, ...ran, kept: recorder.recording() };
  }
  const hashes: number[] = [];
  const hasher = new Hasher(keep.every, (hash) => hashes.push(hash));
  const ran = run((moment) => hasher.add(moment));
  hasher.end();
  return { ...about, ...ran, kept: { every: keep.every, hashes: Uint32Array.from(hashes) } };
}

type Run = (add: (moment: Moment) => void) => { readonly kinds: readonly string[] };

function parting(then: KeptEvents, workload: Workload, run: Run): Parting {
  const finder = isWhole(then.kept) ? finderIn(then.kept) : finderBetween(then.kept);
  const { kinds } = run((moment) => finder.add(moment));
  return {
    difference: finder.end(),
    isSameWorkload: workloadDigest(workload) === then.workload,
    kinds: {
      gone: then.kinds.filter((kind) => !kinds.includes(kind)),
      added: kinds.filter((kind) => !then.kinds.includes(kind)),
    },
  };
}

function windowOf({ at, length }: { readonly at: number; readonly length: number }, run: Run) {
  const found: Moment[] = [];
  let number = -1;
  run((moment) => {
    if (number >= at && number < at + length) found.push(moment);
    number++;
  });
  return found;
}
