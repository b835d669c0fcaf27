import type { CommandModule } from "yargs";
import { performExperiment } from "../../runner/perform.ts";
import { summaryJson } from "../../runner/summary.ts";
import { progress } from "../progress.ts";
import { resultsTable } from "../results-table.ts";

interface RunArguments {
  readonly experiment: string;
  readonly seed: string | undefined;
  readonly replications: string | undefined;
  readonly trace: string | undefined;
  readonly maxBad: string | undefined;
  readonly jobs: string | undefined;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: "run <experiment>",
  describe: "Run an experiment and write its results and report",
  builder: (yargs) =>
    yargs
      .positional("experiment", {
        type: "string",
        demandOption: true,
        describe: "Experiment file (YAML)",
      })
      // Numbers are taken as text, so that a mistake is shown as it was typed.
      .option("seed", { type: "string", describe: "Seed, instead of the experiment's" })
      .option("replications", {
        type: "string",
        describe: "Runs of each policy, instead of the experiment's",
      })
      .option("trace", {
        type: "string",
        describe: "Log to replay, packed or not, or a compiled trace (.mlt)",
      })
      .option("max-bad", {
        type: "string",
        describe: "Share of the log's lines that may be unreadable (0.01 unless told otherwise)",
      })
      .option("jobs", {
        type: "string",
        defaultDescription: "all cores",
        describe: "Threads; the results do not depend on it",
      })
      .option("out", { type: "string", default: "results", describe: "Folder for the results" })
      .option("json", { type: "boolean", default: false, describe: "Print results as JSON" })
      .option("quiet", { type: "boolean", default: false, describe: "No progress on stderr" })
      .example("$0 run experiments/flash.yaml", "the main experiment")
      .example("$0 run experiments/replay.yaml --trace access.log.gz", "replay an access log")
      .strict() as never,
  async handler(args) {
    let shown: ReturnType<typeof progress> | undefined;
    const performed = await performExperiment(args.experiment, {
      overrides: {
        seed: args.seed,
        replications: args.replications,
        trace: args.trace,
        maxBad: args.maxBad,
      },
      jobs: args.jobs,
      out: args.out,
      watcher: {
        onRun(done, all) {
          shown ??= progress(all, "runs", args.quiet);
          shown.step(done);
        },
      },
    });
    shown?.stop();
    for (const note of performed.notes) if (!args.quiet) console.error(`note: ${note}`);
    if (args.json) {
      console.log(summaryJson(performed.summary));
      return;
    }
    console.log(resultsTable(performed.summary));
    console.log(`\n${performed.answer}`);
    console.log(`\nfingerprint ${performed.summary.fingerprint}\nreport ${performed.reportPath}`);
  },
};
