import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import type { Experiment } from "../../experiment/config/experiment.ts";
import type { Interval } from "../../outcome/statistics/interval.ts";
import { scenarioText } from "../../search/scenario-file.ts";
import { isSize } from "../../search/scenario-ranges.ts";
import { rangeText, written } from "../../search/search-range.ts";
import { goalOf, readAll, wholeIn } from "../../search/typed.ts";
import { type Loss, type Worst, type WorstRequest, worst } from "../../search/worst.ts";
import { aligned } from "../aligned.ts";
import type { CommandBody } from "../command-body.ts";
import { EXIT } from "../exit.ts";
import {
  changeInterval,
  changeRangeText,
  SEARCH_OPTIONS,
  type SearchArguments,
  searchMeans,
  seedIn,
} from "../search-options.ts";

interface WorstArguments extends SearchArguments {
  readonly against: string;
  readonly range: readonly string[] | undefined;
  readonly replications: string;
  readonly margin: string;
}

const MOST = 10_000;

export const worstCommand: CommandBody<WorstArguments> = {
  builder: (yargs) =>
    yargs
      .positional("experiment", {
        type: "string",
        demandOption: true,
        describe: "Experiment file (YAML) from whose first cell scenarios are made",
      })
      .options(SEARCH_OPTIONS)
      .options({
        candidates: {
          type: "string",
          default: "128",
          describe: "Scenarios that are tried at first",
        },
        against: { type: "string", demandOption: true, describe: "The policy that it loses to" },
        range: {
          type: "string",
          array: true,
          defaultDescription: "the file's ranges, or else such as follow from it",
          describe: "PATH=LOW..HIGH, as system.tracker.interval=1min..45min; may be repeated",
        },
        replications: { type: "string", default: "12", describe: "Runs that judge a scenario" },
        margin: {
          type: "string",
          default: "5 %",
          describe: "By how much the metric is to be worse at least, with its whole interval",
        },
      })
      .example(
        "$0 worst experiments/flash-small.yaml --policy join-idle-queue --against power-of-d",
        "writes the smallest scenario found",
      )
      .epilogue("Exit: 0 a scenario was found and written, 1 none was found, 2 the input is wrong.")
      .strict() as never,
  async handler(args) {
    const request = requestOf(args);
    const { goal, policy, against } = request;
    const { means, note, stop } = searchMeans(args);
    const result = await worst(request, means, {
      onRanges: (ranges) => note(rangesText({ ranges })),
      onRung: (count, to) => note(`${count} scenarios, replications 0 to ${to - 1}`),
      onFound: (loss) => note(`${policy} loses: ${goal.name} ${lossText(loss, request)}`),
      onSmaller: (experiment) => note(`so it does with ${sizeText(experiment)}`),
      onRefuted: (seed) => note(`not with seed ${seed}; another scenario`),
    }).finally(stop);
    const { found } = result;
    if (found === null) {
      console.log(
        args.json
          ? JSON.stringify({ found: null }, null, 2)
          : `No scenario was found in which ${policy} loses to ${against} by ${args.margin} or more in ${goal.name}.`,
      );
      process.exitCode = EXIT.checkFailed;
      return;
    }
    const path = join(args.out, "worst", fileName(result));
    const told = foundLines(request, result, found);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, scenarioText(result, found, path, told));
    console.log(
      args.json
        ? JSON.stringify(plain(request, result, found, path), null, 2)
        : `${told.join("\n")}\nwritten ${path}; run it: npx sim run ${path}`,
    );
  },
};

/** @throws InputError with all that is wrong with what was typed. */
function requestOf(args: WorstArguments): WorstRequest {
  const { experiment: file, policy, against, family, range: ranges = [] } = args;
  const read = readAll({
    goal: () => goalOf(args.metric),
    candidates: () => wholeIn("--candidates", args.candidates, 2, MOST),
    replications: () => wholeIn("--replications", args.replications, 3, MOST),
    margin: () => shareIn("--margin", args.margin),
    seed: () => seedIn("--seed", args.seed),
  });
  return { file, policy, against, family, ranges, ...read };
}

/** A share, as `5 %` or `0.05`. */
function shareIn(flag: string, text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim()) ?? [];
  if (digits !== undefined) return percent === "%" ? Number(digits) / 100 : Number(digits);
  throw new InputError([`${flag}: expected a share such as 5 %; got ${JSON.stringify(text)}`]);
}

function rangesText({ ranges }: Pick<Worst, "ranges">): string {
  const rows = [...ranges].map(([path, range]) => [`  ${path}`, rangeText(range)]);
  return `ranges:\n${aligned(rows)}`;
}

function foundLines(request: WorstRequest, result: Worst, found: Loss): string[] {
  const { file, policy, against, goal, replications } = request;
  const { base, ranges } = result;
  const settings = [...found.scenario].filter(([path]) => !isSize(path));
  const differing = settings.flatMap(([path, value]) => {
    const range = ranges.get(path);
    if (range === undefined) return [];
    const own = range.usual === null ? "absent" : written(range.usual, range);
    return [`  ${path}: ${written(value, range)} in place of ${own}`];
  });
  return [
    `${policy} loses to ${against}: ${goal.name} ${lossText(found.loss, request)}`,
    `in ${replications} replications of seed ${found.seed}, which the search had not used`,
    ...(found.refuted === 0
      ? []
      : [`(other scenarios that such seeds did not confirm: ${found.refuted})`]),
    `with ${sizeText(found.experiment)}, where ${file} has ${sizeText(base)}`,
    differing.length === 0 ? "and no other field than those differs" : "and in other fields:",
    ...differing,
  ];
}

/** As the change of the metric, which is a gain backwards. */
function lossText(loss: Interval, { goal }: WorstRequest): string {
  return changeRangeText(gainOf(loss), goal);
}

function gainOf({ mean, low, high }: Interval): Interval {
  return { mean: -mean, low: -high, high: -low };
}

function sizeText({ system, workload }: Experiment): string {
  const volunteers = system.volunteers.reduce((sum, { count }) => sum + count, 0);
  const wanted = "release" in workload ? workload.release.customers : null;
  const customers = wanted === null ? "" : `${wanted} customers and `;
  return `${customers}${volunteers} volunteers`;
}

function fileName({ base, contenders }: Worst): string {
  const [policy, against] = contenders.map(({ choice }) =>
    choice.name.replace(/[^\w+-]+/g, "-").replace(/^-+|-+$/g, ""),
  );
  return `${base.name}-${policy}-against-${against}.yaml`;
}

function plain(
  { goal }: WorstRequest,
  { ranges }: Worst,
  { scenario, seed, loss }: Loss,
  path: string,
) {
  const values = [...scenario].map(([field, value]) => {
    const range = ranges.get(field);
    return [field, range === undefined ? value : written(value, range)];
  });
  const change = changeInterval(gainOf(loss), goal);
  return { found: { path, seed, scenario: Object.fromEntries(values), metric: goal.name, change } };
}
