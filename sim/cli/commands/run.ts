import { figureFormats } from "../../report/figure-format.ts";
import { computeRuns } from "../../runner/compute-runs.ts";
import type { CommandBody } from "../command-body.ts";
import { interrupts } from "../interrupts.ts";
import { overridesOf, RUN_OPTIONS, type RunArguments } from "../run-options.ts";
import { runProgress } from "../run-progress.ts";

export const runCommand: CommandBody<RunArguments> = {
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
    const { jobs, out, force, maxMemory } = args;
    const overrides = overridesOf(args);
    const charts = figureFormats(args.charts);
    const signal = interrupts();
    const options = { overrides, jobs, out, force, maxMemory, watcher, signal };
    const computed = await computeRuns(args.experiment, options).finally(stop);
    // The report is loaded when there is something to report: the first event need not wait for it.
    const { keepRun } = await import("../../runner/perform.ts");
    const { showPerformed } = await import("../show-performed.ts");
    showPerformed(await keepRun(computed, out, charts), args);
  },
};
