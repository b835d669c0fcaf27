import { runBundle } from "../../sweep/run-bundle.ts";
import type { CommandBody } from "../command-body.ts";
import { interrupts } from "../interrupts.ts";

/** What each task of a sweep on a cluster runs; of no use to people, and so not in the help. */
export const sweepTaskCommand: CommandBody<{ readonly folder: string; readonly bundle: number }> = {
  builder: (yargs) =>
    yargs
      .positional("folder", { type: "string", demandOption: true })
      .positional("bundle", { type: "number", demandOption: true })
      .strict() as never,
  async handler({ folder, bundle }) {
    await runBundle(folder, bundle, { note: console.error, signal: interrupts() });
  },
};
