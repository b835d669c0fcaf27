import type { CommandBody } from "../command-body.ts";
import { exportCommand } from "./trace/export.ts";
import { fitCommand } from "./trace/fit.ts";
import { importCommand } from "./trace/import.ts";
import { profileCommand } from "./trace/profile.ts";
import { synthCommand } from "./trace/synth.ts";

/** What can be done with traces, a file each. */
export const traceCommand: CommandBody = {
  builder: (yargs) =>
    yargs
      .command(importCommand)
      .command(synthCommand)
      .command(profileCommand)
      .command(fitCommand)
      .command(exportCommand)
      .demandCommand(1, "missing command; see sim trace --help")
      .recommendCommands()
      .strict(),
  async handler() {},
};
