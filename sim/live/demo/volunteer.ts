import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Account, Announcer } from "./announcer.ts";
import { Pace } from "./pace.ts";
import type { Files } from "./repository.ts";

export interface VolunteerOptions extends Account {
  /** What it has copies of. */
  readonly files: Files;
  /** Bytes per second that it can send. */
  readonly rate: number;
  /** Whether it sends other bytes than those it has. */
  readonly lies: boolean;
}

/** A web server on this machine with a line of its own, which offers its help and announces itself. */
export class DemoVolunteer {
  readonly #options: VolunteerOptions;
  readonly #announcer: Announcer;
  readonly #pace: Pace;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #uploaded = 0;
  #active = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: VolunteerOptions) {
    this.#options = options;
    this.#announcer = new Announcer(options);
    this.#pace = new Pace(options.rate);
  }

  /** With a slash at the end. */
  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Listens, registers and announces itself for the first time; `onFailure` hears of later ones. */
  async start(onFailure: (error: Error) => void): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { rate, files } = this.#options;
    // It keeps to the files that it has.
    const offer = { urls: [this.base], uplink: rate, covers: [] };
    await this.#announcer.tell("/-/volunteers", offer);
    const holds = { paths: [...files.keys()] };
    const { interval } = await this.#announce({ started: true, holds });
    this.#timer = setInterval(() => this.#announce({}).catch(onFailure), 1000 * interval);
  }

  /** Says good-bye, and ends what it is sending. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#announce({ leaving: true }).catch(() => {}); // The server may be gone by now.
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #announce(more: object) {
    const totals = { uploaded: this.#uploaded, downloaded: 0, left: 0, active: this.#active };
    return this.#announcer.tell("/-/announce", { ...totals, ...more });
  }

  async #answer({ method, url = "/", headers }: IncomingMessage, response: ServerResponse) {
    const path = decodeURIComponent(new URL(url, "http://volunteer").pathname.slice(1));
    const bytes = this.#options.files.get(path);
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [from, to] = rangeIn(headers.range, bytes.length);
    const part = bytes.subarray(from, to + 1);
    const isPart = part.length < bytes.length;
    response.writeHead(isPart ? 206 : 200, {
      "Content-Length": part.length,
      "Accept-Ranges": "bytes",
      ...(isPart && { "Content-Range": `bytes ${from}-${to}/${bytes.length}` }),
    });
    if (method === "HEAD") response.end();
    else await this.#send(this.#options.lies ? falsified(part) : part, response);
  }

  async #send(bytes: Uint8Array, response: ServerResponse): Promise<void> {
    this.#active++;
    try {
      await pipeline(Readable.from(this.#counted(bytes)), response);
    } catch {
      // Who downloads has gone away.
    } finally {
      this.#active--;
    }
  }

  async *#counted(bytes: Uint8Array) {
    for await (const piece of this.#pace.carry(bytes)) {
      this.#uploaded += piece.length;
      yield piece;
    }
  }
}

/** The first and last byte of one range (RFC 9110, 14.1.2); all where none is asked for, or none of ours. */
function rangeIn(header: string | undefined, size: number): readonly [from: number, to: number] {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  const last = size - 1;
  if (from !== "" && Number(from) <= last) {
    return [Number(from), to === "" ? last : Math.min(Number(to), last)];
  }
  return from === "" && Number(to) > 0 ? [Math.max(0, size - Number(to)), last] : [0, last];
}

/** As long, and no byte is the same. */
function falsified(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte ^ 0xff);
}
