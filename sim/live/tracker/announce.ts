import type { Query } from "./query.ts";

export type AnnounceEvent = "started" | "stopped" | "completed" | "";

/** What a peer announces (BEP 3), as far as the tracker heeds it. Bytes. */
export interface Announce {
  /** 40 hexadecimal digits. */
  readonly infoHash: string;
  /** 20 bytes, a character each: unlike a small Buffer it keeps no larger one alive. */
  readonly peerId: string;
  readonly port: number;
  readonly left: number;
  readonly event: AnnounceEvent;
  /** How many peers it wants to hear of. */
  readonly wanted: number;
  /** Whether peers are told of in 6 bytes (BEP 23), or else as dictionaries. */
  readonly isCompact: boolean;
  /** Whether dictionaries may be without peer ids. */
  readonly withoutPeerIds: boolean;
  /** Bytes that failed their check since it started, as libtorrent tells; 0 where nothing is told. */
  readonly corrupt: number;
  /** Bytes that it had already. */
  readonly redundant: number;
}

/** Peers that are told of where a client does not say; clients ask for 50 or so. */
const USUAL = 50;
const EVENTS: readonly string[] = ["started", "stopped", "completed"];

/**
 * Reads an announce, or says what is wrong with it in one line. `ip`, `ipv4` and `ipv6` are not heeded: a
 * peer is where its announce comes from, or anybody could have others flooded. Nor are `key` and
 * `trackerid`, since a peer is known by its address.
 *
 * @param most Peers that may be told of.
 */
export function announceOf(query: Query, most: number): Announce | string {
  const infoHash = first(query, "info_hash");
  if (infoHash?.length !== 20) return wrong("info_hash", "20 bytes");
  const peerId = first(query, "peer_id");
  if (peerId?.length !== 20) return wrong("peer_id", "20 bytes");
  const port = whole(query, "port");
  if (port === null || port < 1 || port > 65_535) return wrong("port", "1 to 65535");
  const left = whole(query, "left");
  if (left === null) return wrong("left", "bytes");
  for (const name of ["uploaded", "downloaded"]) {
    if (query.has(name) && whole(query, name) === null) return wrong(name, "bytes");
  }
  const event = text(query, "event");
  return {
    infoHash: infoHash.toString("hex"),
    peerId: peerId.toString("latin1"),
    port,
    left,
    // Others, such as BEP 21's "paused", are announces without an event.
    event: EVENTS.includes(event) ? (event as AnnounceEvent) : "",
    wanted: Math.min(whole(query, "numwant") ?? USUAL, most), // -1 is a client that does not care.
    isCompact: text(query, "compact") !== "0",
    withoutPeerIds: text(query, "no_peer_id") === "1",
    corrupt: whole(query, "corrupt") ?? 0,
    redundant: whole(query, "redundant") ?? 0,
  };
}

function wrong(name: string, expected: string): string {
  return `invalid ${name}: expected ${expected}`;
}

/** Where a name stands several times, the first counts. */
function first(query: Query, name: string): Buffer | undefined {
  return query.get(name)?.[0];
}

function text(query: Query, name: string): string {
  return first(query, name)?.toString("latin1") ?? "";
}

/** A whole number from 0 on, at most 2⁵³ - 1: clients that know no size tell of 2⁶³. */
function whole(query: Query, name: string): number | null {
  const digits = text(query, name);
  return /^\d{1,20}$/.test(digits) ? Math.min(Number(digits), Number.MAX_SAFE_INTEGER) : null;
}
