import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, isIPv6 } from "node:net";
import { InputError } from "../engine/input-error.ts";
import type { ServerConfig } from "./config/server-config.ts";
import { countedResponse } from "./counted-response.ts";
import { limitServer, serverOptions } from "./http/server-limits.ts";

/** The server's socket, which listens once it is told to. */
export class Listener {
  readonly #server: Server;
  readonly #listen: ServerConfig["listen"];

  /**
   * `answered` hears of the status of each answer.
   *
   * @throws InputError where key or certificate are none.
   */
  constructor(
    { listen, limits }: Pick<ServerConfig, "listen" | "limits">,
    handler: RequestListener,
    answered: (status: number) => void,
  ) {
    const options = {
      ...{ ...serverOptions(), maxHeaderSize: limits.headers },
      ServerResponse: countedResponse(answered),
    };
    const { tls } = listen;
    this.#listen = listen;
    try {
      this.#server =
        tls === null
          ? createServer(options, handler)
          : createSecureServer(
              { ...options, key: readFileSync(tls.key), cert: readFileSync(tls.certificate) },
              handler,
            );
    } catch (error) {
      throw new InputError([`${tls?.certificate}: expected a certificate with its key (${error})`]);
    }
    limitServer(this.#server, { maxConnections: limits.connections });
  }

  /** @throws InputError where the port cannot be listened to. */
  async listen(): Promise<void> {
    const { port, host } = this.#listen;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
        const why = PROBLEMS[code ?? ""] ?? message;
        reject(new InputError([`listen: ${host} port ${port}: ${why}`]));
      });
      this.#server.listen({ port, host, ipv6Only: false }, resolve);
    });
    this.#server.removeAllListeners("error");
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where it can be reached from this machine, with a slash at the end. */
  get address(): string {
    const { tls, host } = this.#listen;
    const isAny = host === "::" || host === "0.0.0.0" || host === "";
    const name = isAny ? "localhost" : isIPv6(host) ? `[${host}]` : host;
    return `${tls === null ? "http" : "https"}://${name}:${this.port}/`;
  }

  /** Takes no more connections, and ends those that are left after some seconds. */
  async close(patience = 5): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), 1000 * patience);
    await closed;
    clearTimeout(timer);
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: "expected a free port; another program listens there",
  EACCES: "expected a port that may be listened to; those below 1024 are for root",
  EADDRNOTAVAIL: "expected an address of this machine",
};
