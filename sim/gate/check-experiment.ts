/** Compares an experiment's runs with its baseline. */

import type { CheckSpec, Experiment } from "../experiment/config/experiment.ts";
import { nearest } from "../experiment/config/nearest.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { type CellRuns, experimentFingerprint } from "../runner/cell-runs.ts";
import type { RunResult } from "../runner/replication.ts";
import { type Asked, differences } from "./asked.ts";
import { type Baseline, type BaselineRun, rounded, valuesIn } from "./baseline.ts";
import type { Parting } from "./events/retrace.ts";
import { JUDGED, judge, type Series } from "./judge.ts";
import { type MetricCheck, type Verdict, worst } from "./verdict.ts";

/** How an experiment compares with its baseline. Plain data: the source of every format. */
export interface ExperimentCheck {
  readonly experiment: string;
  /** The experiment's file, and the baseline's. */
  readonly file: string;
  readonly baseline: string;
  /** Commit and version that the baseline comes from. */
  readonly commit: string | null;
  readonly version: string;
  readonly fingerprint: string;
  readonly verdict: Verdict;
  /** Replications that were compared, in each cell. */
  readonly replications: number;
  /** What makes this another experiment than the baseline's: fails the check. */
  readonly changes: readonly string[];
  /** What a reader should know; fails nothing. */
  readonly notes: readonly string[];
  readonly cells: readonly CellCheck[];
}

export interface CellCheck {
  readonly cell: string;
  readonly verdict: Verdict;
  /** Replications whose events are not those of the baseline. */
  readonly differing: readonly number[];
  readonly metrics: readonly MetricCheck[];
  /** Where replication 0 parts from the baseline's; null if it does not, or if that is not known. */
  readonly parting: Parting | null;
}

export interface Checked {
  readonly experiment: Experiment;
  readonly asked: Asked;
  readonly inputs: Readonly<Record<string, string>>;
  readonly all: readonly CellRuns[];
  readonly baseline: Baseline;
  /** Whether the seed or the replications are those of the command line. */
  readonly isOverridden: { readonly seed: boolean; readonly replications: boolean };
}

/** All but the partings and the files' names. */
export function checkExperiment(checked: Checked): Omit<ExperimentCheck, "file" | "baseline"> {
  const { experiment, all, baseline } = checked;
  const pairs = all.flatMap((now) => {
    const old = runsOf(baseline, now.cell.label);
    return old.length === 0 ? [] : [{ now, old }];
  });
  const replications = Math.min(experiment.replications, baseline.replications);
  const cells = judged(pairs, baseline, replications, experiment.check);
  const fromText = textChanges(checked);
  const fromResults = resultChanges(checked);
  const isSame =
    fromResults.length === 0 &&
    cells.every(({ verdict, differing }) => {
      return verdict === "identical" && differing.length === 0;
    });
  // Other words that come to the same runs are no other experiment.
  const changes = isSame ? [] : [...fromText, ...fromResults];
  return {
    experiment: experiment.name,
    commit: baseline.commit,
    version: baseline.version,
    fingerprint: experimentFingerprint(all),
    verdict: worst([
      ...(changes.length > 0 ? (["changed"] as const) : []),
      ...cells.map(({ verdict }) => verdict),
    ]),
    replications,
    changes,
    notes: [
      ...notesOn(checked, replications),
      ...(isSame ? fromText.map((change) => `${change}; the results are the same`) : []),
    ],
    cells,
  };
}

interface Pair {
  readonly now: CellRuns;
  readonly old: readonly BaselineRun[];
}

function judged(
  pairs: readonly Pair[],
  baseline: Baseline,
  replications: number,
  check: CheckSpec | undefined,
): CellCheck[] {
  const known = JUDGED.filter((metric) => baseline.metrics.includes(metric));
  const differing = pairs.map(({ now, old }) =>
    old
      .slice(0, replications)
      .flatMap(({ fingerprint }, i) => (fingerprint === now.runs[i].fingerprint ? [] : [i])),
  );
  const series = pairs.flatMap(({ now, old }, at) =>
    known.map((metric): Series => {
      const before = valuesIn(baseline, old, metric)?.slice(0, replications) ?? [];
      const after = now.runs.slice(0, replications).map((run) => valueIn(run, metric));
      return { metric, before, now: after, hasSameEvents: differing[at].length === 0 };
    }),
  );
  const verdicts = judge(series, check);
  return pairs.map(({ now }, at): CellCheck => {
    const metrics = verdicts.slice(at * known.length, (at + 1) * known.length);
    const deciding = metrics.filter(({ decides }) => decides).map(({ verdict }) => verdict);
    const least = differing[at].length > 0 ? (["equivalent"] as const) : [];
    return {
      cell: now.cell.label,
      verdict: worst([...least, ...deciding]),
      differing: differing[at],
      metrics,
      parting: null,
    };
  });
}

function valueIn({ metrics }: RunResult, name: MetricName): number | null {
  return rounded(metrics[name]);
}

function runsOf({ runs }: Baseline, cell: string): BaselineRun[] {
  return runs.filter((run) => run.cell === cell).sort((a, b) => a.replication - b.replication);
}

/** What the files say otherwise. */
function textChanges({ asked, inputs, baseline }: Checked): string[] {
  return [
    ...differences(baseline.asked, asked),
    ...differences(baseline.inputs, inputs).map((change) => `input ${change}`),
  ];
}

/** What makes other runs, or other numbers of them. */
function resultChanges({ experiment, all, baseline, isOverridden }: Checked): string[] {
  const now = all.map(({ cell }) => cell.label);
  const then = [...new Set(baseline.runs.map(({ cell }) => cell))];
  const names: readonly string[] = METRICS.map(({ name }) => name);
  const number = (what: "seed" | "replications") =>
    baseline[what] === experiment[what] || isOverridden[what]
      ? []
      : [`${what}: ${baseline[what]} → ${experiment[what]}`];
  return [
    ...number("seed"),
    ...number("replications"),
    ...then.filter((cell) => !now.includes(cell)).map((cell) => `cell gone: ${cell}`),
    ...now.filter((cell) => !then.includes(cell)).map((cell) => `new cell: ${cell}`),
    ...baseline.metrics
      .filter((name) => !names.includes(name))
      .map((name) => {
        const meant = nearest(
          name,
          names.filter((other) => !baseline.metrics.includes(other)),
        );
        return `metric gone: ${name}${meant === undefined ? "" : `; is it ${meant} now?`}`;
      }),
  ];
}

function notesOn({ experiment, baseline }: Checked, replications: number): string[] {
  const added = METRICS.filter(({ name }) => !baseline.metrics.includes(name));
  return [
    ...added.map(({ name }) => `new metric: ${name}; the baseline does not have it yet`),
    ...(baseline.seed === experiment.seed
      ? []
      : [`seed ${baseline.seed} then, ${experiment.seed} now: pairs have no chance in common`]),
    ...(baseline.replications === experiment.replications
      ? []
      : [`the first ${replications} replications are compared`]),
  ];
}
