import { computeRuns } from "../../outcome/compute-runs.ts";
import { figureFormats } from "../../report/figure-format.ts";
import { rowFormats } from "../../rows/row-format.ts";
import type { CommandBody } from "../command-body.ts";
import { interrupts } from "../interrupts.ts";
import { type Progress, progress } from "../progress.ts";
import { overridesOf, RUN_OPTIONS, type RunArguments } from "../run-options.ts";
import { runProgress } from "../run-progress.ts";

interface JournalArguments extends RunArguments {
  readonly journal: string | undefined;
  readonly policy: string | undefined;
  readonly replication: string | undefined;
}

export const runCommand: CommandBody<JournalArguments> = {
  builder: (yargs) =>
    yargs
      .positional("experiment", {
        type: "string",
        demandOption: true,
        describe: "Experiment file (YAML)",
      })
      .options(RUN_OPTIONS)
      .option("journal", {
        type: "string",
        describe: "Write what the server of one run is told to this file, in place of results",
      })
      .option("policy", { type: "string", describe: "Of which policies, as the results name them" })
      .option("replication", { type: "string", describe: "Of which replication, from 0" })
      .implies({ policy: "journal", replication: "journal" })
      .example("$0 run experiments/flash.yaml", "the main experiment")
      .example("$0 run experiments/replay.yaml --trace access.log.gz", "replay an access log")
      .strict() as never,
  async handler(args) {
    if (args.journal !== undefined) return journal(args, args.journal);
    const { watcher, stop } = runProgress(args.quiet);
    const { jobs, out, force, maxMemory } = args;
    const overrides = overridesOf(args);
    const keep = {
      out,
      charts: figureFormats(args.charts),
      rowFormats: rowFormats(args.rowsFormat),
    };
    const signal = interrupts();
    const options = { overrides, jobs, out, force, maxMemory, watcher, signal };
    const computed = await computeRuns(args.experiment, options).finally(stop);
    // The report is loaded when there is something to report: the first event need not wait for it.
    const { keepRun } = await import("../../outcome/perform.ts");
    const { showPerformed } = await import("../show-performed.ts");
    showPerformed(await keepRun(computed, keep), args);
  },
};

async function journal(args: JournalArguments, path: string): Promise<void> {
  const { writeJournal } = await import("../../replay/journal/write-journal.ts");
  let shown: Progress | undefined;
  const typed = { ...args, overrides: overridesOf(args) };
  const journaled = await writeJournal(args.experiment, path, typed, ({ now, window }) => {
    shown ??= progress(100, "hundredths", args.quiet);
    shown.step(Math.min(100, Math.floor((100 * now) / window)));
  }).finally(() => shown?.stop());
  const { lines, bytes, fingerprint } = journaled;
  if (args.json) console.log(JSON.stringify(journaled, null, 2));
  else console.log(`journal ${path}: ${lines} lines, ${bytes} bytes\nfingerprint ${fingerprint}`);
}
