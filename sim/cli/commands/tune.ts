import type { Interval } from "../../outcome/statistics/interval.ts";
import { changeOf } from "../../search/contest.ts";
import { rangeText } from "../../search/search-range.ts";
import { type Tuned, type TunePlan, type TuneRequest, tune } from "../../search/tune.ts";
import { goalOf, readAll, wholeIn } from "../../search/typed.ts";
import { aligned } from "../aligned.ts";
import type { CommandBody } from "../command-body.ts";
import {
  changeInterval,
  changeRangeText,
  changeText,
  SEARCH_OPTIONS,
  type SearchArguments,
  searchMeans,
  seedIn,
} from "../search-options.ts";

interface TuneArguments extends SearchArguments {
  readonly params: string | undefined;
  readonly train: string;
  readonly heldOut: string;
  readonly heldOutSeed: string | undefined;
  readonly heldOutCell: readonly string[] | undefined;
}

const MOST = 10_000;

export const tuneCommand: CommandBody<TuneArguments> = {
  builder: (yargs) =>
    yargs
      .positional("experiment", {
        type: "string",
        demandOption: true,
        describe: "Experiment file (YAML), of which the policy takes the place of its family's",
      })
      .options(SEARCH_OPTIONS)
      .options({
        params: {
          type: "string",
          defaultDescription: "all",
          describe: "The params that are searched, separated by commas; others keep their defaults",
        },
        train: {
          type: "string",
          default: "16",
          describe: "Replications of the last candidates; each halving before had half of them",
        },
        "held-out": { type: "string", default: "20", describe: "Replications that judge the best" },
        "held-out-seed": {
          type: "string",
          defaultDescription: "the next after the seed",
          describe: "Seed of those",
        },
        "held-out-cell": {
          type: "string",
          array: true,
          defaultDescription: "every second, where there are several",
          describe: "A cell of the experiment that is not trained on, by its label",
        },
      })
      .example(
        "$0 tune experiments/flash-small.yaml --policy tracker-informed",
        "its params for short visits",
      )
      .strict() as never,
  async handler(args) {
    const request = requestOf(args);
    const { means, note, stop } = searchMeans(args);
    const tuned = await tune(request, means, {
      onPlan: (plan) => {
        if (!args.json) console.log(`${planLines(request, plan).join("\n")}\n`);
      },
      onRung: (count, to) => note(`${count} candidates, replications 0 to ${to - 1}`),
    }).finally(stop);
    console.log(
      args.json ? JSON.stringify(plain(request, tuned), null, 2) : textOf(request, tuned),
    );
  },
};

/** @throws InputError with all that is wrong with what was typed. */
function requestOf(args: TuneArguments): TuneRequest {
  const { experiment: file, policy, family, heldOutCell: heldOutCells } = args;
  const read = readAll({
    goal: () => goalOf(args.metric),
    candidates: () => wholeIn("--candidates", args.candidates, 2, MOST),
    train: () => wholeIn("--train", args.train, 1, MOST),
    heldOut: () => wholeIn("--held-out", args.heldOut, 2, MOST),
    seed: () => seedIn("--seed", args.seed),
    heldOutSeed: () => seedIn("--held-out-seed", args.heldOutSeed),
  });
  const params = args.params?.split(",").map((name) => name.trim());
  return { file, policy, family, heldOutCells, params, ...read };
}

function planLines({ policy, train, heldOut }: TuneRequest, plan: TunePlan): string[] {
  const { family, ranges, candidates, rungs } = plan;
  const searched = Object.entries(ranges).map(([name, range]) => `${name} ${rangeText(range)}`);
  return [
    `${policy} (${family}): ${searched.join(", ")}`,
    `${candidates} candidates, the better half of them again and again; rungs of ${rungs.join(", ")} replications`,
    `training: seed ${plan.train.seed}, replications 0 to ${train - 1}; cells: ${plan.train.cells.join(", ")}`,
    `held out: seed ${plan.heldOut.seed}, replications 0 to ${heldOut - 1}; cells: ${plan.heldOut.cells.join(", ")}`,
  ];
}

function textOf({ goal, heldOut, policy }: TuneRequest, tuned: Tuned): string {
  const { plan, cells, overall, yaml, trained } = tuned;
  if (cells === null || overall === null) {
    return `None of ${plan.candidates} candidates was better than the defaults of ${policy} in training: keep them.`;
  }
  const rows = cells.map(({ cell, isTrained, gain }) => [
    `  ${cell}`,
    changeRangeText(gain, goal),
    isTrained ? "trained on, with other seeds" : "held out",
  ]);
  return [
    `change of ${goal.name} against the defaults, on ${heldOut} held-out replications of seed ${plan.heldOut.seed}, each with its 95 % interval:`,
    ...(cells.length === 1 ? [] : [aligned(rows)]),
    `over ${cells.length === 1 ? "all" : "the held-out cells"}: ${changeRangeText(overall, goal)}`,
    `in training: ${changeText(changeOf(trained, goal))}, which flatters, as the best of ${plan.candidates} was chosen by it`,
    "",
    ...(overall.low > 0 ? [] : [WARNING, ""]),
    yaml,
  ].join("\n");
}

const WARNING =
  "The held-out interval does not exclude that nothing is gained: it is not shown that these params are better " +
  "than the defaults.";

/** With changes of the metric as shares, in place of gains. */
function plain({ goal, train, heldOut }: TuneRequest, tuned: Tuned) {
  const { plan, best, yaml, trained, cells, overall } = tuned;
  const change = (interval: Interval) => changeInterval(interval, goal);
  return {
    ...{ metric: goal.name, plan, replications: { train, heldOut }, best, yaml },
    trained: changeOf(trained, goal),
    cells: cells?.map(({ gain, ...cell }) => ({ ...cell, change: change(gain) })) ?? null,
    heldOut: overall === null ? null : change(overall),
    isBetter: overall !== null && overall.low > 0,
  };
}
