import type { FlowId, LinkId } from "../../network/network.ts";
import type { SwarmClient } from "./client.ts";
import { BLOCK } from "./messages.ts";
import type { Peer } from "./peer.ts";

/** Small messages and blocks in the order in which one side of a connection sends them. */
export type Message =
  | { readonly kind: "bitfield"; readonly pieces: Uint8Array }
  | { readonly kind: "have"; readonly piece: number }
  | { readonly kind: "request" | "cancel" | "reject" | "block"; readonly block: number }
  | { readonly kind: "choke" | "unchoke" | "interested" | "uninterested" };

/** A block on its way out, and all bytes of its flow. */
export interface Sending {
  readonly flow: FlowId;
  readonly block: number;
  readonly bytes: number;
}

/** Bytes a second by which a rate must rise for the request queue to go on growing (libtorrent). */
const STILL_RISING = 5000;

/** One side of a connection: `me`, and what I know of `other`. The sides 2k and 2k + 1 are twins. */
export class Side {
  readonly id: number;
  readonly me: Peer;
  readonly other: Peer;
  /** Links from me to the other. */
  readonly path: readonly LinkId[];
  isOpen = true;

  /** What I know the other to have. */
  readonly theirs: Uint8Array;
  theirCount = 0;
  /** Pieces the other has and I lack. */
  interesting = 0;
  /** I have told the other that I want something. */
  interested = false;
  /** The other does not send to me. */
  choked = true;

  /** The other has told me that it wants something. */
  wanted = false;
  /** I do not send to the other. */
  choking = true;
  unchokedAt = Number.NEGATIVE_INFINITY;
  sentSince = 0;
  /** What was chosen and not yet acted upon: whether I send to the other. */
  chosen: boolean | null = null;
  /** When the other last gave a block. */
  gaveAt = Number.NEGATIVE_INFINITY;
  /** Bytes that went over the connection since I last chose whom to send to. */
  given = 0;
  taken = 0;

  /** Blocks I asked the other for, in order. */
  readonly pending: number[] = [];
  /** Blocks I asked for and no longer want, of which I have not heard yet whether they come. */
  readonly cancelled: number[] = [];
  /** Blocks of a whole piece that I shall ask the other for. */
  readonly reserved: number[] = [];
  /** How many blocks I want to have asked for. */
  queueLength: number;
  isStarting: boolean;

  /** Blocks the other asked me for and I have not yet handed to the connection. */
  readonly requested: number[] = [];
  /** Handed to the connection and not yet sent. */
  readonly outbox: Message[] = [];
  buffered = 0;
  /** What the client keeps back until it looks at the connection again, and until when. */
  readonly held: Message[] = [];
  heldUntil = Number.POSITIVE_INFINITY;
  /** The block on its way out. */
  sending: Sending | null = null;
  /** When the last message sent arrives: the next cannot be earlier. */
  arrival = 0;

  /** Bytes a second received from the other, and sent to it, averaged. */
  downRate = 0;
  upRate = 0;
  #down = 0;
  #up = 0;
  #downBefore = 0;

  constructor(id: number, me: Peer, other: Peer, path: readonly LinkId[]) {
    const { requests } = me.spec.client;
    this.id = id;
    this.me = me;
    this.other = other;
    this.path = path;
    this.theirs = new Uint8Array(me.pieces.count);
    this.queueLength = requests.initial;
    this.isStarting = requests.slowStart;
  }

  /** Whether the other has everything, as far as I know. */
  get otherIsComplete(): boolean {
    return this.theirCount === this.theirs.length;
  }

  /** Bytes that may be handed to the connection ahead of what it sends. */
  get bufferLimit(): number {
    const { seconds, min, max } = this.me.spec.client.sendBuffer;
    return Math.min(max, Math.max(min, seconds * this.upRate));
  }

  /** How many pieces in a row the other is to be asked for as a whole; 0 if block by block. */
  get wholePieces(): number {
    const { wholePieces } = this.me.spec.client;
    const bytes = Math.min(wholePieces.seconds * this.downRate, wholePieces.max);
    return Math.max(wholePieces.min, Math.floor(bytes / this.me.pieces.pieceSize));
  }

  countReceived(bytes: number): void {
    this.#down += bytes;
    this.taken += bytes;
    if (this.isStarting) this.queueLength = limited(this.queueLength + 1, this.me.spec.client);
  }

  countSent(bytes: number): void {
    this.#up += bytes;
    this.given += bytes;
    this.sentSince += bytes;
  }

  /** A second has passed: brings the rates up to date, and the length of the request queue. */
  tick(): void {
    const { client } = this.me.spec;
    // The last second weighs as much as one in so many.
    this.downRate += (this.#down - this.downRate) / client.rateSeconds;
    this.upRate += (this.#up - this.upRate) / client.rateSeconds;
    const isFlat = this.#downBefore > 0 && this.#down <= this.#downBefore + STILL_RISING;
    if (this.isStarting && !this.choked && isFlat) this.isStarting = false;
    if (!this.isStarting) {
      const ahead = Math.ceil((client.requests.seconds * this.downRate) / BLOCK);
      this.queueLength = limited(ahead, client);
    }
    this.#downBefore = this.#down;
    this.#down = 0;
    this.#up = 0;
  }
}

function limited(length: number, { requests }: SwarmClient): number {
  return Math.min(requests.max, Math.max(requests.min, length));
}
