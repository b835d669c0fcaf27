/**
 * Announces a mirror to a mirrorlab server: what it has sent, what it holds, how busy it is. Any web
 * server will do. The protocol is in sim/live/volunteers/README.md.
 *
 *     node announce.js --server URL --name NAME --token-file FILE --url URL --uplink BYTES_PER_SECOND
 *       [--ipv6] [--interface eth0 | --log ACCESS_LOG] [--status STUB_STATUS_URL]
 *       [--state FOLDER] [--folder MIRROR]
 *
 * Without `--folder` it does nothing that the server asks for, and says so by covering no files.
 */
import { createHash, createHmac } from "node:crypto";
import {
  closeSync,
  createWriteStream,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

/**
 * Speaks for one volunteer. `now` is its clock in milliseconds, which need not be right.
 *
 *     const volunteer = new Volunteer({ server: "http://127.0.0.1:8080", name, token });
 *     await volunteer.register({ urls: ["http://127.0.0.1:9001/"], uplink: 1e6 });
 *     const { commands, interval } = await volunteer.announce({ uploaded, downloaded, left });
 */
export class Volunteer {
  #offset = 0;
  #last = 0;

  constructor({ server, name, token, now = Date.now }) {
    Object.assign(this, { server, name, token, now });
  }

  register(offer) {
    return this.#tell("/-/volunteers", offer);
  }

  announce(report) {
    return this.#tell("/-/announce", report);
  }

  /** Sends it, once more if the server says that the clock is wrong. Throws what was refused. */
  async #tell(path, message, isSecond = false) {
    const body = JSON.stringify(message);
    this.#last = Math.max(this.#last + 1, this.now() + this.#offset);
    const headers = signed(this.name, this.token, path, this.#last, body);
    const signal = AbortSignal.timeout(30_000);
    const response = await fetch(new URL(path, this.server), {
      ...{ method: "POST", headers, body, signal },
    });
    const answer = await response.json();
    if (response.ok) return answer;
    if (response.status === 401 && !isSecond && Number.isFinite(answer.time)) {
      this.#offset = answer.time - this.now();
      this.#last = 0;
      return this.#tell(path, message, true);
    }
    const refusal = new Error(`${path}: ${response.status} ${answer.errors?.join("; ")}`);
    throw Object.assign(refusal, { status: response.status, ...answer });
  }
}

/** The headers that prove who sends this body. */
export function signed(name, token, path, counter, body) {
  const signature = createHmac("sha256", token).update(`POST\n${path}\n${counter}\n`).update(body);
  return {
    "Content-Type": "application/json",
    "X-Mirrorlab-Volunteer": name,
    "X-Mirrorlab-Counter": String(counter),
    "X-Mirrorlab-Signature": signature.digest("hex"),
  };
}

/** Does what a command says to files below a folder. Returns what to tell with the next announce. */
export async function obey(command, folder) {
  if (command.do === "synchronise") return {}; // Whoever has a job for that starts it here.
  const path = resolve(folder, command.path);
  if (relative(folder, path).startsWith("..")) throw new Error(`not below the mirror: ${path}`);
  if (command.do === "drop") {
    await rm(path, { force: true });
    return { dropped: [command.path] };
  }
  const hash = createHash("sha256");
  const response = await fetch(command.from[0], { headers: { "Accept-Encoding": "identity" } });
  await mkdir(dirname(path), { recursive: true });
  const hashed = async function* (chunks) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(response.body, hashed, createWriteStream(`${path}.new`));
  if (!response.ok || hash.digest("hex") !== command.sha256) {
    await rm(`${path}.new`);
    return {}; // It will be told again.
  }
  await rename(`${path}.new`, path);
  return { completed: [command.path], bytes: command.size };
}

/** Totals of an interface of Linux, less what headers of Ethernet, IP and TCP take. */
function totalsOf(name) {
  const [uploaded, downloaded] = ["tx_bytes", "rx_bytes"].map((which) =>
    Math.floor(0.956 * Number(readFileSync(`/sys/class/net/${name}/statistics/${which}`, "utf8"))),
  );
  return { uploaded, downloaded };
}

const LINE = /^([\d.]+) (\S+) (\d+) (\d+) "([^"]*)" "([^"]*)"$/;

/** What is added to an access log from now on, as receipts; `prefix`: of the mirror's addresses. */
class AccessLog {
  #at;
  #rest = "";

  constructor(path, prefix) {
    Object.assign(this, { path, prefix });
    this.#at = statSync(path).size;
  }

  receipts() {
    if (statSync(this.path).size < this.#at) this.#at = 0; // It has been rotated.
    const file = openSync(this.path, "r");
    const chunk = Buffer.alloc(1_000_000);
    const length = readSync(file, chunk, 0, chunk.length, this.#at);
    closeSync(file);
    this.#at += length;
    const lines = (this.#rest + chunk.toString("latin1", 0, length)).split("\n");
    this.#rest = lines.pop();
    return lines.flatMap((line) => this.#receipt(line));
  }

  #receipt(line) {
    const [, time, address, status, bytes, uri, agent] = LINE.exec(line) ?? [];
    if (!uri?.startsWith(this.prefix)) return [];
    try {
      const path = decodeURIComponent(uri.slice(this.prefix.length).split("?")[0]);
      const ago = Math.max(0, Date.now() / 1000 - Number(time));
      return path && [{ address, agent, path, bytes: status < 400 ? Number(bytes) : 0, ago }];
    } catch {
      return []; // No address of ours is written like that.
    }
  }
}

/** Downloads under way: those that nginx is writing, but this very question. */
async function activeBy(url) {
  const text = await (await fetch(url)).text();
  return Math.max(0, Number(/Writing: (\d+)/.exec(text)?.[1] ?? 1) - 1);
}

function numberIn(path) {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return null; // Not there yet.
  }
}

/** Files below a folder, as the repository names them. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".new"))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
}

/** Where the version stands that what it has is of: the server's last, or that of its last synchronisation. */
function versionFile({ state, folder }) {
  return join(state, folder ? "told" : "synced");
}

/** What it has, as far as it was right in that version. */
function holdings({ state, folder }) {
  const manifest = numberIn(versionFile({ state, folder }));
  if (manifest === null) return { paths: [] };
  return folder ? { manifest, paths: filesIn(folder) } : { manifest };
}

async function main() {
  const text = { type: "string" };
  const { values: given } = parseArgs({
    options: {
      ...{ server: text, name: text, "token-file": text, url: { ...text, multiple: true } },
      ...{ uplink: text, ipv6: { type: "boolean" }, interface: text, log: text, status: text },
      ...{ state: { ...text, default: "." }, folder: text },
    },
  });
  const { server, name, state, folder } = given;
  const token = readFileSync(given["token-file"], "utf8").trim();
  const volunteer = new Volunteer({ server, name, token });
  const log = given.log && new AccessLog(given.log, new URL(given.url[0]).pathname);
  const offer = {
    ...{ urls: given.url, uplink: Number(given.uplink), ipv6: given.ipv6 ?? false },
    ...(!folder && { covers: [] }),
  };
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort()).once("SIGINT", () => stop.abort());

  const sums = { uploaded: 0, downloaded: 0 };
  let news = { completed: [], dropped: [], receipts: [] };
  let [left, started, told] = [0, true, ""];
  while (!stop.signal.aborted) {
    let interval = 60;
    try {
      if (started) await volunteer.register(offer);
      for (const receipt of log ? log.receipts() : []) {
        sums.uploaded += receipt.bytes;
        news.receipts.push(receipt);
      }
      const holds = started || !folder ? holdings(given) : null;
      const isNew = holds && (started || JSON.stringify(holds) !== told);
      const answer = await volunteer.announce({
        ...{ ...sums, ...(given.interface && totalsOf(given.interface)), left, started, ...news },
        ...(given.status && { active: await activeBy(given.status) }),
        ...(isNew && { holds }),
      });
      ({ interval } = answer);
      if (holds) told = JSON.stringify(holds);
      started = false;
      news = { completed: [], dropped: [], receipts: [] };
      writeFileSync(join(state, "told.new"), String(answer.manifest));
      renameSync(join(state, "told.new"), join(state, "told"));
      const commands = folder ? answer.commands : [];
      left = commands.reduce((sum, { size = 0 }) => sum + size, 0);
      for (const command of commands) {
        const { completed = [], dropped = [], bytes = 0 } = await obey(command, folder);
        news.completed.push(...completed);
        news.dropped.push(...dropped);
        sums.downloaded += bytes;
        left -= bytes;
      }
    } catch (error) {
      console.error(error.message);
      if (error.status === 409) started = true;
      if (error.errors?.some((each) => each.startsWith("holds.manifest"))) {
        rmSync(versionFile(given)); // The server does not know it any more: nothing is held until told.
        interval = 1;
      }
    }
    await setTimeout(1000 * interval, null, { signal: stop.signal }).catch(() => {});
  }
  await volunteer.announce({ ...sums, left, leaving: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
