import { type Catalogue, openCatalogue } from "./catalogue/catalogue.ts";
import type { ServerConfig } from "./config/server-config.ts";
import { freePort } from "./free-port.ts";
import { LiveServer } from "./live-server.ts";
import type { CatalogueChange } from "./parts.ts";
import { openStateFolder } from "./state-folder.ts";

/** A server that runs. */
export interface Serving {
  /** Where it can be reached from this machine, with a slash at the end. */
  readonly address: string;
  /** Resolves when it has ended. */
  readonly closed: Promise<void>;
  /** Ends it in order: what was answered is on the disk. */
  close(): Promise<void>;
}

/** The same with a port that is free, in the address that others are told, too. */
async function withFreePort(config: ServerConfig): Promise<ServerConfig> {
  const port = await freePort(config.listen.host);
  const url = new URL(config.url);
  url.port = String(port);
  return { ...config, url: url.href, listen: { ...config.listen, port } };
}

/**
 * Starts a server, which listens when this resolves; it looks through its files meanwhile. `say` hears in
 * lines of text of what the operator should know.
 *
 * @throws InputError where the folders, the port or the state are not as they have to be.
 */
export async function serve(
  config: ServerConfig,
  say: (line: string) => void,
  openFiles: typeof openCatalogue = openCatalogue,
): Promise<Serving> {
  const known = config.listen.port === 0 ? await withFreePort(config) : config;
  const state = openStateFolder(config.state.folder);
  let catalogue: Catalogue | undefined;
  try {
    let heard = (_: readonly CatalogueChange[]) => {};
    catalogue = await openFiles({
      ...{ root: config.repository.folder, index: state.catalogue, md4: config.repository.md4 },
      onChanges: (changes) => heard(changes),
    });
    const server = new LiveServer(known, say, state, catalogue);
    heard = (changes) => server.changed(changes);
    await server.start();
    return server;
  } catch (error) {
    await catalogue?.close();
    state.release();
    throw error;
  }
}
