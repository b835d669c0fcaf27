import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { syntheticPath } from "../live/catalogue/testing.ts";
import type { Figures } from "./benchmark.ts";
import { figuresOf } from "./script.ts";

const FILES = 2_200_000;
const VOLUNTEERS = 40;

/** All files are redirected; volunteers that are not there are neither probed nor audited. */
const SETTINGS = `url: http://127.0.0.1/
listen: { port: 0, host: 127.0.0.1 }
repository: { folder: repository, scan: 1 d, md4: false }
state: { folder: state }
server: { uplink: 1 Gbit/s }
deliver: { small: 0 B }
rescue: { again: 0 s }
tracker: { interval: 30 min, timeout: 90 min, probe: 1 d }
policies: { trust: client-reports }`;

// Plain JavaScript, which has no types.
const { Volunteer } = await import(new URL("../../examples/announce.js", import.meta.url).href);

/** Tools, each a customer of its own. */
const CUSTOMERS = 9973;

/** Seconds of each measurement, connections, and how often the two take turns. */
const SECONDS = 4;
const CONNECTIONS = 32;
const TURNS = 3;

/** The core that servers are bound to; who asks has the other. */
const SERVER_CORE = "0";
const CLIENT_CORE = "1";

/**
 * Redirects of the live server, journal and all, with 2.2 million files and forty volunteers, beside those
 * of an nginx that answers everything with one fixed 302: one process each, on the same core, by turns.
 * Needs nginx, wrk and taskset; without them only the memory is told.
 */
export async function serve(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-serve-"));
  const children: ChildProcess[] = [];
  try {
    const { child, address } = await startServer(folder);
    children.push(child);
    const missing = ["nginx", "wrk", "taskset"].filter((name) => !isInstalled(name));
    if (missing.length > 0) {
      console.log(
        `serve: without ${missing.join(", ")} (Debian: nginx, wrk, util-linux) only memory`,
      );
      return { "serve.rssBytes": residentBytes(child) };
    }
    const { child: nginx, address: fixed } = await startNginx(folder);
    children.push(nginx);
    const script = writeScript(folder);
    const ours: Load[] = [];
    const theirs: Load[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      theirs.push(loadOf(fixed, script));
      ours.push(loadOf(address, script));
    }
    const [own, other] = [median(ours), median(theirs)];
    return {
      "serve.redirects.overNginx": own.perSecond / other.perSecond,
      "serve.redirectsPerSecond": own.perSecond,
      "serve.nginx.redirectsPerSecond": other.perSecond,
      "serve.p99Seconds": own.p99,
      "serve.nginx.p99Seconds": other.p99,
      "serve.rssBytes": residentBytes(child),
    };
  } finally {
    for (const child of children) child.kill("SIGTERM");
    await Promise.all(children.map((child) => child.exitCode ?? once(child, "exit")));
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Load {
  readonly perSecond: number;
  /** Seconds that a request in a hundred takes at least. */
  readonly p99: number;
}

/** The server as it is built, on an index that was made beside it. */
async function startServer(folder: string) {
  const root = join(folder, "repository");
  mkdirSync(root);
  await figuresOf("serve-files.ts", join(folder, "state"), root, `${FILES}`);
  const names = Array.from({ length: VOLUNTEERS }, (_, number) => `mirror-${number}`);
  const tokenOf = (name: string) => `a-token-that-is-long-enough-of-${name}`;
  const volunteers = names.map((name) => `{ name: ${name}, token: ${tokenOf(name)} }`);
  writeFileSync(join(folder, "server.yaml"), `${SETTINGS}\nvolunteers: [${volunteers}]\n`);
  const program = fileURLToPath(new URL("../../bin/sim.js", import.meta.url));
  const child = spawnBound([process.execPath, program, "serve", join(folder, "server.yaml")]);
  const address = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
      const [, found] = /listening at (\S+?),/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Error(`sim serve has ended: ${output}`)));
  });
  for (const [number, name] of names.entries()) {
    const volunteer = new Volunteer({ server: address, name, token: tokenOf(name) });
    const urls = [`http://127.0.0.1:${20_000 + number}/`];
    await volunteer.register({ urls, uplink: 1e7 * (1 + (number % 10)), covers: [] });
    await pause(200); // All of them share an address, of which not everything is taken.
    const { manifest } = await volunteer.announce({ uploaded: 0, downloaded: 0, left: 0 });
    const holds = { manifest };
    await volunteer.announce({ uploaded: 0, downloaded: 0, left: 0, started: true, holds });
  }
  return { child, address };
}

async function startNginx(folder: string) {
  const port = 20_000 + Math.floor(process.pid % 10_000);
  const config = join(folder, "nginx.conf");
  writeFileSync(
    config,
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 10000000;
  client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
  uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
  server { listen 127.0.0.1:${port}; location / { return 302 http://127.0.0.1:20000$request_uri; } }
}
`,
  );
  const child = spawnBound(["nginx", "-p", folder, "-c", config]);
  const address = `http://127.0.0.1:${port}/`;
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (answer !== null) return { child, address };
    await pause(50);
  }
  throw new Error(`nginx does not answer: ${readFileSync(join(folder, "nginx.log"), "utf8")}`);
}

function spawnBound(command: readonly string[]) {
  const bound = isInstalled("taskset") ? ["taskset", "-c", SERVER_CORE, ...command] : command;
  return spawn(bound[0], bound.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
}

/** Asks for files all over the catalogue. */
function writeScript(folder: string): string {
  const paths = Array.from({ length: 1000 }, (_, number) =>
    syntheticPath((number * 104_729) % FILES),
  );
  const script = join(folder, "paths.lua");
  const list = paths.map((path) => `"/${path}"`).join(",\n");
  writeFileSync(
    script,
    `local paths = {${list}}
local at = 0
request = function()
  at = at + 1
  local agent = { ["User-Agent"] = "tool/" .. at % ${CUSTOMERS} }
  return wrk.format("GET", paths[at % #paths + 1], agent)
end
`,
  );
  return script;
}

function loadOf(address: string, script: string): Load {
  const wrk = ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, "--latency", "-s", script, address];
  const text = execFileSync("taskset", ["-c", CLIENT_CORE, "wrk", ...wrk], { encoding: "utf8" });
  const [, perSecond] = /Requests\/sec:\s+([\d.]+)/.exec(text) ?? [];
  const [, p99, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(text) ?? [];
  const wrong = /Socket errors|Non-2xx/.exec(text);
  if (perSecond === undefined || p99 === undefined || wrong !== null) throw new Error(text);
  return { perSecond: Number(perSecond), p99: Number(p99) * UNITS[unit as keyof typeof UNITS] };
}

const UNITS = { us: 1e-6, ms: 1e-3, s: 1 };

function median(loads: readonly Load[]): Load {
  return loads.toSorted((a, b) => a.perSecond - b.perSecond)[loads.length >> 1];
}

/** Memory of the process that is in use now. */
function residentBytes({ pid }: ChildProcess): number {
  const [, kilobytes] =
    /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1")) ?? [];
  return 1024 * Number(kilobytes);
}

function isInstalled(name: string): boolean {
  return spawnSync("which", [name]).status === 0;
}
