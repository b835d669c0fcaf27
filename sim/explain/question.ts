import { availableParallelism } from "node:os";
import { InputError } from "../engine/input-error.ts";
import type { Cell } from "../experiment/config/cells.ts";
import { nearest } from "../experiment/config/nearest.ts";
import { METRICS } from "../metrics/metric.ts";
import type { StoredRun } from "../outcome/results/run-folder.ts";

/** What a reader wants to know, as typed. */
export interface TypedQuestion {
  readonly request: string | undefined;
  readonly slowest: string | undefined;
  readonly metric: string | undefined;
  readonly policy: string | undefined;
  readonly replication: string | undefined;
  readonly alternatives: string | undefined;
  readonly jobs: string | undefined;
}

/** A number that requests are compared with: a quantile of the delay, or its mean. */
export type DelayMetric = { readonly name: string; readonly share: number | "mean" };

export interface Question {
  readonly about:
    | { readonly kind: "request"; readonly request: number }
    | { readonly kind: "slowest"; readonly count: number }
    | { readonly kind: "metric"; readonly metric: DelayMetric };
  /** Number of the cell. */
  readonly cell: number;
  readonly replication: number;
  /** Candidates to try instead at most; as many as can be afforded when undefined. */
  readonly alternatives: number | undefined;
  /** Threads. */
  readonly jobs: number;
}

const MANY = 1e9;

/** @throws InputError with all that is wrong with what was typed. */
export function questionOf(typed: TypedQuestion, { all }: StoredRun): Question {
  const problems: string[] = [];
  const take = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const about = take(() => aboutOf(typed));
  const cell = take(() => cellOf(typed.policy, all));
  const runs = cell === undefined ? MANY : all[cell].runs.length;
  const replication = take(() => whole("replication", typed.replication ?? "0", 0, runs, ""));
  const alternatives = take(() =>
    typed.alternatives === undefined
      ? undefined
      : whole("alternatives", typed.alternatives, 0, MANY, "candidates"),
  );
  const jobs = take(() =>
    typed.jobs === undefined
      ? availableParallelism()
      : whole("jobs", typed.jobs, 1, MANY, "threads"),
  );
  const isRead = about !== undefined && cell !== undefined && jobs !== undefined;
  if (!isRead || replication === undefined || problems.length > 0) throw new InputError(problems);
  return { about, cell, replication, alternatives, jobs };
}

function aboutOf({ request, slowest, metric }: TypedQuestion): Question["about"] {
  const given = Object.entries({ request, slowest, metric }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length !== 1) {
    const found = given.map(([name]) => `--${name}`).join(" and ") || "none";
    throw new InputError([`expected one of --request, --slowest and --metric; got ${found}`]);
  }
  if (request !== undefined) {
    return { kind: "request", request: whole("request", request, 0, MANY, "") };
  }
  if (slowest !== undefined) {
    return { kind: "slowest", count: whole("slowest", slowest || "10", 1, MANY, "requests") };
  }
  return { kind: "metric", metric: delayMetric(metric ?? "") };
}

const KNOWN_METRICS = ["delay.mean", "delay.p50", "delay.p95", "delay.p99", "delay.pN"];

function delayMetric(text: string): DelayMetric {
  const found = /^(?:delay\.)?(?:(mean)|p(\d+(?:\.\d+)?))$/.exec(text);
  const percent = Number(found?.[2]);
  if (found?.[1] !== undefined) return { name: "delay.mean", share: "mean" };
  if (0 < percent && percent < 100)
    return { name: `delay.p${percent}`, share: Number(`${found?.[2]}e-2`) };
  if (found !== null) {
    throw new InputError([`--metric: invalid quantile: p${found[2]}; not in (0, 100)`]);
  }
  const known = KNOWN_METRICS.join(", ");
  const isOther = METRICS.some(({ name }) => name === text);
  throw new InputError([
    isOther
      ? `--metric: expected a delay; got ${text}; known: ${known}`
      : `--metric: unknown metric: ${text}; known: ${known}`,
  ]);
}

/** The cell with this label; where none is asked for, of the tracker's own policy or else the first. */
function cellOf(label: string | undefined, all: StoredRun["all"]): number {
  const labels = all.map(({ cell }: { readonly cell: Cell }) => cell.label);
  if (label === undefined) {
    const own = all.findIndex(({ cell }) => cell.dispatch.name === "tracker-informed");
    return Math.max(own, 0);
  }
  const at = labels.indexOf(label);
  if (at >= 0) return at;
  const meant = nearest(label, labels);
  const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
  const known = `known: ${labels.join(", ")}${hint}`;
  throw new InputError([`--policy: unknown policy: ${label}; ${known}`]);
}

/** A whole number in [low, high). */
export function whole(name: string, text: string, low: number, high: number, unit: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && low <= value && value < high) return value;
  const what = unit === "" ? "" : ` of ${unit}`;
  const rule =
    high === MANY ? `expected a whole number${what} from ${low} on` : `not in [${low}, ${high})`;
  throw new InputError([`--${name}: invalid ${name}: ${text}; ${rule}`]);
}
