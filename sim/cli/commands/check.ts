import { writeFileSync } from "node:fs";
import { checkFiles } from "../../gate/check-files.ts";
import { github } from "../check/github.ts";
import { json } from "../check/json.ts";
import { junit } from "../check/junit.ts";
import { markdown } from "../check/markdown.ts";
import { type Format, fails, overall } from "../check/shown.ts";
import { text } from "../check/text.ts";
import type { CommandBody } from "../command-body.ts";
import { EXIT } from "../exit.ts";
import { runProgress } from "../run-progress.ts";

const FORMATS = { text, json, junit, markdown, github } satisfies Readonly<Record<string, Format>>;

interface CheckArguments {
  readonly experiments: readonly string[];
  readonly baseline: string;
  readonly update: boolean;
  readonly format: keyof typeof FORMATS;
  readonly out: string | undefined;
  readonly all: boolean;
  readonly strict: boolean;
  readonly seed: string | undefined;
  readonly replications: string | undefined;
  readonly traceOld: boolean;
  readonly jobs: string | undefined;
  readonly quiet: boolean;
}

export const checkCommand: CommandBody<CheckArguments> = {
  builder: (yargs) =>
    yargs
      .positional("experiments", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "Experiment files (YAML)",
      })
      .option("baseline", {
        type: "string",
        default: "results/baselines",
        describe: "Folder of the baselines",
      })
      .option("update", {
        type: "boolean",
        default: false,
        describe: "Write baselines anew and show what changed; exit 0",
      })
      .option("format", {
        choices: Object.keys(FORMATS) as (keyof typeof FORMATS)[],
        default: "text" as const,
        describe: "How the result is written",
      })
      .option("out", {
        type: "string",
        describe: "Write the result to this file, and text to the screen",
      })
      .option("all", {
        type: "boolean",
        default: false,
        describe: "Show what is identical and metrics that do not decide, too",
      })
      .option("strict", {
        type: "boolean",
        default: false,
        describe: "Exit 1 also where the comparison is inconclusive",
      })
      .option("seed", { type: "string", describe: "Seed, instead of the experiments'" })
      .option("replications", {
        type: "string",
        describe: "Runs of each policy, instead of the experiments'",
      })
      .option("trace-old", {
        type: "boolean",
        default: false,
        describe: "Build the baseline's commit to name both events where only hashes are kept",
      })
      .option("jobs", {
        type: "string",
        defaultDescription: "all cores",
        describe: "Threads; the results do not depend on it",
      })
      .option("quiet", { type: "boolean", default: false, describe: "No progress on stderr" })
      .example("$0 check experiments/gate.yaml", "did a change of the program change results?")
      .example("$0 check experiments/*.yaml --format junit --out check.xml", "for CI services")
      .strict() as never,
  async handler({ experiments, baseline, format, out, all, strict, quiet, ...options }) {
    const { watcher, stop } = runProgress(quiet);
    const onNote = (note: string) => console.error(`note: ${note}`); // Also when quiet.
    const means = { ...options, baselines: baseline, watcher: { ...watcher, onNote } };
    const report = await checkFiles(experiments, means).finally(stop);
    const said = { ...report, strict, all };
    if (out === undefined) console.log(FORMATS[format](said));
    else {
      writeFileSync(out, `${FORMATS[format](said)}\n`);
      console.log(text(said));
    }
    if (!options.update && fails(overall(report), strict)) process.exitCode = EXIT.checkFailed;
  },
};
