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
import { closeSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
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
  const response = await fetch(command.from[0], { headers: { "Accept-Encoding": "identity" } });
  const bytes = Buffer.from(await response.arrayBuffer());
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (!response.ok || digest !== command.sha256) return {}; // It will be told again.
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
  return { completed: [command.path], bytes: bytes.length };
}

/** Totals of an interface of Linux, less what headers of Ethernet, IP and TCP take. */
function totalsOf(name) {
  const [uploaded, downloaded] = ["tx_bytes", "rx_bytes"].map((which) =>
    Math.floor(0.956 * Number(readFileSync(`/sys/class/net/${name}/statistics/${which}`, "utf8"))),
  );
  return { uploaded, downloaded };
}

const LINE = /^([\d.]+) (\S+) (\d+) (\d+) "([^"]*)" "([^"]*)"$/;

/** What has been added to an access log since the last look, as receipts; `prefix`: of the mirror. */
class AccessLog {
  #at = 0;
  #rest = "";

  constructor(path, prefix) {
    Object.assign(this, { path, prefix });
  }

  receipts() {
    const file = openSync(this.path, "r");
    const chunk = Buffer.alloc(1_000_000);
    const length = readSync(file, chunk, 0, chunk.length, this.#at);
    closeSync(file);
    this.#at += length;
    const lines = (this.#rest + chunk.toString("utf8", 0, length)).split("\n");
    this.#rest = lines.pop();
    return lines.flatMap((line) => {
      const [, time, address, status, bytes, uri, agent] = LINE.exec(line) ?? [];
      if (!uri?.startsWith(this.prefix)) return [];
      const path = decodeURIComponent(uri.slice(this.prefix.length).split("?")[0]);
      const ago = Math.max(0, Date.now() / 1000 - Number(time));
      return [{ address, agent, path, bytes: status < 400 ? Number(bytes) : 0, ago }];
    });
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

async function main() {
  const text = { type: "string" };
  const { values: given } = parseArgs({
    options: {
      ...{ server: text, name: text, "token-file": text, url: { ...text, multiple: true } },
      ...{ uplink: text, ipv6: { type: "boolean" }, interface: text, log: text, status: text },
      ...{ state: { ...text, default: "." }, folder: text },
    },
  });
  const token = readFileSync(given["token-file"], "utf8").trim();
  const volunteer = new Volunteer({ server: given.server, name: given.name, token });
  const log = given.log && new AccessLog(given.log, new URL(given.url[0]).pathname);
  const offer = {
    ...{ urls: given.url, uplink: Number(given.uplink), ipv6: given.ipv6 ?? false },
    ...(!given.folder && { covers: [] }),
  };
  const sums = { uploaded: 0, downloaded: 0, left: 0 };
  let done = { completed: [], dropped: [] };
  let started = true;
  let synced = null;
  for (let isThere = true; isThere; ) {
    let interval = 60;
    try {
      if (started) await volunteer.register(offer);
      const receipts = log ? log.receipts() : [];
      for (const { bytes } of receipts) sums.uploaded += bytes;
      const totals = given.interface ? totalsOf(given.interface) : sums;
      const version = numberIn(join(given.state, "synced"));
      const answer = await volunteer.announce({
        ...{ ...totals, left: 0, ...done, started },
        ...(given.status && { active: await activeBy(given.status) }),
        ...(log && { receipts }),
        ...(version !== null &&
          (started || version !== synced) && { holds: { manifest: version } }),
      });
      ({ interval } = answer);
      [started, synced, done] = [false, version, { completed: [], dropped: [] }];
      writeFileSync(join(given.state, "told.new"), String(answer.manifest));
      renameSync(join(given.state, "told.new"), join(given.state, "told"));
      for (const command of given.folder ? answer.commands : []) {
        const { completed = [], dropped = [], bytes = 0 } = await obey(command, given.folder);
        sums.downloaded += bytes;
        done = {
          completed: [...done.completed, ...completed],
          dropped: [...done.dropped, ...dropped],
        };
      }
    } catch (error) {
      console.error(error.message);
      if (error.status === 409) started = true;
    }
    isThere = await new Promise((then) => {
      setTimeout(() => then(true), 1000 * interval);
      process.once("SIGTERM", () => then(false));
    });
  }
  await volunteer.announce({ ...sums, leaving: true });
  process.exit();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
