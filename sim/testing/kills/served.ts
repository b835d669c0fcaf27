/** `sim serve` that is killed and started again at once, with volunteers and customers of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../live/free-port.ts";
import { Volunteer } from "../announcer.ts";

/** Seconds between two announces of a volunteer. */
export const INTERVAL = 1;

export const FILES = 40;
const VOLUNTEERS = ["alpha", "beta", "gamma"];

/** Bytes of a file: more than what the server sends itself, and little enough to be compared as a whole. */
const SIZE = 70_000;

/** Seconds since 1970: nobody may still be writing the files. */
const LONG_AGO = 1.6e9;

const tokenOf = (name: string) => `${name}-0123456789abcdef0123456789abcdef`;

const contentOf = (file: number) => Buffer.alloc(SIZE, file + 1);

/** A time at which the server was there: milliseconds of `performance.now`. */
export interface Life {
  readonly started: number;
  /** From when on it listened; `Infinity` before. */
  listening: number;
  /** When it was killed; `Infinity` before. */
  killed: number;
}

export class ServedFolder {
  readonly folder: string;
  readonly state: string;
  readonly lives: Life[] = [];
  readonly #program: readonly string[];
  readonly #stops: (() => void)[] = [];
  #port = 0;
  #child: ChildProcess | null = null;
  #said = "";

  /** `program`: what is started, before the name of the configuration. */
  constructor(folder: string, program: readonly string[]) {
    this.folder = folder;
    this.state = join(folder, "state");
    this.#program = program;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Bases of the volunteers' addresses, by name. */
  readonly bases = new Map<string, string>();

  async prepare(): Promise<void> {
    const repository = join(this.folder, "repository", "pool");
    mkdirSync(repository, { recursive: true });
    for (let file = 0; file < FILES; file++) {
      const path = join(repository, `${file}.deb`);
      writeFileSync(path, contentOf(file));
      utimesSync(path, LONG_AGO, LONG_AGO);
    }
    this.#port = await freePort();
    const config = {
      url: this.url,
      listen: { host: "127.0.0.1", port: this.#port },
      repository: { folder: "repository" },
      state: { folder: "state", rotate: "200 kB" },
      server: { uplink: "1 Gbit/s" },
      volunteers: VOLUNTEERS.map((name) => ({ name, token: tokenOf(name) })),
      tracker: { interval: `${INTERVAL} s` },
      limits: { announces: 600 },
    };
    writeFileSync(join(this.folder, "server.yaml"), JSON.stringify(config)); // JSON is YAML.
  }

  /** Resolves when it listens. */
  async start(): Promise<Life> {
    const life = { started: performance.now(), listening: Number.POSITIVE_INFINITY };
    const full: Life = { ...life, killed: Number.POSITIVE_INFINITY };
    this.lives.push(full);
    const [program, ...args] = [...this.#program, join(this.folder, "server.yaml")];
    const child = spawn(program, args, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    this.#said = "";
    await new Promise<void>((resolve, reject) => {
      const hear = (text: string) => {
        this.#said = (this.#said + text).slice(-5000);
        if (this.#said.includes("listening at")) resolve();
      };
      child.stdout.setEncoding("utf8").on("data", hear);
      child.stderr.setEncoding("utf8").on("data", hear);
      child.once("close", () => reject(new Error(`the server has ended: ${this.#said}`)));
    });
    full.listening = performance.now();
    return full;
  }

  /** Resolves when it knows its files. */
  async scanned(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const { status } = await fetch(`${this.url}pool/${FILES - 1}.deb`, { method: "HEAD" });
      if (status === 200) return;
      await pause(50);
    }
    throw new Error(`the server does not find its files: ${this.#said}`);
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    const life = this.lives.at(-1);
    if (child === null || life === undefined) return;
    if (child.exitCode !== null) throw new Error(`the server has ended by itself: ${this.#said}`);
    const closed = once(child, "close");
    life.killed = performance.now();
    child.kill(signal);
    await closed;
    this.#child = null;
  }

  /** The volunteers' web servers, and what announces them as long as this is used. */
  async startVolunteers(): Promise<void> {
    for (const name of VOLUNTEERS) {
      const web = createServer((request, response) => {
        const file = Number(/(\d+)\.deb$/.exec(request.url ?? "")?.[1]);
        response.end(contentOf(file));
      }).listen(0, "127.0.0.1");
      await once(web, "listening");
      const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
      this.bases.set(name, base);
      const announcer = await announcing(this.url, name, base);
      this.#stops.push(announcer, () => web.close());
    }
  }

  stopVolunteers(): void {
    for (const stop of this.#stops) stop();
  }

  /** The key by which the server hashes customers. */
  get key(): Buffer {
    return Buffer.from(readFileSync(join(this.state, "key"), "latin1").trim(), "hex");
  }
}

/** Announces a volunteer that holds all, each interval, whether there is a server or not. */
async function announcing(server: string, name: string, base: string): Promise<() => void> {
  const volunteer = new Volunteer({ server, name, token: tokenOf(name) });
  await volunteer.register({ urls: [base], uplink: 1e7, covers: [] });
  const paths = Array.from({ length: FILES }, (_, file) => `pool/${file}.deb`);
  const totals = { uploaded: 0, downloaded: 0, left: 0 };
  await volunteer.announce({ ...totals, started: true, holds: { paths } });
  const timer = setInterval(() => {
    volunteer.announce(totals).catch(() => {}); // Nobody is there just now.
  }, INTERVAL * 1000);
  return () => clearInterval(timer);
}
