/** A repository on the disk, volunteers and a decider that says what a test wants, on a loopback port. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { md4 } from "hash-wasm";
import type {
  Asker,
  CatalogueView,
  Decider,
  Decision,
  ExcludedVolunteer,
  VolunteerAddress,
} from "../parts.ts";
import { customerHandler } from "./customer-handler.ts";
import type { CustomerParts, FilePieces } from "./customer-parts.ts";
import { limitServer, serverOptions } from "./server-limits.ts";

/** Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110, 5.6.7. */
export const MODIFIED = 784_111_777;

/** What a fake catalogue knows of a file; all of it may be changed. */
export interface FakeFile {
  path: string;
  size: number;
  sha256: Buffer;
  md4: Buffer | null;
  isThere: boolean;
}

/** A catalogue of a few files, which are on the disk. */
export class FakeCatalogue implements CatalogueView {
  version = 1;
  readonly files: FakeFile[] = [];
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "mirrorlab-http-")));
  /** Paths that were looked for. */
  readonly found: string[] = [];

  async add(path: string, text: string): Promise<number> {
    const bytes = Buffer.from(text);
    const sha256 = createHash("sha256").update(bytes).digest();
    const file = {
      path,
      size: bytes.length,
      sha256,
      md4: Buffer.from(await md4(bytes), "hex"),
      isThere: true,
    };
    this.files.push(file);
    this.version++;
    this.write(path, text);
    return this.files.length - 1;
  }

  /** Puts bytes where a file has its own, at the same time or another. */
  write(path: string, text: string, modified = MODIFIED): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
    utimesSync(join(this.root, path), modified, modified);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  get count() {
    return this.files.length;
  }

  find(path: string) {
    return this.files.findIndex((file) => file.path === path && file.isThere);
  }

  has(file: number) {
    return this.at(file).isThere;
  }

  path(file: number) {
    return this.at(file).path;
  }

  size(file: number) {
    return this.at(file).size;
  }

  modified() {
    return MODIFIED;
  }

  sha256(file: number) {
    return this.at(file).sha256;
  }

  md4(file: number) {
    return this.at(file).md4;
  }

  location(file: number) {
    return join(this.root, this.path(file));
  }

  identical() {
    return [];
  }

  at(file: number): FakeFile {
    const known = this.files[file];
    if (known === undefined) throw new Error(`unknown file: ${file}`);
    return known;
  }
}

/** Decides what it is told to, and remembers what it was asked. */
export class FakeDecider implements Decider {
  /** One object for all answers, as the coordinator has it. */
  readonly decision = { kind: "redirect", volunteer: 0, reason: "because", retryAfter: 0 } as {
    -readonly [key in keyof Decision]: Decision[key];
  };
  volunteers: VolunteerAddress[] = [
    { volunteer: 0, base: "http://zero.example/debian/" },
    { volunteer: 1, base: "https://one.example/" },
    { volunteer: 2, base: "http://[2001:db8::2]:8080/two/" },
  ];
  excluded: ExcludedVolunteer[] = [];
  readonly asked: { readonly file: number; readonly bytes: number }[] = [];
  /** Deliveries under way. */
  sending = 0;
  delivered = 0;
  /** Calls that wait for the journal, where it is held up. */
  waiting: (() => void)[] | null = null;

  asker(): Asker {
    return { customer: 1, where: 0 };
  }

  ask(_: Asker, file: number, bytes: number): Decision {
    this.asked.push({ file, bytes });
    return this.decision;
  }

  written(then: () => void): void {
    if (this.waiting === null) then();
    else this.waiting.push(then);
  }

  delivering(): () => void {
    this.sending++;
    return () => {
      this.sending--;
      this.delivered++;
    };
  }

  alternatives(_: Asker, __: number, most: number): readonly VolunteerAddress[] {
    return this.volunteers.slice(0, most);
  }

  address(volunteer: number): VolunteerAddress {
    const known = this.volunteers.find((each) => each.volunteer === volunteer);
    if (known === undefined) throw new Error(`unknown volunteer: ${volunteer}`);
    return known;
  }

  exclusions(): readonly ExcludedVolunteer[] {
    return this.excluded;
  }
}

/** A server over fakes. */
export interface FakeServer {
  readonly port: number;
  readonly server: Server;
  readonly catalogue: FakeCatalogue;
  readonly decider: FakeDecider;
  readonly differing: number[];
  readonly failures: unknown[];
  readonly torrents: Map<number, Buffer>;
  readonly pieces: Map<number, FilePieces>;
  readonly close: () => Promise<void>;
}

/** The address that the server gives for itself. */
export const SELF = "http://self.example/repo/";

/** Starts a server with files by path; metadata is what is called InRelease or index.html. */
export async function fakeServer(files: Readonly<Record<string, string>>): Promise<FakeServer> {
  const catalogue = new FakeCatalogue();
  for (const [path, text] of Object.entries(files)) await catalogue.add(path, text);
  const decider = new FakeDecider();
  const fakes = {
    ...{ catalogue, decider, differing: [] as number[], failures: [] as unknown[] },
    ...{ torrents: new Map<number, Buffer>(), pieces: new Map<number, FilePieces>() },
  };
  const parts: CustomerParts = {
    ...{ catalogue, decider },
    options: {
      isMetadata: (path) => /(?:^|\/)(?:InRelease|index\.html)$/.test(path),
      ...{ small: 4, title: "A <small> repository" },
    },
    torrentOf: async (file) => fakes.torrents.get(file) ?? null,
    piecesOf: async (file) => fakes.pieces.get(file) ?? null,
    self: () => SELF,
    differs: (file) => fakes.differing.push(file),
    failed: (error) => fakes.failures.push(error),
  };
  const server = createServer(serverOptions(), customerHandler(parts));
  limitServer(server, { maxConnections: 1000 });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    catalogue.remove();
  };
  return { ...fakes, server, port, close };
}

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** By name in lower case; all values of a name, in their order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}

/** Sends bytes as they are and reads all that comes until the server closes. */
export function exchange(port: number, bytes: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1");
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => {}); // A reset after the answer; "close" follows.
    socket.on("close", () => resolve(Buffer.concat(chunks)));
    socket.write(Buffer.from(bytes, "latin1"));
  });
}

/** The first answer in what came; status 0 where nothing did. */
export function parsed(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes
    .subarray(0, Math.max(0, end))
    .toString("latin1")
    .split("\r\n");
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1] ?? 0);
  return { status, headers, body: bytes.subarray(end + 4) };
}

/** Asks for a target with headers, on a connection of its own. */
export async function ask(
  { port }: { readonly port: number },
  target: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<RawAnswer> {
  const all = { Host: "any.example", Connection: "close", ...headers };
  const lines = Object.entries(all).map((pair) => pair.join(": "));
  return parsed(
    await exchange(port, `${method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`),
  );
}

/** The value of a header that came once at most. */
export function header(answer: RawAnswer, name: string): string | undefined {
  const values = answer.headers.get(name) ?? [];
  if (values.length > 1) throw new Error(`duplicate header: ${name}`);
  return values[0];
}
