import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { InputError } from "../engine/input-error.ts";
import { version } from "../experiment/manifest.ts";
import { Interrupted, Unfinished } from "../runner/unfinished.ts";
import { commandsFor } from "./commands.ts";
import { EXIT } from "./exit.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done); // The reader has seen enough, as in `| head`.
  throw error;
});

try {
  await yargs(hideBin(process.argv))
    .scriptName("sim")
    .usage("$0 <command>\n\nSimulates the delivery of software packages by volunteer mirrors.")
    .command(await commandsFor(process.argv))
    .demandCommand(1, "missing command; see sim --help")
    .recommendCommands()
    .strict()
    .completion("completion", "Print a completion script for bash or zsh")
    .help()
    .alias("help", "h")
    .version(version())
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .epilogue(
      "Exit: 0 done, 1 a check failed or work is left, 2 the input is wrong, 70 our fault, 130 stopped.",
    )
    .fail((message, error) => {
      throw error ?? new InputError([message]);
    })
    .parseAsync();
} catch (error) {
  if (error instanceof InputError) {
    for (const problem of error.problems) console.error(`sim: ${problem}`);
    process.exitCode = EXIT.badInput;
  } else if (error instanceof Unfinished || error instanceof Interrupted) {
    console.error(`sim: ${error.message}`);
    process.exitCode = error instanceof Unfinished ? EXIT.unfinished : EXIT.interrupted;
  } else {
    console.error(
      `sim: this is a fault in mirrorlab: ${error instanceof Error ? error.message : error}`,
    );
    if (process.env["SIM_DEBUG"] !== undefined) console.error(error);
    else console.error("Please report it with the command; SIM_DEBUG=1 prints where it happened.");
    process.exitCode = EXIT.ourFault;
  }
}
