import { readText } from "../../experiment/config/read-experiment.ts";
import { registryFor } from "../../experiment/own-policy/registry.ts";
import { ownServerMembers } from "./own-members.ts";
import { parseServerConfig } from "./parse-server-config.ts";
import type { ServerConfig } from "./server-config.ts";

/**
 * Reads the configuration in `file`, and loads the operator's own policies that it names.
 *
 * @throws InputError with everything that is wrong, each with its place.
 */
export async function readServerConfig(file: string): Promise<ServerConfig> {
  const text = readText(file, "the configuration of a server");
  const written = parseServerConfig(text, file, { registry: await registryFor(file) });
  return { ...written, own: await ownServerMembers(written.policies) };
}
