import { readFileSync } from "node:fs";
import { type IncomingMessage, type RequestOptions, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { InputError } from "../engine/input-error.ts";
import type { ServerConfig } from "./config/server-config.ts";
import { pinnedConnection } from "./pinned-connection.ts";

/** What a scan has found, in files. */
const FOUND = z.looseObject({
  ...{ files: z.number(), added: z.number(), changed: z.number(), removed: z.number() },
  /** Being written, and so left for later. */
  waiting: z.number(),
});
export type Found = z.infer<typeof FOUND>;

/**
 * Has the server that runs by this configuration, on this machine, look at its files now.
 *
 * @throws InputError where none answers, or not as one of ours.
 */
export async function rescan(config: Pick<ServerConfig, "listen" | "state">): Promise<Found> {
  const { listen, state } = config;
  const host = LOOPBACKS[listen.host] ?? listen.host;
  const place = `${host} port ${listen.port}`;
  const options: RequestOptions = {
    ...{ host, port: listen.port, method: "POST", path: "/-/rescan" },
    headers: { Authorization: `Bearer ${secretIn(join(state.folder, "admin"))}` },
  };
  try {
    // The secret is shown to nobody but who has the key of the certificate.
    const { tls } = listen;
    const connected =
      tls === null
        ? { agent: false as const }
        : await pinnedConnection(host, listen.port, tls.certificate);
    const response = await answerTo({ ...options, ...connected });
    const body = await text(response);
    if (response.statusCode === 200) return FOUND.parse(JSON.parse(body));
    throw new InputError([`${place}: ${response.statusCode} ${body.trim().slice(0, 200)}`]);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw new InputError([`${place}: expected an answer of sim serve`]);
    throw new InputError([`${place}: expected a server that runs there; got ${code}`]);
  }
}

/** Where a server that listens everywhere is found. */
const LOOPBACKS: Readonly<Record<string, string>> = { "::": "localhost", "0.0.0.0": "127.0.0.1" };

function secretIn(file: string): string {
  try {
    return readFileSync(file, "latin1").trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "has the server been started?" : code;
    throw new InputError([`${file}: expected the secret of a running server; ${why}`]);
  }
}

/** A scan of millions of files may take long: there is no limit of time. */
function answerTo(options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(options, resolve).on("error", reject).end();
  });
}
