import { InputError } from "../engine/input-error.ts";
import { type Experiment, type Variant, variantsOf } from "../experiment/config/experiment.ts";
import { problemAt } from "../experiment/config/problem-at.ts";
import { quantityText } from "../experiment/config/quantity.ts";
import type { Workload } from "../workload/workload.ts";
import { firstWorkload } from "./first-workload.ts";
import { workloadNumbers } from "./schedule.ts";
import type { WorkloadSource } from "./workload-source.ts";

/**
 * Refuses an experiment in which nothing would be measured, as soon as its workloads are known: a log
 * says only when it is read how long it is, and what is generated has its requests by chance, which
 * the first replication stands for.
 *
 * @throws InputError with the place in `file`.
 */
export function checkMeasured(
  file: string,
  experiment: Experiment,
  sources: readonly WorkloadSource[],
): void {
  const variants = variantsOf(experiment);
  const numbers = [...new Set(workloadNumbers(experiment))];
  const problems = sources.flatMap((source, at) => {
    const variant = variants[numbers[at]];
    const problem = "sync" in variant.workload ? null : problemIn(experiment, variant, source);
    return problem === null ? [] : [problemAt(file, problem.path, problem.said + where(variant))];
  });
  if (problems.length > 0) throw new InputError(problems);
}

interface Problem {
  readonly path: readonly string[];
  readonly said: string;
}

function problemIn(
  experiment: Experiment,
  variant: Variant,
  source: WorkloadSource,
): Problem | null {
  const { from } = experiment.measure;
  const workload = firstWorkload(experiment, variant, source);
  if (workload === null) return null; // So many requests are not outside the measured time, all of them.
  const { requests, time } = workload.trace;
  if (requests > 0 && time[requests - 1] >= from) return null;
  const path = ["measure", "from"];
  if (from >= workload.window) return { path, said: beyondWindow(from, workload, source) };
  if (requests > 0) {
    const last = `the last of ${requests} at ${timeText(time[requests - 1])}`;
    return { path, said: `expected a request after from: ${timeText(from)}; got ${last}` };
  }
  const window = timeText(workload.window);
  return {
    path: ["workload", "window"],
    said: `expected a request within the window of ${window}; got none`,
  };
}

function beyondWindow(from: number, { window }: Workload, { paths }: WorkloadSource): string {
  return `invalid from: ${timeText(from)}; not in [0, ${window}) seconds, the window of ${paths[0]}`;
}

/** Whole seconds: more would hide what is meant. */
function timeText(seconds: number): string {
  return quantityText(Math.floor(seconds), "duration");
}

/** Where the workload is one of several. */
function where({ levels }: Variant): string {
  const named = Object.entries(levels).map(([axis, level]) => `${axis}: ${level}`);
  return named.length === 0 ? "" : ` (with ${named.join(", ")})`;
}
