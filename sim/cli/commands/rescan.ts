import type { CommandBody } from "../command-body.ts";
import { portIn, portOption, withPort } from "../port-option.ts";

interface RescanArguments {
  readonly config: string;
  readonly port: string | undefined;
  readonly json: boolean;
}

export const rescanCommand: CommandBody<RescanArguments> = {
  builder: (yargs) =>
    yargs
      .positional("config", {
        type: "string",
        demandOption: true,
        describe: "Configuration of the server that runs on this machine",
      })
      .options(portOption)
      .option("json", { type: "boolean", default: false, describe: "Print the result as JSON" })
      .example("rsync … && $0 rescan server.yaml", "customers get what is new at once")
      .epilogue("It shows the server the secret in its state folder, so it takes the same user.")
      .strict() as never,
  async handler({ config, port, json }) {
    const { readServerConfig } = await import("../../live/config/read-server-config.ts");
    const { rescan } = await import("../../live/rescan.ts");
    const found = await rescan(withPort(await readServerConfig(config), portIn(port)));
    const { files, added, changed, removed, waiting } = found;
    const later = waiting > 0 ? `, ${waiting} being written` : "";
    const text = `${files} ${files === 1 ? "file" : "files"}: ${added} added, ${changed} changed, ${removed} removed${later}`;
    console.log(json ? JSON.stringify(found, null, 2) : text);
  },
};
