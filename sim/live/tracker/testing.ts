/** A tracker with a clock that tests turn, and queries that nobody would send in earnest. */
import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import bencode from "bencode";
import seedrandom from "seedrandom";
import { bind, policies, policyNamed } from "../../policies/index.ts";
import { ANNOUNCE, SCRAPE, Tracker } from "./tracker.ts";
import { type CorruptReport, TRACKER_LIMITS, type TrackerParts } from "./tracker-parts.ts";

/** The only torrents there are: of files 7 and 8. */
export const TORRENT = Buffer.from("0123456789abcdefghi\xff", "latin1");
export const OTHER = Buffer.from("abcdefghi\x00123456789\x80", "latin1");

/** All bytes escaped. */
export function escapedBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

export interface Announcing {
  readonly torrent?: Uint8Array;
  readonly peerId?: string;
  readonly port?: number | string;
  readonly left?: number | string;
  /** The rest of the query. */
  readonly more?: string;
}

export function announceTarget(announcing: Announcing = {}): string {
  const { torrent = TORRENT, peerId = "-XX0001-", port = 6881, left = 100, more } = announcing;
  const id = escapedBytes(Buffer.from(peerId.padEnd(20, "."), "latin1"));
  const query = `info_hash=${escapedBytes(torrent)}&peer_id=${id}&port=${port}&left=${left}`;
  return `${ANNOUNCE}?${query}&uploaded=0&downloaded=0${more === undefined ? "" : `&${more}`}`;
}

/** What an announce or a scrape is answered, as far as there is. Peers are bytes, or dictionaries. */
export interface Answer {
  readonly "failure reason"?: Uint8Array;
  readonly interval?: number;
  readonly complete?: number;
  readonly incomplete?: number;
  readonly peers?: Uint8Array | readonly { readonly [key: string]: unknown }[];
  readonly peers6?: Uint8Array;
}

export function testTracker(changes: Partial<TrackerParts> = {}) {
  const clock = { now: 1000 };
  const reports: CorruptReport[] = [];
  const files = new Map([
    [TORRENT.toString("hex"), [7]],
    [OTHER.toString("hex"), [8]],
  ]);
  const tracker = new Tracker({
    filesOf: (infoHash) => files.get(infoHash) ?? null,
    handout: bind(policyNamed(policies.handout, "random")),
    random: seedrandom.alea("tracker"),
    now: () => clock.now,
    addressOf: ({ socket }) => socket.remoteAddress ?? "",
    siteOf: () => "",
    isOrigin: () => false,
    onCorrupt: (report) => reports.push(report),
    ...{ interval: 1800, minInterval: 60, limits: TRACKER_LIMITS },
    ...changes,
  });
  /** The answer's bytes, a character each. */
  const raw = (target: string, address = "10.0.0.1", method = "GET"): string => {
    const said: { status: number; body: string } = { status: 0, body: "" };
    const response = {
      setHeader() {},
      writeHead(status: number) {
        said.status = status;
      },
      end(body: Uint8Array) {
        said.body = Buffer.from(body).toString("latin1");
      },
    };
    const request = { method, url: target, socket: { remoteAddress: address }, headers: {} };
    const isMine = tracker.handler(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse,
      new URL(target, "http://server"),
    );
    if (!isMine) return "not mine";
    return said.status === 200 ? said.body : `${said.status} ${said.body}`;
  };
  const announce = (announcing: Announcing = {}, address = "10.0.0.1"): Answer =>
    bencode.decode(Buffer.from(raw(announceTarget(announcing), address), "latin1")) as Answer;
  return { tracker, clock, reports, files, raw, announce };
}

/** Endpoints in 6 bytes each, sorted. */
export function endpointsOf({ peers }: Answer): string[] {
  const bytes = Buffer.from(peers as Uint8Array);
  return Array.from({ length: bytes.length / 6 }, (_, index) => {
    const [a, b, c, d] = bytes.subarray(6 * index);
    return `${a}.${b}.${c}.${d}:${bytes.readUInt16BE(6 * index + 4)}`;
  }).sort();
}

/** How many requests are under way at a time. */
const SOCKETS = 8;

/**
 * Sends queries that are mostly wrong to the tracker at a port of this machine. All have to be answered:
 * by a whole dictionary of bencode, or by Node with a 4xx where they are no HTTP.
 *
 * @returns How many were answered by each kind of answer.
 * @throws AssertionError that shows the query whose answer was wrong.
 */
export async function fuzzTracker(
  count: number,
  seed: number,
  port: number,
): Promise<ReadonlyMap<string, number>> {
  const random = seedrandom.alea(`fuzz-tracker/${seed}`);
  const kinds = new Map<string, number>();
  let sent = 0;
  const lane = async () => {
    let socket = connect(port, "127.0.0.1");
    while (sent < count) {
      sent++;
      const target = hostileTarget(random);
      const answer = await answerTo(socket, target);
      if (socket.destroyed || answer.isLast) {
        socket.destroy();
        socket = connect(port, "127.0.0.1");
      }
      const kind = kindOf(answer, target);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: SOCKETS }, lane));
  return kinds;
}

interface RawAnswer {
  readonly status: number;
  readonly body: Buffer;
  readonly isLast: boolean;
}

function answerTo(socket: Socket, target: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let held = Buffer.alloc(0);
    const listen = (part: Buffer) => {
      held = Buffer.concat([held, part]);
      const end = held.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = held.subarray(0, end).toString("latin1");
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (held.length < end + 4 + length) return;
      over();
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
      const isLast = /^connection: close/im.test(head);
      resolve({ status, body: held.subarray(end + 4), isLast });
    };
    const fail = () => {
      over();
      reject(new assert.AssertionError({ message: `no answer to ${JSON.stringify(target)}` }));
    };
    const over = () => socket.off("data", listen).off("close", fail).off("error", fail);
    socket.on("data", listen).on("close", fail).on("error", fail);
    socket.write(Buffer.from(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`, "latin1"));
  });
}

function kindOf({ status, body }: RawAnswer, target: string): string {
  const shown = `${status} ${body.toString("latin1")} to ${JSON.stringify(target)}`;
  if (status !== 200) {
    assert.ok(status >= 400 && status < 500, shown);
    return String(status);
  }
  const answer = bencode.decode(body) as Answer & { readonly files?: object };
  const kind = ["failure reason", "interval", "files"].find((key) => key in answer);
  assert.ok(kind !== undefined, shown);
  // A scrape has keys that are no UTF-8, which the package cannot write.
  if (kind !== "files") assert.ok(body.equals(bencode.encode(answer as never)), shown);
  return kind;
}

const NAMES = (
  "info_hash peer_id port left uploaded downloaded event compact numwant no_peer_id key ip ipv6 " +
  "trackerid corrupt redundant supportcrypto __proto__ constructor toString"
).split(" ");
const VALUES = (
  "0 1 -1 6881 65535 65536 1e9 NaN 0x10 18446744073709551616 99999999999999999999999 started stopped " +
  "completed paused %00 %0d%0a %ff %zz % + 127.0.0.1 ::1 d1:ae i1e ../../etc/passwd [] {}"
).split(" ");

/** A target as clients send it, with some fields left out, doubled, spoilt, or made up. */
function hostileTarget(random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)];
  const noise = (most: number) => Array.from({ length: below(most) }, () => below(256));
  const value = () => {
    const kind = below(5);
    if (kind === 0) return escapedBytes(pick([TORRENT, OTHER]));
    if (kind === 1) return escapedBytes(Buffer.from(noise(40)));
    // Bytes as they are, but for what would end the request line.
    if (kind === 2) return Buffer.from(noise(20).filter((byte) => byte > 32)).toString("latin1");
    if (kind === 3) return "9".repeat(below(300));
    return pick(VALUES);
  };
  const usual = announceTarget({ peerId: pick(["a", "b", "c"]), left: pick([0, 1]) });
  const fields = usual.slice(ANNOUNCE.length + 1).split("&");
  for (let change = below(6); change > 0; change--) {
    const kind = below(4);
    if (kind === 0) fields.splice(below(fields.length), 1);
    else if (kind === 1) fields.push(`${pick(NAMES)}=${value()}`);
    else if (kind === 2) fields[below(fields.length)] = `${pick(NAMES)}=${value()}`;
    else fields.push(value());
  }
  return `${pick([ANNOUNCE, ANNOUNCE, ANNOUNCE, SCRAPE])}?${fields.join("&")}`;
}
