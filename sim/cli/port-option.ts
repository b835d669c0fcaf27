import { InputError } from "../engine/input-error.ts";
import type { ServerConfig } from "../live/config/server-config.ts";

/** The port of a server's configuration, unless another was typed. */
export const portOption = {
  port: { type: "string", describe: "Port in place of the configuration's; 0 for any free one" },
} as const;

/** @throws InputError where it is none. */
export function portIn(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d+$/.test(typed) && Number(typed) <= 65_535) return Number(typed);
  throw new InputError([`--port: invalid port: ${typed}; not in [0, 65535]`]);
}

/** The configuration with that port in place of its own. */
export function withPort(config: ServerConfig, port: number | undefined): ServerConfig {
  return port === undefined ? config : { ...config, listen: { ...config.listen, port } };
}
