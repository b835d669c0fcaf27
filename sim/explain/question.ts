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
  /** What the slowest are: `visits`, or `requests`. */
  readonly of: string | undefined;
  readonly metric: string | undefined;
  readonly policy: string | undefined;
  readonly replication: string | undefined;
  readonly alternatives: string | undefined;
  readonly jobs: string | undefined;
}

/** A number that times are compared with: a quantile of those of visits or of requests, or their mean. */
export interface TimeMetric {
  readonly name: string;
  readonly of: "visit" | "request";
  readonly share: number | "mean";
}

export interface Question {
  readonly about:
    | { readonly kind: "request"; readonly request: number }
    | { readonly kind: "slowest"; readonly of: TimeMetric["of"]; readonly count: number }
    | { readonly kind: "metric"; readonly metric: TimeMetric };
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

function aboutOf({ request, slowest, of, metric }: TypedQuestion): Question["about"] {
  const given = Object.entries({ request, slowest, metric }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length !== 1) {
    const found = given.map(([name]) => `--${name}`).join(" and ") || "none";
    throw new InputError([`expected one of --request, --slowest and --metric; got ${found}`]);
  }
  if (of !== undefined && slowest === undefined) {
    throw new InputError(["--of: expected --slowest beside it; got none"]);
  }
  if (request !== undefined) {
    return { kind: "request", request: whole("request", request, 0, MANY, "") };
  }
  if (slowest !== undefined) {
    const kind = kindOf(of ?? "visits");
    const count = whole("slowest", slowest || "10", 1, MANY, `${kind}s`);
    return { kind: "slowest", of: kind, count };
  }
  return { kind: "metric", metric: timeMetric(metric ?? "") };
}

function kindOf(text: string): TimeMetric["of"] {
  if (text === "visits") return "visit";
  if (text === "requests") return "request";
  throw new InputError([`--of: unknown kind: ${text}; known: visits, requests`]);
}

const KNOWN_METRICS = ["visit", "delay"].flatMap((family) =>
  ["mean", "p50", "p95", "p99", "pN"].map((part) => `${family}.${part}`),
);

/** `p95` alone is that of visits, which are what a user waits for. */
function timeMetric(text: string): TimeMetric {
  const found = /^(?:(visit|delay)\.)?(?:(mean)|p(\d+(?:\.\d+)?))$/.exec(text);
  const [, family = "visit", isMean, digits] = found ?? [];
  const of = family === "visit" ? "visit" : "request";
  const percent = Number(digits);
  if (isMean !== undefined) return { name: `${family}.mean`, of, share: "mean" };
  if (0 < percent && percent < 100) {
    return { name: `${family}.p${percent}`, of, share: Number(`${digits}e-2`) };
  }
  if (found !== null) {
    throw new InputError([`--metric: invalid quantile: p${digits}; not in (0, 100)`]);
  }
  const known = KNOWN_METRICS.join(", ");
  const isOther = METRICS.some(({ name }) => name === text);
  throw new InputError([
    isOther
      ? `--metric: expected a time of visits or a delay; got ${text}; known: ${known}`
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
