import { assert } from "../../engine/assert.ts";
import type { Ticket } from "../../engine/event-queue.ts";
import type { Stream } from "../../engine/random.ts";
import type { LinkId } from "../../network/network.ts";
import type { SwarmClient } from "./client.ts";
import { NOBODY, SEVERAL } from "./picking.ts";
import type { Pieces } from "./pieces.ts";

/** A block that has arrived, where others hold how many connections it is asked from. */
const RECEIVED = 255;

export interface PeerSpec {
  readonly client: SwarmClient;
  /** `web` is a server that gives pieces over HTTP and is known from the start (BEP 19). */
  readonly role: "seed" | "leecher" | "web";
  /** What its order of pieces is drawn by, unique in its swarm; its number if absent. */
  readonly name?: string;
  /** Whether it is the server's own. */
  readonly origin?: boolean;
  /** The site that its operator has named. */
  readonly site?: string;
  readonly uplink: LinkId;
  readonly downlink: LinkId;
  /** Seconds from the peer to the core of the network. */
  readonly delay: number;
  /** When it joins, in seconds; `Infinity` for one that joins when `Swarm.join` is called. */
  readonly at: number;
  /** Seconds it stays once it has everything; `Infinity` for as long as the swarm lasts. */
  readonly seeds: number;
}

/** One member of a swarm: what it has, what it has asked for, and what it has counted. */
export class Peer {
  readonly id: number;
  readonly spec: PeerSpec;
  readonly pieces: Pieces;
  /** 1 for a piece that is complete and checked. */
  readonly have: Uint8Array;
  haveCount = 0;
  /** Copies of each piece among the peers it is connected with. */
  readonly availability: Int32Array;
  /** Which connection blocks of a piece are asked from. */
  readonly asked: Int32Array;
  /** Blocks of each piece that are neither here nor asked for. */
  readonly free: Int32Array;
  /** A shuffle of the pieces. */
  readonly order: Int32Array;
  /** Pieces with blocks that are neither here nor asked for; in no order. */
  readonly open: Int32Array;
  openCount: number;
  /** Pieces of which no block is here or asked for. */
  untouched: number;
  /** Its connections that are up, by number. */
  readonly connections: number[] = [];
  /** Peers it is to connect to, in order. */
  readonly candidates: number[] = [];
  /** What it will do later, by what that is. */
  readonly timers = new Map<string, Ticket>();
  online = false;
  /** The tracker has told it of others before. */
  hasHeard = false;
  completedAt = Number.POSITIVE_INFINITY;
  joinedAt = Number.POSITIVE_INFINITY;
  /** Connection that holds the optimistic slot, or -1. */
  optimistic = -1;
  /** Rounds of choosing so far, modulo three. */
  round = 0;
  /** Bytes of small messages and acknowledgements that travel with the next block it sends. */
  owed = 0;
  /** Bytes of blocks received that were here already. */
  redundant = 0;
  /** Bytes of blocks received and sent. */
  received = 0;
  sent = 0;

  readonly #openAt: Int32Array;
  readonly #requests: Uint8Array;
  readonly #missing: Int32Array;

  constructor(id: number, spec: PeerSpec, pieces: Pieces, random: Stream) {
    this.id = id;
    this.spec = spec;
    this.pieces = pieces;
    const { count } = pieces;
    const complete = spec.role !== "leecher";
    this.have = new Uint8Array(count).fill(complete ? 1 : 0);
    this.haveCount = complete ? count : 0;
    this.availability = new Int32Array(count);
    this.asked = new Int32Array(count).fill(NOBODY);
    this.order = shuffled(count, random);
    this.open = Int32Array.from({ length: count }, (_, piece) => piece);
    this.openCount = complete ? 0 : count;
    this.untouched = this.openCount;
    this.#openAt = Int32Array.from(this.open);
    this.#requests = new Uint8Array(pieces.count * pieces.blocksPerPiece).fill(
      complete ? RECEIVED : 0,
    );
    this.free = Int32Array.from({ length: count }, (_, piece) => pieces.blocksIn(piece));
    this.#missing = complete ? new Int32Array(count) : Int32Array.from(this.free);
  }

  get isComplete(): boolean {
    return this.haveCount === this.pieces.count;
  }

  hasBlock(block: number): boolean {
    return this.#requests[block] === RECEIVED;
  }

  /** Connections a missing block is asked from. */
  requestsFor(block: number): number {
    return this.hasBlock(block) ? 0 : this.#requests[block];
  }

  /** Whether all blocks of a piece are here, checked or not. */
  isReady(piece: number): boolean {
    return this.#missing[piece] === 0;
  }

  /** The first block of an open piece that nobody was asked for. */
  freeBlock(piece: number): number {
    let block = this.pieces.firstBlock(piece);
    while (this.#requests[block] !== 0) block++;
    return block;
  }

  /** Notes that a block is asked for over a connection. */
  ask(block: number, connection: number): void {
    assert(!this.hasBlock(block), `block ${block} is asked for and is here`);
    const piece = this.pieces.pieceOf(block);
    this.#touch(piece, connection);
    if (this.#requests[block]++ === 0 && --this.free[piece] === 0) this.#close(piece);
  }

  /** Takes a request back: the block will not come over that connection. */
  release(block: number): void {
    assert(this.requestsFor(block) > 0, `block ${block} is taken back and was not asked for`);
    const piece = this.pieces.pieceOf(block);
    if (--this.#requests[block] > 0) return;
    if (this.free[piece]++ === 0) this.#reopen(piece);
    if (this.free[piece] === this.pieces.blocksIn(piece)) {
      this.asked[piece] = NOBODY;
      this.untouched++;
    }
  }

  /** Notes that a block has arrived; says whether it was the piece's last. */
  receive(block: number): boolean {
    const piece = this.pieces.pieceOf(block);
    if (this.asked[piece] === NOBODY) this.#touch(piece, SEVERAL);
    if (this.#requests[block] === 0 && --this.free[piece] === 0) this.#close(piece);
    this.#requests[block] = RECEIVED;
    return --this.#missing[piece] === 0;
  }

  /** The piece was checked and is good. */
  complete(piece: number): void {
    this.have[piece] = 1;
    this.haveCount++;
  }

  #touch(piece: number, connection: number): void {
    if (this.asked[piece] === NOBODY) {
      this.untouched--;
      this.asked[piece] = connection;
    } else if (this.asked[piece] !== connection) this.asked[piece] = SEVERAL;
  }

  #close(piece: number): void {
    const at = this.#openAt[piece];
    const last = this.open[--this.openCount];
    this.open[at] = last;
    this.#openAt[last] = at;
    this.open[this.openCount] = piece;
    this.#openAt[piece] = this.openCount;
  }

  #reopen(piece: number): void {
    const at = this.#openAt[piece];
    const first = this.open[this.openCount];
    this.open[at] = first;
    this.#openAt[first] = at;
    this.open[this.openCount] = piece;
    this.#openAt[piece] = this.openCount++;
  }
}

function shuffled(count: number, random: Stream): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
