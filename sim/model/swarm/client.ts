import { BLOCK } from "./messages.ts";

/** How a program behaves: its documented defaults, and nothing that depends on the scenario. */
export interface SwarmClient {
  readonly name: string;
  /** Peers it sends to at once, the optimistic one included. */
  readonly unchokeSlots: number;
  /** Whether it sends to all peers with private addresses, beyond its slots. */
  readonly sparesPrivate: boolean;
  /** Seconds between choices of whom to send to. */
  readonly unchokeInterval: number;
  /** Seconds that one peer keeps the optimistic slot. */
  readonly optimisticInterval: number;
  /** Whether a peer that becomes interested gets a free slot at once, not at the next choice. */
  readonly unchokesAtOnce: boolean;
  /**
   * Whether it tells a peer at once that it wants something; otherwise it does so with its next
   * choice, except in answer to the list of pieces with which a connection begins.
   */
  readonly interestedAtOnce: boolean;
  /** Peers it connects to at once when the tracker has answered for the first time. */
  readonly connectsFirst: number;
  /** Seconds between looks at the list of peers to connect to. */
  readonly connectInterval: number;
  /** Peers it connects to at each look. */
  readonly connectsAtOnce: number;
  /** Connections it keeps at most. */
  readonly maxPeers: number;
  /** Pieces picked at random before it goes by rarity. */
  readonly randomFirst: number;
  readonly requests: RequestQueue;
  readonly sendBuffer: SendBuffer;
  readonly wholePieces: WholePieces;
  /** Bytes a second that it checks against the digests. */
  readonly hashRate: number;
}

/** SHA-1 on one core without instructions of its own for it, in bytes a second. */
const SHA1_RATE = 500e6;

/** How many blocks are asked for ahead. */
export interface RequestQueue {
  /** Blocks, at first. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  /** Whether the queue grows by a block for each block received while the rate still rises. */
  readonly slowStart: boolean;
  /** Seconds of the peer's rate, afterwards. */
  readonly seconds: number;
}

/** Pieces in a row that one peer is asked for, and no other is then asked for, if it is fast. */
export interface WholePieces {
  /** Pieces at least, whatever the rate. */
  readonly min: number;
  /** As much as the peer delivers in so many seconds. */
  readonly seconds: number;
  /** Bytes at most. */
  readonly max: number;
}

/** Data handed to the connection, which can neither be cancelled nor overtaken. */
export interface SendBuffer {
  /** Seconds of the connection's rate. */
  readonly seconds: number;
  /** Bytes. */
  readonly min: number;
  readonly max: number;
}

/** Unsent bytes that the socket itself takes: TCP_NOTSENT_LOWAT as libtorrent sets it. */
const SOCKET = 16_384;

/**
 * Settings as documented in settings_pack.hpp, 2.0; peers of private addresses are of the class
 * "local", which ignores the slots (session_impl.cpp, init_peer_class_filter).
 */
export const libtorrent: SwarmClient = {
  name: "libtorrent",
  unchokeSlots: 8,
  sparesPrivate: true,
  unchokeInterval: 15,
  optimisticInterval: 30,
  unchokesAtOnce: true,
  interestedAtOnce: true,
  connectsFirst: 30, // torrent_connect_boost
  // connection_speed is 30 a second, spread over ticks of 100 ms.
  connectInterval: 0.1,
  connectsAtOnce: 3,
  maxPeers: 200,
  randomFirst: 4,
  requests: { initial: 4, min: 2, max: 500, slowStart: true, seconds: 3 },
  sendBuffer: { seconds: 0.5, min: 10 * 1024 + SOCKET, max: 500 * 1024 + SOCKET },
  // whole_pieces_threshold, and the limit in request_blocks.cpp.
  wholePieces: { min: 0, seconds: 20, max: 8 * 2 ** 20 },
  hashRate: SHA1_RATE,
};

/** The protocol as first described: BEP 3, with the request backlog of its early clients. */
export const classic: SwarmClient = {
  name: "classic",
  unchokeSlots: 5,
  sparesPrivate: false,
  unchokeInterval: 10,
  optimisticInterval: 30,
  unchokesAtOnce: false,
  interestedAtOnce: true,
  connectsFirst: 0,
  connectInterval: 1,
  connectsAtOnce: 40,
  maxPeers: 55,
  randomFirst: 4,
  requests: { initial: 5, min: 5, max: 5, slowStart: false, seconds: 0 },
  sendBuffer: { seconds: 0, min: BLOCK, max: BLOCK },
  wholePieces: { min: 0, seconds: 0, max: 0 },
  hashRate: SHA1_RATE,
};

/**
 * Defaults of aria2 1.36 as its manual and BtConstants.h give them: blocks of a piece are asked from
 * one peer until the end game, whatever its rate.
 */
export const aria2: SwarmClient = {
  name: "aria2",
  unchokeSlots: 4,
  sparesPrivate: false,
  unchokeInterval: 10,
  optimisticInterval: 30,
  unchokesAtOnce: true,
  interestedAtOnce: true,
  connectsFirst: 0,
  connectInterval: 1,
  connectsAtOnce: 40,
  maxPeers: 55,
  randomFirst: 0,
  requests: { initial: 6, min: 6, max: 6, slowStart: false, seconds: 0 },
  sendBuffer: { seconds: 0, min: BLOCK, max: BLOCK },
  wholePieces: { min: 1, seconds: 0, max: 0 },
  hashRate: SHA1_RATE,
};

/** Defaults of transmission 3.00: interest and choking are looked at every 10 s (peer-mgr.c). */
export const transmission: SwarmClient = {
  name: "transmission",
  unchokeSlots: 8,
  sparesPrivate: false,
  unchokeInterval: 10,
  optimisticInterval: 40,
  unchokesAtOnce: false,
  interestedAtOnce: false,
  connectsFirst: 0,
  connectInterval: 0.5,
  connectsAtOnce: 6,
  maxPeers: 60,
  randomFirst: 0,
  requests: { initial: 4, min: 4, max: 250, slowStart: true, seconds: 10 },
  sendBuffer: { seconds: 0, min: BLOCK, max: BLOCK },
  wholePieces: { min: 0, seconds: 0, max: 0 },
  hashRate: SHA1_RATE,
};

/** Whose defaults hold for a client as a scenario names it, such as "libtorrent 2.0.8 defaults". */
export function clientNamed(description: string): SwarmClient {
  const client = [libtorrent, aria2, transmission].find(({ name }) => description.startsWith(name));
  return client ?? classic;
}

/** The client in a network whose addresses are private, as behind one router or in a testbed. */
export function amongPrivate(client: SwarmClient): SwarmClient {
  return client.sparesPrivate ? { ...client, unchokeSlots: Number.POSITIVE_INFINITY } : client;
}
