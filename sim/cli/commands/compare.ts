import { InputError } from "../../engine/input-error.ts";
import { compareRuns } from "../../outcome/compare/compare-runs.ts";
import { comparisonJson } from "../../outcome/compare/comparison-json.ts";
import { writeComparison } from "../../outcome/compare/write-comparison.ts";
import { readRun } from "../../outcome/results/run-folder.ts";
import type { CommandBody } from "../command-body.ts";
import { comparisonText } from "../comparison-table.ts";

interface CompareArguments {
  readonly runs: readonly string[];
  readonly json: boolean;
  readonly out: string;
}

export const compareCommand: CommandBody<CompareArguments> = {
  builder: (yargs) =>
    yargs
      .positional("runs", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "Folders of runs, as sim run names them",
      })
      .option("out", { type: "string", default: "results", describe: "Folder for the page" })
      .option("json", { type: "boolean", default: false, describe: "Print the comparison as JSON" })
      .example("$0 compare results/flash/1a… results/flash/2b…", "what changed, with intervals")
      .strict() as never,
  async handler({ runs, json, out }) {
    if (runs.length < 2) throw new InputError(["expected two runs or more; got 1"]);
    const comparisons = compareRuns(runs.map(readRun));
    if (json) {
      console.log(comparisonJson(comparisons));
      return;
    }
    console.log(comparisons.map(comparisonText).join("\n\n\n"));
    console.log(`\npage ${writeComparison(out, comparisons)}`);
  },
};
