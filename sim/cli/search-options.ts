import type { Options } from "yargs";
import { METRICS } from "../metrics/metric.ts";
import { threadsOf } from "../outcome/compute-runs.ts";
import { type ContestMeans, changeOf, type Goal } from "../search/contest.ts";
import { interrupts } from "./interrupts.ts";
import { runProgress } from "./run-progress.ts";

/** What `sim tune` and `sim worst` are told alike. */
export interface SearchArguments {
  readonly experiment: string;
  readonly policy: string;
  readonly family: string | undefined;
  readonly metric: string;
  readonly candidates: string;
  readonly seed: string | undefined;
  readonly jobs: string | undefined;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

// Numbers are taken as text, so that a mistake is shown as it was typed.
export const SEARCH_OPTIONS = {
  policy: {
    type: "string",
    demandOption: true,
    describe: "The policy, as the experiment would name it; one of your own by its path from there",
  },
  family: {
    type: "string",
    defaultDescription: "the first that knows the policy",
    describe: "Family of the policy, such as replication",
  },
  metric: {
    type: "string",
    default: "visit.mean",
    choices: METRICS.filter(({ better }) => better !== "none").map(({ name }) => name),
    describe: "What is to get better",
  },
  candidates: { type: "string", default: "32", describe: "How many are tried at first" },
  seed: { type: "string", describe: "Seed, instead of the experiment's" },
  jobs: {
    type: "string",
    defaultDescription: "all cores",
    describe: "Threads; the results do not depend on it",
  },
  out: {
    type: "string",
    default: "results",
    describe: "Folder in whose store the runs are kept: the same command goes on where it stopped",
  },
  json: { type: "boolean", default: false, describe: "Print the result as JSON" },
  quiet: { type: "boolean", default: false, describe: "No progress on stderr" },
} as const satisfies Readonly<Record<string, Options>>;

/** What the runs of a search are made with; on a terminal they are watched. */
export function searchMeans({ jobs, out, quiet }: SearchArguments): {
  readonly means: ContestMeans;
  readonly note: (text: string) => void;
  readonly stop: () => void;
} {
  const { watcher, stop } = runProgress(quiet || !process.stderr.isTTY);
  return {
    means: { jobs: threadsOf(jobs), out, watcher, signal: interrupts() },
    note: (text) => {
      if (!quiet) console.error(`${process.stderr.isTTY ? "\r\x1b[K" : ""}${text}`);
    },
    stop,
  };
}

/** `−12.3 %`, of a gain as `changeOf` takes it. */
export function changeText(gain: number, goal: Goal): string {
  const percent = (100 * changeOf(gain, goal)).toFixed(1);
  const isZero = Number(percent) === 0;
  return isZero ? "0.0 %" : `${percent.startsWith("-") ? "−" : "+"}${percent.replace("-", "")} %`;
}

/** `−12.3 % (−16.0 % to −8.1 %)`: the metric's change with its interval, the lower end first. */
export function changeRangeText(
  { mean, low, high }: { readonly mean: number; readonly low: number; readonly high: number },
  goal: Goal,
): string {
  const ends = goal.better === "lower" ? [high, low] : [low, high];
  const [from, to] = ends.map((end) => changeText(end, goal));
  return `${changeText(mean, goal)} (${from} to ${to})`;
}
