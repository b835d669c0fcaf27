/** The file that an experiment's results are compared with: committed, and readable as a difference. */
import { existsSync, readFileSync } from "node:fs";
import { InputError } from "../engine/input-error.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import type { Manifest } from "../experiment/manifest.ts";
import { differenceOf } from "../metrics/equality.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import type { Asked } from "./asked.ts";

export interface Baseline {
  readonly format: typeof FORMAT;
  readonly experiment: string;
  readonly version: string;
  /** Commit whose program made it, with `+` when the files differed from it. */
  readonly commit: string | null;
  readonly seed: number;
  readonly replications: number;
  /** What the experiment's file says of what is run. */
  readonly asked: Asked;
  /** SHA-256 of each input file. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Names of the metrics, in the order of `values`. */
  readonly metrics: readonly string[];
  readonly runs: readonly BaselineRun[];
}

export interface BaselineRun {
  /** The cell's label. */
  readonly cell: string;
  readonly replication: number;
  readonly fingerprint: string;
  readonly events: number;
  readonly values: readonly (number | null)[];
}

const FORMAT = 1;

/** Digits that values are kept and compared to: far below every margin, and readable. */
const DIGITS = 9;

export function baselineOf(run: {
  readonly experiment: Experiment;
  readonly asked: Asked;
  readonly origin: Pick<Manifest, "version" | "commit" | "inputs">;
  readonly all: readonly CellRuns[];
}): Baseline {
  const { experiment, asked, origin, all } = run;
  return {
    format: FORMAT,
    experiment: experiment.name,
    version: origin.version,
    commit: origin.commit,
    seed: experiment.seed,
    replications: experiment.replications,
    asked,
    inputs: origin.inputs,
    metrics: METRICS.map(({ name }) => name),
    runs: all.flatMap(({ cell, runs }) =>
      runs.map(({ fingerprint, events, metrics }, replication) => ({
        ...{ cell: cell.label, replication, fingerprint, events },
        values: METRICS.map(({ name }) => rounded(metrics[name])),
      })),
    ),
  };
}

/** A value as baselines keep it. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS));
}

/** `now - then` of values that baselines keep; 0 where they are equal, or by their rounding may be. */
export function differenceKept(now: number, then: number, unit = ""): number {
  const size = Math.max(Math.abs(now), Math.abs(then));
  const lastDigit = size === 0 ? 0 : 10 ** (Math.floor(Math.log10(size)) - DIGITS + 1);
  return Math.abs(now - then) < 1.5 * lastDigit ? 0 : differenceOf(now, then, unit);
}

/** The values of a metric in one cell, by replication; null when the baseline has no such metric. */
export function valuesIn(
  { metrics }: Baseline,
  runs: readonly BaselineRun[],
  metric: MetricName,
): readonly (number | null)[] | null {
  const at = metrics.indexOf(metric);
  return at < 0 ? null : runs.map(({ values }) => values[at]);
}

/** JSON with a line for each field, and in `asked` and `runs` for each of theirs. */
export function baselineText(baseline: Baseline): string {
  const { asked, runs, ...rest } = baseline;
  const fields = Object.entries(rest).map(([name, value]) => member(name, value));
  const parts = Object.entries(asked).map(([name, value]) => member(name, value));
  const lines = runs.map((run) => JSON.stringify(run));
  return `{\n${fields.join(",\n")},\n"asked": {\n${parts.join(",\n")}\n},\n"runs": [\n${lines.join(",\n")}\n]\n}\n`;
}

function member(name: string, value: unknown): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
}

/**
 * The baseline in `path`; null where there is none.
 *
 * @throws InputError when it is not one.
 */
export function readBaseline(path: string): Baseline | null {
  if (!existsSync(path)) return null;
  const wrong = (found: string) =>
    new InputError([
      `${path}: expected a baseline of format ${FORMAT}; got ${found}; sim check --update writes it anew`,
    ]);
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw wrong(String(error).split("\n")[0]);
  }
  if (!isBaseline(found)) throw wrong("another JSON");
  return found;
}

function isBaseline(found: unknown): found is Baseline {
  if (typeof found !== "object" || found === null) return false;
  const { format, metrics, runs, asked } = found as Partial<Baseline>;
  const isWhole = format === FORMAT && Array.isArray(metrics) && Array.isArray(runs);
  return (
    isWhole &&
    typeof asked === "object" &&
    runs.every(
      ({ cell, values }: Partial<BaselineRun>) =>
        typeof cell === "string" && values?.length === metrics.length,
    )
  );
}
