import { InputError } from "../../engine/input-error.ts";
import type { Serving } from "../../live/serve.ts";
import type { CommandBody } from "../command-body.ts";
import { interrupts } from "../interrupts.ts";
import { portIn, portOption, withPort } from "../port-option.ts";

interface ServeArguments {
  readonly config: string | undefined;
  readonly port: string | undefined;
  readonly quiet: boolean;
  readonly demo: boolean;
}

type Say = (line: string) => void;

export const serveCommand: CommandBody<ServeArguments> = {
  builder: (yargs) =>
    yargs
      .positional("config", {
        type: "string",
        describe: "Configuration of the server; examples/server.yaml has every field",
      })
      .options(portOption)
      .option("quiet", { type: "boolean", default: false, describe: "Print nothing but errors" })
      .option("demo", {
        type: "boolean",
        default: false,
        describe: "Serve a small repository to customers on this machine, with three volunteers",
      })
      .example("$0 serve --demo", "see it work: nothing to install or to configure")
      .example("$0 serve server.yaml", "serve until Ctrl-C; a systemd unit is in examples/")
      .example("$0 serve server.yaml --port 9000 --quiet", "on another port, without a word")
      .epilogue(
        "Ctrl-C, SIGTERM and SIGHUP end it in order, exit 0; a second one ends it at once. Changes of " +
          "files are found by `sim rescan`, or by the next scan.",
      )
      .strict() as never,
  async handler({ config, port: typed, quiet, demo }) {
    const port = portIn(typed);
    const say: Say = quiet ? () => {} : console.log;
    const signal = interrupts("SIGHUP");
    const serving = demo
      ? await startDemo(config, port, say)
      : await start(required(config), port, say);
    const close = () => serving.close();
    signal.addEventListener("abort", close);
    if (signal.aborted) await close(); // While it started.
    await serving.closed;
  },
};

async function start(file: string, port: number | undefined, say: Say): Promise<Serving> {
  const { readServerConfig } = await import("../../live/config/read-server-config.ts");
  const { serve } = await import("../../live/serve.ts");
  const serving = await serve(withPort(await readServerConfig(file), port), say);
  say(`listening at ${serving.address}, status at ${serving.address}-/status`);
  return serving;
}

async function startDemo(file: string | undefined, port: number | undefined, say: Say) {
  if (file !== undefined) {
    throw new InputError([`--demo: expected no configuration; got ${file}`]);
  }
  const { startDemo: started } = await import("../../live/demo/demo.ts");
  return started({ say, ...(port !== undefined && { port }) });
}

function required(config: string | undefined): string {
  if (config !== undefined) return config;
  throw new InputError([
    "missing configuration, such as examples/server.yaml; or --demo to see it work",
  ]);
}
