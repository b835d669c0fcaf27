import type { Batching } from "./batching.ts";
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
  /** Seconds from its start to its first choice. */
  readonly firstUnchoke: number;
  /** Whether, while slots are free, it would also send to peers that want nothing yet. */
  readonly unchokesIdle: boolean;
  /** Whom it sends to when it has everything: each in turn, or those it sends to fastest. */
  readonly seeding: "in turn" | "fastest";
  /** Whether it chooses by aria2's rounds, also when a peer wants something or no longer does. */
  readonly choosesInRounds: boolean;
  /** Seconds that one peer keeps the optimistic slot. */
  readonly optimisticInterval: number;
  /** Whether a peer that becomes interested gets a free slot at once, not at the next choice. */
  readonly unchokesAtOnce: boolean;
  /** Whether it tells a peer at once that it wants something, or with its next choice. */
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
  /** Whether it goes on with pieces it has begun always, or if there are too many of them. */
  readonly begunFirst: "always" | "if many";
  /**
   * What a connection asks for when every piece is begun and it has nothing else to ask for: a block
   * that another was asked for, one at a time; as many as its queue holds; nothing.
   */
  readonly endGame: "one" | "all" | "none";
  /** Whether it answers a cancel that comes in time (BEP 6), and waits for that. */
  readonly rejects: boolean;
  /** Null if it sends each message at once. */
  readonly batching: Batching | null;
  /** Seconds over which it averages the rates of a connection. */
  readonly rateSeconds: number;
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
  /** It is filled when no more than this share of it is left. */
  readonly refill: number;
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
  firstUnchoke: 15,
  unchokesIdle: false,
  seeding: "in turn", // seed_choking_algorithm
  choosesInRounds: false,
  optimisticInterval: 30,
  unchokesAtOnce: true,
  interestedAtOnce: true,
  connectsFirst: 30, // torrent_connect_boost
  // connection_speed is 30 a second, spread over ticks of 100 ms.
  connectInterval: 0.1,
  connectsAtOnce: 3,
  maxPeers: 200,
  randomFirst: 4, // initial_picker_threshold
  begunFirst: "if many",
  endGame: "one", // strict_end_game_mode
  rejects: true,
  batching: null,
  rateSeconds: 5,
  requests: { initial: 4, min: 2, max: 500, slowStart: true, seconds: 3, refill: 1 },
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
  firstUnchoke: 10,
  unchokesIdle: false,
  seeding: "fastest",
  choosesInRounds: false,
  optimisticInterval: 30,
  unchokesAtOnce: false,
  interestedAtOnce: true,
  connectsFirst: 0,
  connectInterval: 1,
  connectsAtOnce: 40,
  maxPeers: 55,
  randomFirst: 4,
  begunFirst: "if many",
  endGame: "one",
  rejects: false,
  batching: null,
  rateSeconds: 5,
  requests: { initial: 5, min: 5, max: 5, slowStart: false, seconds: 0, refill: 1 },
  sendBuffer: { seconds: 0, min: BLOCK, max: BLOCK },
  wholePieces: { min: 0, seconds: 0, max: 0 },
  hashRate: SHA1_RATE,
};

/**
 * Defaults of aria2 1.36 as its manual and its source give them: blocks of a piece are asked from
 * one peer until the end game, whatever its rate, and the end game asks for all that is missing
 * (DefaultBtInteractive.cc). A connection is looked at when something happens on it, or once a
 * second (DownloadEngine.cc). Whom to send to is chosen anew when a peer wants something or no longer
 * does (BtInterestedMessage.cc).
 */
export const aria2: SwarmClient = {
  name: "aria2",
  unchokeSlots: 4,
  sparesPrivate: false,
  unchokeInterval: 10,
  firstUnchoke: 10,
  unchokesIdle: false,
  seeding: "fastest",
  choosesInRounds: true,
  optimisticInterval: 30,
  unchokesAtOnce: false,
  interestedAtOnce: true,
  connectsFirst: 0,
  connectInterval: 1,
  connectsAtOnce: 40,
  maxPeers: 55,
  randomFirst: 0,
  begunFirst: "if many",
  endGame: "all",
  rejects: true,
  batching: { pulse: 1, wakes: true, interest: 0, have: 0 },
  rateSeconds: 5,
  requests: { initial: 6, min: 6, max: 6, slowStart: false, seconds: 0, refill: 1 },
  sendBuffer: { seconds: 0, min: BLOCK, max: BLOCK },
  wholePieces: { min: 1, seconds: 0, max: 0 },
  hashRate: SHA1_RATE,
};

/**
 * Defaults of transmission 3.00. Interest and choking are looked at every 10 s, and peers that want
 * nothing may have slots (peer-mgr.c). Requests are made in pulses of half a second when a third of
 * those before is done, and messages wait for others: 2 s if they tell of interest, 10 s if they
 * tell of a piece (peer-msgs.c). Its end game, which asks only peers that have more than their share
 * of the requests under way, is left out.
 */
export const transmission: SwarmClient = {
  name: "transmission",
  unchokeSlots: 14, // upload-slots-per-torrent
  sparesPrivate: false,
  unchokeInterval: 10,
  firstUnchoke: 0.1,
  unchokesIdle: true,
  seeding: "fastest",
  choosesInRounds: false,
  optimisticInterval: 40,
  unchokesAtOnce: false,
  interestedAtOnce: false,
  connectsFirst: 0,
  connectInterval: 0.5,
  connectsAtOnce: 6,
  maxPeers: 60,
  randomFirst: 0,
  begunFirst: "always",
  endGame: "none",
  rejects: true,
  batching: { pulse: 0.5, wakes: false, interest: 2, have: 10 },
  rateSeconds: 2,
  requests: { initial: 4, min: 4, max: 512, slowStart: false, seconds: 10, refill: 0.66 },
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
