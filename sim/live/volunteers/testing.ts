/** What tests of the volunteers' desk share: a repository in a folder, a host that notes what it is told. */
import { createHash, createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ActionKind } from "../../coordinator/index.ts";
import type { Random } from "../../policies/index.ts";
import { type DeskParts, VolunteerDesk } from "./desk.ts";
import type { Command } from "./protocol/schemas.ts";
import type { ChangingCatalogue, DeskConfig, VolunteerHost } from "./volunteer-host.ts";

/** Files in a temporary folder, numbered as they come; each change is a version. */
export class Repository implements ChangingCatalogue {
  readonly folder = mkdtempSync(join(tmpdir(), "volunteers-"));
  version = 0;
  readonly #paths: string[] = [];
  readonly #bytes: (Buffer | null)[] = [];
  readonly #changedIn: number[] = [];
  readonly #view = Buffer.alloc(32);

  get count(): number {
    return this.#paths.length;
  }

  /** Adds the file, or changes it. Returns its number. */
  put(path: string, bytes: Buffer): number {
    const at = this.#paths.indexOf(path);
    const file = at < 0 ? this.#paths.push(path) - 1 : at;
    this.#bytes[file] = bytes;
    this.#changedIn[file] = ++this.version;
    mkdirSync(dirname(this.location(file)), { recursive: true });
    writeFileSync(this.location(file), bytes);
    utimesSync(this.location(file), MODIFIED, MODIFIED);
    return file;
  }

  remove(file: number): void {
    this.#bytes[file] = null;
    this.version++;
  }

  bytes(file: number): Buffer {
    return this.#bytes[file] ?? Buffer.alloc(0);
  }
  find(path: string): number {
    const file = this.#paths.indexOf(path);
    return this.has(file) ? file : -1;
  }
  has(file: number): boolean {
    return (this.#bytes[file] ?? null) !== null;
  }
  path(file: number): string {
    return this.#paths[file];
  }
  size(file: number): number {
    return this.bytes(file).length;
  }
  modified(): number {
    return MODIFIED;
  }
  sha256(file: number): Uint8Array {
    return this.#view.fill(createHash("sha256").update(this.bytes(file)).digest());
  }
  md4(): null {
    return null;
  }
  location(file: number): string {
    return join(this.folder, this.#paths[file]);
  }
  identical(): readonly number[] {
    return [];
  }
  changedSince(version: number): number[] | null {
    if (version < this.oldest) return null;
    return this.#changedIn.flatMap((at, file) => (at > version ? [file] : []));
  }
  /** The oldest version of which changes are known. */
  oldest = 0;

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const MODIFIED = 1_700_000_000;

/** What it has been told, in order, without what tests are not about. */
export type Told = readonly [what: string, ...args: readonly unknown[]];

export class NotingHost implements VolunteerHost {
  readonly told: Told[] = [];
  time = 1000;
  plansSync = false;
  pace = Number.POSITIVE_INFINITY;
  /** Where requests seem to come from. */
  address = "127.0.0.1";
  onAnnounce = (): void => {};
  /** What waits until all has been written down; null where that takes no time. */
  unwritten: (() => void)[] | null = null;
  readonly #names: string[] = [];
  readonly #bases: (readonly string[])[] = [];
  #waiting: (() => void)[] = [];

  now = (): number => this.time;
  addressOf = (_: IncomingMessage): string => this.address;
  numberOf(name: string): number {
    return this.#names.indexOf(name);
  }
  bases(volunteer: number): readonly string[] {
    return this.#bases[volunteer] ?? [];
  }
  register(...[name, offer, bases]: Parameters<VolunteerHost["register"]>): number {
    this.told.push(["register", name, offer, bases]);
    if (!this.#names.includes(name)) this.#names.push(name);
    this.#bases[this.numberOf(name)] = bases;
    return this.numberOf(name);
  }
  announce(...args: Parameters<VolunteerHost["announce"]>): void {
    this.told.push(["announce", ...args]);
    this.onAnnounce();
  }
  leave(volunteer: number): void {
    this.told.push(["leave", volunteer]);
  }
  written(then: () => void): void {
    if (this.unwritten === null) then();
    else this.unwritten.push(then);
  }
  customerOf(address: string, agent: string): number {
    return address.length * 100 + agent.length;
  }
  planSync(...args: Parameters<VolunteerHost["planSync"]>): void {
    this.told.push(["planSync", ...args]);
  }
  paceSync(...args: Parameters<VolunteerHost["paceSync"]>): number {
    this.told.push(["paceSync", ...args]);
    return this.pace;
  }
  beganSync(volunteer: number): void {
    this.told.push(["beganSync", volunteer]);
  }
  audited(...args: Parameters<VolunteerHost["audited"]>): void {
    this.#tell(["audited", ...args]);
  }
  probed(...args: Parameters<VolunteerHost["probed"]>): void {
    this.#tell(["probed", ...args]);
  }

  /** What it has been told of this kind. */
  of(what: string): Told[] {
    return this.told.filter(([kind]) => kind === what);
  }

  /** When it has been told so much of audits and probes. */
  async until(count: number): Promise<void> {
    while (this.of("audited").length + this.of("probed").length < count) {
      await new Promise<void>((then) => this.#waiting.push(then));
    }
  }

  #tell(told: Told): void {
    this.told.push(told);
    for (const then of this.#waiting.splice(0)) then();
  }
}

/** Draws that come in turn, again and again. */
export function draws(...numbers: readonly number[]): Random {
  let at = 0;
  return () => numbers[at++ % numbers.length];
}

export const TOKEN = "token of alpha";
export const NOW = 1_800_000_000_000;

/** A desk behind a real port. */
export class OpenDesk {
  readonly host: NotingHost;
  readonly repository = new Repository();
  readonly desk: VolunteerDesk;
  wall = NOW;
  clock = (): number => this.wall;
  #counter = NOW + 10_000;
  #server: Server | null = null;
  #port = 0;

  constructor(config: Partial<DeskConfig>, random: Random = draws(0), host = new NotingHost()) {
    this.host = host;
    const parts: DeskParts = {
      ...{ host: this.host, catalogue: this.repository, wall: () => this.clock(), random },
      config: {
        ...{ volunteers: [{ name: "alpha", token: TOKEN }], interval: 60 },
        ...{ base: "http://server.example/", ...config },
      },
    };
    this.desk = new VolunteerDesk(parts);
    this.wall = NOW + 10_000; // It has been open for a while.
  }

  async open(): Promise<this> {
    this.#server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "/", "http://server.example");
      if (!(await this.desk.handler(request, response, url))) response.writeHead(404).end();
    });
    this.#port = await listening(this.#server);
    return this;
  }

  get port(): number {
    return this.#port;
  }

  /** Sends what is told as alpha would, except for what `changes` say. */
  async send(path: string, message: unknown, changes: Changes = {}) {
    const body = changes.body ?? JSON.stringify(message);
    const counter = changes.counter ?? ++this.#counter;
    const { name = "alpha", token = TOKEN } = changes;
    const signature = createHmac("sha256", token).update(`POST\n${path}\n${counter}\n${body}`);
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method: "POST",
      headers: {
        ...{ "X-Mirrorlab-Volunteer": name, "X-Mirrorlab-Counter": String(counter) },
        ...{ "X-Mirrorlab-Signature": signature.digest("hex"), ...changes.headers },
      },
      body: changes.sent ?? body,
    });
    const { status, headers } = response;
    return { status, headers, answer: (await response.json()) as Heard };
  }

  register(offer: object = {}) {
    return this.send("/-/volunteers", { urls: ["http://alpha.example/"], uplink: 1e6, ...offer });
  }

  announce(report: object = {}, changes: Changes = {}) {
    return this.send("/-/announce", { uploaded: 0, downloaded: 0, left: 0, ...report }, changes);
  }

  take(kind: ActionKind, subject: number): void {
    this.desk.take(kind, 0, subject);
  }

  close(): void {
    this.desk.close();
    this.#server?.closeAllConnections();
    this.#server?.close();
    this.repository.close();
  }
}

/** Whatever an answer may have. */
export interface Heard {
  readonly errors: readonly string[];
  readonly time: number;
  readonly commands: readonly Command[];
  readonly atMost?: number;
}

export interface Changes {
  readonly body?: string;
  /** What goes over the wire in place of what was signed. */
  readonly sent?: string;
  readonly counter?: number | string;
  readonly name?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Does something with an open desk, and closes it whatever happens. */
export async function withDesk(
  act: (desk: OpenDesk) => Promise<void>,
  config: Partial<DeskConfig> = {},
  random?: Random,
  host?: NotingHost,
): Promise<void> {
  const desk = await new OpenDesk(config, random, host).open();
  try {
    await act(desk);
  } finally {
    desk.close();
  }
}

/** Serves as a volunteer does, or does not, while something is done. */
export async function withVolunteer(
  serve: RequestListener,
  act: (base: string) => Promise<void>,
): Promise<void> {
  const server = createServer(serve);
  const port = await listening(server);
  try {
    await act(`http://127.0.0.1:${port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((then) => server.listen(0, "127.0.0.1", then));
  return (server.address() as AddressInfo).port;
}

/** Bytes that differ from place to place. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
