import type { CommandModule } from "yargs";
import { performExperiment } from "../../runner/perform.ts";
import { interrupts } from "../interrupts.ts";
import { overridesOf, RUN_OPTIONS, type RunArguments } from "../run-options.ts";
import { runProgress } from "../run-progress.ts";
import { showPerformed } from "../show-performed.ts";

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
      .options(RUN_OPTIONS)
      .example("$0 run experiments/flash.yaml", "the main experiment")
      .example("$0 run experiments/replay.yaml --trace access.log.gz", "replay an access log")
      .strict() as never,
  async handler(args) {
    const { watcher, stop } = runProgress(args.quiet);
    const { jobs, out, force } = args;
    const overrides = overridesOf(args);
    const options = { overrides, jobs, out, force, watcher, signal: interrupts() };
    const performed = await performExperiment(args.experiment, options).finally(stop);
    showPerformed(performed, args);
  },
};
