import type { Options } from "yargs";
import { threadsOf } from "../outcome/compute-runs.ts";
import type { Interval } from "../outcome/statistics/interval.ts";
import { Crew } from "../runner/pool.ts";
import { type ContestMeans, changeOf, type Goal } from "../search/contest.ts";
import { wholeIn } from "../search/typed.ts";
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
    describe: "What it is judged by; any that can get better",
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

const SEEDS = 2 ** 32 - 1;

/** @throws InputError when it is typed and none. */
export function seedIn(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : wholeIn(flag, text, 0, SEEDS);
}

/** What the runs of a search are made with; on a terminal they are watched. */
export function searchMeans({ jobs, out, quiet }: SearchArguments): {
  readonly means: ContestMeans;
  readonly note: (text: string) => void;
  readonly stop: () => Promise<void>;
} {
  const { watcher, stop } = runProgress(quiet || !process.stderr.isTTY);
  const crew = new Crew();
  return {
    means: { jobs: threadsOf(jobs), crew, out, watcher, signal: interrupts() },
    note: (text) => {
      if (!quiet) console.error(`${process.stderr.isTTY ? "\r\x1b[K" : ""}${text}`);
    },
    async stop() {
      stop();
      await crew.end();
    },
  };
}

/** The metric's change as a share of what it was, from a gain and its interval. */
export function changeInterval({ mean, low, high }: Interval, goal: Goal): Interval {
  const [from, to] = goal.better === "lower" ? [high, low] : [low, high];
  return { mean: changeOf(mean, goal), low: changeOf(from, goal), high: changeOf(to, goal) };
}

/** `−12.3 % (−16.0 % to −8.1 %)`: the same in words. */
export function changeRangeText(interval: Interval, goal: Goal): string {
  const { mean, low, high } = changeInterval(interval, goal);
  return `${changeText(mean)} (${changeText(low)} to ${changeText(high)})`;
}

/** `−12.3 %`, of a share. */
export function changeText(share: number): string {
  const size = Math.abs(100 * share).toFixed(1);
  const sign = Number(size) === 0 ? "" : share < 0 ? "−" : "+";
  return `${sign}${size} %`;
}
