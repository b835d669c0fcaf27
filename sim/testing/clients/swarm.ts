/**
 * A real swarm through our own tracker: libtorrent and aria2 fetch a file of which one peer has it, one
 * peer lies, and one webseed lies. The server itself does not give it out, so that they need each other.
 */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testFolder } from "../../live/pieces/testing.ts";
import { Tracker } from "../../live/tracker/tracker.ts";
import {
  type CorruptReport,
  TRACKER_LIMITS,
  type TrackerParts,
} from "../../live/tracker/tracker-parts.ts";
import { bind, policies, policyNamed } from "../../policies/index.ts";
import { end, start } from "./processes.ts";

/** One thing that was to be, and whether it was. */
export interface SwarmResult {
  readonly what: string;
  readonly isOk: boolean;
  readonly found: string;
}

/** The programs that it takes, of Debian's python3-libtorrent and aria2. */
const PYTHON = "/usr/bin/python3";
const ARIA2 = "/usr/bin/aria2c";
const PEER = fileURLToPath(new URL("./libtorrent-peer.py", import.meta.url));

const NAME = "image.iso";
const SIZE = 8_000_000;
/** Seconds between announces. */
const INTERVAL = 3;

/** The swarm has so many seconds. Everything listens on the loopback device. */
export async function testSwarm(limit = 90): Promise<readonly SwarmResult[]> {
  const missing = [PYTHON, ARIA2].filter((program) => !existsSync(program));
  if (missing.length > 0) {
    return [{ what: "the programs are there", isOk: false, found: `no ${missing.join(", ")}` }];
  }
  const room = mkdtempSync(join(tmpdir(), "mirrorlab-swarm-"));
  const image = randomBytes(SIZE);
  const lies = Buffer.from(image);
  for (let at = 0; at < SIZE; at += 10_000) lies[at] ^= 1;
  const files = testFolder({ [`pool/${NAME}`]: image });
  const reports: CorruptReport[] = [];
  const servers: Server[] = [];
  const peers: ReturnType<typeof start>[] = [];
  try {
    let askedOfLiar = 0;
    const liar = await listening((request, response) => {
      askedOfLiar++;
      sendRange(lies, request.headers.range, response);
    }, servers);
    let handler: Tracker["handler"] = () => false;
    const self = await listening((request, response) => {
      const url = new URL(request.url ?? "", "http://server");
      if (!handler(request, response, url)) response.writeHead(503).end();
    }, servers);
    const { torrents } = files.start({ self, mirrorsOf: () => [liar] });
    const tracker = new Tracker(partsOf((infoHash) => torrents.filesOf(infoHash), reports));
    handler = tracker.handler;
    const torrent = join(room, "image.torrent");
    writeFileSync(torrent, (await torrents.torrentOf(0)) ?? "");

    const running = (name: string, address: string, role: "seed" | "lie" | "fetch" | "aria2") => {
      const cwd = join(room, name);
      mkdirSync(cwd);
      if (role === "seed") writeFileSync(join(cwd, NAME), image);
      if (role === "lie") writeFileSync(join(cwd, NAME), lies);
      const argv =
        role === "aria2"
          ? aria2(torrent, cwd, address)
          : [PYTHON, PEER, torrent, cwd, address, role];
      const child = start({ argv, cwd, env: { HOME: cwd, PATH: "/usr/bin:/bin" } });
      const said = { output: "" };
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding("utf8").on("data", (text: string) => {
          said.output += text;
        });
      }
      peers.push(child);
      return { child, said, file: join(cwd, NAME) };
    };
    running("seed", "127.0.0.11", "seed");
    running("liar", "127.0.0.12", "lie");
    await until(() => tracker.size.peers === 2, limit);
    const fetching = [
      ["libtorrent", running("libtorrent", "127.0.0.13", "fetch")],
      ["another libtorrent", running("libtorrent2", "127.0.0.14", "fetch")],
      ["aria2", running("aria2", "127.0.0.15", "aria2")],
      ["another aria2", running("aria22", "127.0.0.16", "aria2")],
    ] as const;
    const isDone = ([, { child, said }]: (typeof fetching)[number]) =>
      child.exitCode !== null || said.output.includes("done\n");
    const begun = performance.now();
    await until(() => fetching.every(isDone), limit);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    // What was corrupt is told with the next announce.
    await until(() => reports.length > 0, 3 * INTERVAL);
    const expected = digestOf(image);
    return [
      ...fetching.map(([name, { file, said }]) => ({
        what: `${name} has the file`,
        isOk: existsSync(file) && digestOf(readFileSync(file)) === expected,
        found: `after at most ${seconds} s: ${said.output.split("\n").slice(-4).join(" | ")}`,
      })),
      {
        what: "the tracker hears of corrupt bytes",
        isOk: reports.length > 0,
        found: reports.map(({ address, corrupt }) => `${address}: ${corrupt} B`).join(", "),
      },
      {
        what: "the lying webseed was asked",
        isOk: askedOfLiar > 0,
        found: `${askedOfLiar} times`,
      },
    ];
  } finally {
    for (const child of peers) end(child);
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    files.end();
    rmSync(room, { recursive: true, force: true });
  }
}

function partsOf(filesOf: TrackerParts["filesOf"], reports: CorruptReport[]): TrackerParts {
  return {
    filesOf,
    handout: bind(policyNamed(policies.handout, "random")),
    random: Math.random,
    now: () => performance.now() / 1000,
    addressOf: ({ socket }) => socket.remoteAddress ?? "",
    siteOf: () => "",
    isOrigin: () => false,
    onCorrupt: (report) => reports.push(report),
    ...{ interval: INTERVAL, minInterval: 1, limits: TRACKER_LIMITS },
  };
}

function aria2(torrent: string, folder: string, address: string): string[] {
  const quiet = ["--no-conf", "--console-log-level=warn", "--summary-interval=0"];
  const alone = ["--enable-dht=false", "--bt-enable-lpd=false", "--enable-peer-exchange=false"];
  const place = [`--dir=${folder}`, `--interface=${address}`, "--seed-time=0"];
  return [ARIA2, ...quiet, ...alone, ...place, `--bt-tracker-interval=${INTERVAL}`, torrent];
}

/** Its address, with a slash at the end. */
async function listening(listener: RequestListener, servers: Server[]): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function sendRange(
  bytes: Buffer,
  range: string | undefined,
  response: Parameters<RequestListener>[1],
): void {
  const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  const last = to === "" ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1);
  const part = bytes.subarray(Number(from), last + 1);
  response.writeHead(range === undefined ? 200 : 206, {
    "Content-Length": part.length,
    "Content-Range": `bytes ${from}-${last}/${bytes.length}`,
  });
  response.end(part);
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Waits for it, at most so many seconds. */
async function until(isSo: () => boolean, limit: number): Promise<void> {
  const last = performance.now() + 1000 * limit;
  while (!isSo() && performance.now() < last) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
