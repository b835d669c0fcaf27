/** Registrations and announces with whatever anybody may send in them, to a server on this machine. */
import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { seededChance } from "../../coordinator/index.ts";
import type { Random } from "../../policies/index.ts";

/** Milliseconds that counters may be ahead of the clock; servers take two seconds. */
const FAR = 500;

/** A volunteer whom the server knows, and who has registered. */
export interface FuzzedVolunteer {
  readonly name: string;
  readonly token: string;
}

/**
 * Sends so many, one after the other, and looks at each answer: it is there, it is JSON with all that is
 * wrong, and nothing that is not signed is ever taken. Returns how many had which status.
 *
 * @param volunteers Take turns: each can send a thousand a second, since counters are milliseconds.
 * @param time Milliseconds since 1970 by the server's clock, when it begins.
 * @throws Error with the request that was not answered so.
 */
export async function fuzzAnnounces(
  count: number,
  seed: string,
  port: number,
  volunteers: readonly FuzzedVolunteer[],
  time = Date.now(),
): Promise<Map<number, number>> {
  const random = seededChance(seed).stream("announces");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses = new Map<number, number>();
  const start = performance.now();
  const now = () => Math.floor(time + performance.now() - start);
  const counters = volunteers.map(() => time);
  try {
    for (let i = 0; i < count; i++) {
      const turn = i % volunteers.length;
      const { name, token } = volunteers[turn];
      if (counters[turn] > now() + FAR) await setTimeout(FAR);
      counters[turn] = Math.max(counters[turn] + 1, now());
      const counter = counters[turn];
      const path = random() < 0.3 ? "/-/volunteers" : "/-/announce";
      const body = bodyFor(path, random);
      const right = { name, counter: String(counter), signature: "" };
      right.signature = signatureOf(token, path, right.counter, body);
      const headers = random() < 0.2 ? spoiled(right, random) : right;
      const isAuthentic = headers === right;
      const { status, text } = await sent(port, path, headers, body, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const problem = problemOf(status, text, isAuthentic);
      if (problem !== null) {
        const asked = JSON.stringify({ path, headers, body: body.toString("utf8").slice(0, 2000) });
        throw new Error(`${problem}: ${status} ${text.slice(0, 500)}\nto request ${i}: ${asked}`);
      }
    }
  } finally {
    agent.destroy();
  }
  return statuses;
}

interface Headers {
  readonly name: string;
  readonly counter: string;
  signature: string;
}

function signatureOf(token: string, path: string, counter: string, body: Uint8Array): string {
  const head = `POST\n${path}\n${counter}\n`;
  return createHmac("sha256", token).update(head).update(body).digest("hex");
}

/** With one thing that makes it somebody else's, or an older one. */
function spoiled(right: Headers, random: Random): Headers {
  const spoilt: readonly Headers[] = [
    { ...right, name: pick(["", "mallory", "__proto__", "constructor", "a".repeat(5000)], random) },
    {
      ...right,
      counter: pick(["", "0", "-1", "1e3", "NaN", "9".repeat(15), "9".repeat(300)], random),
    },
    { ...right, counter: String(Number(right.counter) - 1 - Math.floor(1e6 * random())) },
    { ...right, signature: pick(["", "0".repeat(64), "g".repeat(64), "é".repeat(32)], random) },
    { ...right, signature: right.signature.toUpperCase().replace(/\d/g, "0") },
  ];
  return pick(spoilt, random);
}

const MESSAGES = {
  "/-/volunteers": {
    ...{ urls: ["http://127.0.0.1:9/"], uplink: 1e6, shared: 1e6, disk: 1e9, caches: false },
    ...{ covers: ["pool"], volatile: true, availability: 0.5, ipv4: true, ipv6: false },
  },
  "/-/announce": {
    ...{ uploaded: 1, downloaded: 2, left: 3, started: true, completed: ["a"], dropped: ["b"] },
    ...{ began: [4, 5], holds: { manifest: 0, except: ["c"] }, active: 6, leaving: false },
    receipts: [{ address: "10.0.0.1", agent: "apt", path: "a", bytes: 7, ago: 8 }],
    synchronisation: {
      ...{ state: "waiting", pendingFiles: 1, pendingBytes: 2, capacity: 3, delivering: 4 },
    },
  },
} as const;

/** What nobody expects where something else stands. */
const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 0.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 5e-324],
  ...["", "a", "../../etc/passwd", "%2e%2e/", "a\r\nX: y", "\0", "\ud800", "x".repeat(5000), "//a"],
  ...["http://127.0.0.1:9/", "http://u:p@h/?q#f", "http://[::1", "javascript:x", "constructor"],
  ...[[], {}, [[]], [null], [{}], { a: 1 }, { length: 1e9 }, { manifest: 1e9 }, { paths: "a" }],
];

function bodyFor(path: keyof typeof MESSAGES, random: Random): Buffer {
  const draw = random();
  if (draw < 0.1) return Buffer.from(Array.from({ length: 50 }, () => Math.floor(256 * random())));
  let message: unknown = MESSAGES[path];
  const changes = Math.floor(4 * random());
  for (let i = 0; i < changes; i++) message = changed(message, random);
  const body = Buffer.from(JSON.stringify(message) ?? "");
  if (draw > 0.2 || body.length === 0) return body;
  const at = Math.floor(body.length * random());
  if (draw < 0.15) return body.subarray(0, at);
  body[at] ^= 1 << Math.floor(8 * random());
  return body;
}

/** With one value that is another, left out or new. */
function changed(value: unknown, random: Random): unknown {
  const isObject = typeof value === "object" && value !== null;
  if (!isObject || random() < 0.2) return pick(ODD, random);
  const entries = Object.entries(value);
  const at = Math.floor(entries.length * random());
  if (entries.length === 0 || random() < 0.1) entries.push(["odd", pick(ODD, random)]);
  else if (random() < 0.2) entries.splice(at, 1);
  else entries[at] = [entries[at][0], changed(entries[at][1], random)];
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  return values[Math.floor(values.length * random())];
}

/** Statuses of refusals; those of a server that has failed are not among them. */
const REFUSALS = [400, 401, 409, 413, 429];

function problemOf(status: number, text: string, isAuthentic: boolean): string | null {
  if (status === 200) return isAuthentic ? null : "took what was not signed";
  if (!REFUSALS.includes(status)) return "failed";
  if (/\n\s+at |node:internal|\.[jt]s:\d/.test(text)) return "told where its code is";
  try {
    const { errors } = JSON.parse(text);
    const isClear = Array.isArray(errors) && errors.length > 0;
    return isClear && errors.every((each) => typeof each === "string") ? null : "told no error";
  } catch {
    return "no JSON";
  }
}

function sent(
  port: number,
  path: string,
  { name, counter, signature }: Headers,
  body: Buffer,
  agent: Agent,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...{ "X-Mirrorlab-Volunteer": name, "X-Mirrorlab-Counter": counter },
      ...{ "X-Mirrorlab-Signature": signature, "Content-Length": body.length },
    };
    const asked = request({ port, host: "127.0.0.1", method: "POST", path, headers, agent });
    asked.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    asked.on("error", reject).end(body);
  });
}
