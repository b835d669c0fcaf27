import { setTimeout as pauseFor } from "node:timers/promises";
import { performExperiment } from "../../outcome/perform.ts";
import { figureFormats } from "../../report/figure-format.ts";
import { rowFormats } from "../../rows/row-format.ts";
import { performOnSlurm, showSweep } from "../../sweep/perform-on-slurm.ts";
import { slurmRequest, type TypedRequest } from "../../sweep/request.ts";
import { slurm } from "../../sweep/slurm.ts";
import type { CommandBody } from "../command-body.ts";
import { interrupts } from "../interrupts.ts";
import { overridesOf, RUN_OPTIONS, type RunArguments } from "../run-options.ts";
import { runProgress } from "../run-progress.ts";
import { showPerformed } from "../show-performed.ts";

interface SweepArguments extends RunArguments, TypedRequest {
  readonly on: "local" | "slurm";
  readonly dryRun: boolean;
}

const SECOND = 1000;

export const sweepCommand: CommandBody<SweepArguments> = {
  builder: (yargs) =>
    yargs
      .positional("experiment", {
        type: "string",
        demandOption: true,
        describe: "Experiment file (YAML)",
      })
      .options(RUN_OPTIONS)
      .options({
        on: { choices: ["local", "slurm"], default: "local", describe: "Where to run it" },
        jobs: {
          type: "string",
          defaultDescription: "all cores, or as many as the cluster has",
          describe: "Threads, or tasks at a time; the results do not depend on it",
        },
        walltime: {
          type: "string",
          describe: "The longest that a task may take, as 2 h or 2:00:00",
        },
        memory: { type: "string", describe: "Memory of a task, as 2 GB or 2G" },
        partition: { type: "string", describe: "Where the cluster runs it" },
        retries: {
          type: "string",
          default: "2",
          describe: "How often what is missing is submitted again",
        },
        bundle: {
          type: "string",
          defaultDescription: "as few as make at most 200 tasks",
          describe: "Runs of a task",
        },
        "dry-run": {
          type: "boolean",
          default: false,
          describe: "Print what would be submitted",
        },
      })
      .example("$0 sweep experiments/flash.yaml --on slurm --walltime 1h", "on a cluster")
      .strict() as never,
  async handler(args) {
    const { watcher, stop } = runProgress(args.quiet);
    const { experiment, jobs, out, force, maxMemory } = args;
    const signal = interrupts();
    const keep = {
      out,
      charts: figureFormats(args.charts),
      rowFormats: rowFormats(args.rowsFormat),
    };
    const overrides = overridesOf(args);
    const options = { overrides, jobs, force, maxMemory, watcher, signal, ...keep };
    if (args.on === "local") {
      showPerformed(await performExperiment(experiment, options).finally(stop), args);
      return;
    }
    const request = slurmRequest(args);
    if (args.dryRun) {
      process.stdout.write(await showSweep(experiment, options, request));
      return;
    }
    const pause = (seconds: number) =>
      pauseFor(seconds * SECOND, undefined, { signal }).catch(() => {}); // Woken by the signal.
    const means = { slurm: slurm(), pause, watcher, signal };
    const performed = performOnSlurm(experiment, options, request, means);
    showPerformed(await performed.finally(stop), args);
  },
};
