import type { Argv } from "yargs";

/** The options of commands that read a compiled trace or logs. */
export function withLogOptions<Arguments>(yargs: Argv<Arguments>) {
  return yargs
    .positional("files", {
      type: "string",
      array: true,
      demandOption: true,
      describe: "A compiled trace (.mlt), or logs that together are one",
    })
    .option("format", { type: "string", describe: "Format of the logs, instead of finding it out" })
    .option("as", {
      choices: ["access", "sync"] as const,
      describe: "Read downloads or synchronisations, where a format has both",
    })
    .option("max-bad", {
      type: "number",
      default: 0.01,
      describe: "Share of log lines that may be unreadable",
    });
}
