import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { streams } from "../../engine/random.ts";
import { readServerConfig } from "../config/read-server-config.ts";
import { freePort } from "../free-port.ts";
import { type Serving, serve } from "../serve.ts";
import { type Outcome, visit } from "./customer.ts";
import { demoFiles, digestsIn, INDEX, writeFiles } from "./repository.ts";
import { DemoVolunteer } from "./volunteer.ts";

export interface DemoOptions {
  readonly say: (line: string) => void;
  /** 0 for any that is free. */
  readonly port?: number;
  readonly customers?: number;
  /** Mean seconds between two downloads of a customer. */
  readonly between?: number;
  /** The folder in which it makes one of its own. */
  readonly above?: string;
}

/** Their lines in bytes per second, and who sends wrong bytes. */
const VOLUNTEERS = [
  { name: "alpha", rate: 2_500_000, lies: false },
  { name: "bravo", rate: 1_000_000, lies: false },
  { name: "charlie", rate: 1_500_000, lies: true },
];

/** Seconds between two lines that sum up. */
const SUMS_EVERY = 10;

/**
 * Starts a server on this machine, with a small repository, volunteers of whom one lies, and customers.
 * All of it is gone when it has been closed.
 */
export async function startDemo(options: DemoOptions): Promise<Serving> {
  const folder = mkdtempSync(join(options.above ?? tmpdir(), "mirrorlab-demo-"));
  const demo = new Demo(options, folder);
  try {
    await demo.start();
    return demo;
  } catch (error) {
    await demo.close();
    throw error;
  }
}

class Demo implements Serving {
  readonly closed: Promise<void>;
  readonly #say: (line: string) => void;
  readonly #port: number;
  readonly #count: number;
  readonly #between: number;
  readonly #folder: string;
  readonly #files = demoFiles();
  readonly #stop = new AbortController();
  readonly #volunteers: DemoVolunteer[] = [];
  readonly #sums = { good: 0, volunteers: 0, wrong: 0, failed: 0 };
  #under: Promise<unknown> = Promise.resolve();
  #server: Serving | undefined;
  #ended: () => void = () => {};
  #closing: Promise<void> | null = null;

  constructor({ say, port = 0, customers = 30, between = 4 }: DemoOptions, folder: string) {
    this.#say = say;
    this.#port = port;
    this.#count = customers;
    this.#between = between;
    this.#folder = folder;
    this.closed = new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  get address(): string {
    return this.#server?.address ?? "";
  }

  async start(): Promise<void> {
    const tokens = VOLUNTEERS.map(() => randomBytes(32).toString("hex"));
    const file = await this.#configured(tokens);
    this.#server = await serve(await readServerConfig(file), this.#say);
    const digests = digestsIn(await this.#index());
    const server = this.address;
    for (const [index, { name, rate, lies }] of VOLUNTEERS.entries()) {
      const token = tokens[index];
      const volunteer = new DemoVolunteer({ server, name, token, files: this.#files, rate, lies });
      this.#volunteers.push(volunteer);
      await volunteer.start(({ message }) => this.#say(`${name}: ${message}`));
      const what = lies ? ", who lies: other bytes than the server's" : "";
      this.#say(`volunteer ${name}: ${(8 * rate) / 1e6} Mbit/s${what}`);
    }
    const named = streams("demo/customers");
    const { signal } = this.#stop;
    setMaxListeners(0, signal); // Each customer waits for it several times over.
    const customers = Array.from({ length: this.#count }, (_, number) => {
      const name = `customer-${number + 1}`;
      const habits = { random: named(name), between: this.#between, again: 1, hear: this.#hear };
      return visit({ name, server, digests, ...habits }, signal);
    });
    this.#under = Promise.all([...customers, this.#report(), this.#watch()]);
    this.#under.catch((error: Error) => this.#say(`the demo has failed: ${error.message}`));
    this.#say(`${this.#count} customers download and compare digests`);
    this.#say(`watch them at ${server}-/status; Ctrl-C ends all of it`);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stop.abort();
    await this.#under.catch(() => {}); // It was said.
    await Promise.all(this.#volunteers.map((volunteer) => volunteer.close()));
    await this.#server?.close();
    rmSync(this.#folder, { recursive: true, force: true });
    this.#ended();
  }

  /** Writes the repository and a configuration beside it, as an operator would. */
  async #configured(tokens: readonly string[]): Promise<string> {
    writeFiles(this.#files, join(this.#folder, "repository"));
    mkdirSync(join(this.#folder, "state"), { mode: 0o700 });
    const port = this.#port === 0 ? await freePort() : this.#port;
    const volunteers = VOLUNTEERS.map(({ name }, index) => {
      return `  - { name: ${name}, token: ${JSON.stringify(tokens[index])} }`;
    });
    const lines = [
      "title: mirrorlab demo",
      `url: http://127.0.0.1:${port}/`,
      `listen: { port: ${port}, host: 127.0.0.1 }`,
      "repository: { folder: repository }",
      "state: { folder: state }",
      "server: { uplink: 20 Mbit/s }",
      "volunteers:",
      ...volunteers,
      "tracker: { interval: 2 s, probe: 5 s }",
      "rescue: { again: 5 s } # Customers come again for other files much sooner than real ones.",
    ];
    const file = join(this.#folder, "server.yaml");
    writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
    return file;
  }

  /** The index, as soon as the server has looked through its files. */
  async #index(): Promise<string> {
    for (;;) {
      const response = await fetch(this.address + INDEX);
      const text = await response.text();
      if (response.ok) return text;
      await pause(50);
    }
  }

  readonly #hear = ({ kind, from, path, customer }: Outcome): void => {
    this.#sums[kind]++;
    if (kind === "good" && from !== this.address) this.#sums.volunteers++;
    if (kind !== "wrong") return;
    const at = this.#volunteers.findIndex(({ base }) => base === from);
    const who = VOLUNTEERS[at]?.name ?? from;
    this.#say(`${who} sent ${customer} wrong bytes of ${path}; it asks again`);
  };

  /** Sums up, now and then. */
  async #report(): Promise<void> {
    for (;;) {
      if (!(await this.#passed(SUMS_EVERY))) return;
      const { good, volunteers, wrong, failed } = this.#sums;
      const share = `${volunteers} of them by volunteers`;
      this.#say(`downloads: ${good} good, ${share}; ${wrong} wrong, ${failed} failed`);
    }
  }

  /** Says when who lies has been found out. */
  async #watch(): Promise<void> {
    const waiting = new Set(VOLUNTEERS.filter(({ lies }) => lies).map(({ name }) => name));
    while (waiting.size > 0 && (await this.#passed(0.5))) {
      const response = await fetch(`${this.address}-/status.json`);
      const { volunteers } = (await response.json()) as StatusJson;
      for (const { name, state } of volunteers) {
        if (state !== "excluded" || !waiting.delete(name)) continue;
        this.#say(`${name} was found out by an audit: nobody is sent there any more`);
      }
    }
  }

  /** Resolves after so many seconds: to false where all ends before. */
  async #passed(seconds: number): Promise<boolean> {
    const { signal } = this.#stop;
    await pause(1000 * seconds, undefined, { signal }).catch(() => {});
    return !signal.aborted;
  }
}

/** What of `/-/status.json` is heeded here. */
interface StatusJson {
  readonly volunteers: readonly { readonly name: string; readonly state: string }[];
}
