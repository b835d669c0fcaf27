import type { Stream } from "../../engine/random.ts";
import type { Message, Side } from "./connection.ts";
import type { Peer } from "./peer.ts";
import { mostBegun, NO_PIECE, NOBODY, type PieceView, rarestFirst, roundFrom } from "./picking.ts";
import type { SwarmPolicies } from "./spec.ts";

/** What trading needs of the swarm around it. */
export interface TraderHost {
  now(): number;
  post(side: Side, message: Message): void;
  /** Whether the client looks at the connection just now, and can ask for blocks. */
  mayAct(side: Side): boolean;
  /** There may be something to send. */
  pump(side: Side): void;
  /** All blocks of a piece are there. */
  pieceReady(peer: Peer, piece: number): void;
  /** The other side wants something, which it did not before. */
  becameInterested(side: Side): void;
  /** It does no longer. */
  lostInterest(side: Side): void;
  /** Which piece to begin, if that is not the client's own rule. */
  readonly policy?: NonNullable<SwarmPolicies["pieces"]>;
}

/** What a peer does with the messages of another: asking, answering, and keeping count. */
export class Trader {
  readonly #sides: readonly Side[];
  readonly #random: Stream;
  readonly #host: TraderHost;

  constructor(sides: readonly Side[], random: Stream, host: TraderHost) {
    this.#sides = sides;
    this.#random = random;
    this.#host = host;
  }

  handle(side: Side, message: Message): void {
    switch (message.kind) {
      case "bitfield":
        this.#learnAll(side, message.pieces);
        return;
      case "have":
        this.#learn(side, message.piece);
        return;
      case "interested":
        side.wanted = true;
        this.#host.becameInterested(side);
        return;
      case "uninterested":
        side.wanted = false;
        this.#host.lostInterest(side);
        return;
      case "unchoke":
        side.choked = false;
        this.fill(side);
        return;
      case "choke":
        side.choked = true;
        this.#takeBack(side);
        this.#fillOthers(side.me);
        return;
      case "request":
        if (side.choking) return;
        side.requested.push(message.block);
        this.#host.pump(side);
        return;
      case "cancel":
        if (remove(side.requested, message.block) && side.me.spec.client.rejects) {
          this.#host.post(side, { kind: "reject", block: message.block });
        }
        return;
      case "reject":
        remove(side.cancelled, message.block);
        this.fill(side);
        return;
      case "block":
        this.#receive(side, message.block);
    }
  }

  /** Tells the other that I want something, if that is news. */
  showInterest(side: Side): void {
    if (side.interesting === 0 || side.interested) return;
    side.interested = true;
    this.#host.post(side, { kind: "interested" });
  }

  /** The connection is gone: what it was asked for has to come from elsewhere. */
  forget(side: Side): void {
    for (let piece = 0; piece < side.theirs.length; piece++) {
      if (side.theirs[piece] === 1) side.me.availability[piece]--;
    }
    this.#takeBack(side);
  }

  /** Asks for as many blocks as the request queue holds; near the end, for one that others owe. */
  fill(side: Side): void {
    const { me } = side;
    if (!side.isOpen || side.choked || !side.interested || !this.#host.mayAct(side)) return;
    if (owed(side) > me.spec.client.requests.refill * side.queueLength) return;
    while (owed(side) < side.queueLength) {
      const block = side.reserved.shift() ?? this.#pick(side);
      if (block === null) break;
      side.pending.push(block);
      this.#host.post(side, { kind: "request", block });
    }
    if (me.untouched === 0) this.#endGame(side);
  }

  #fillOthers(peer: Peer): void {
    for (const connection of [...peer.connections]) this.fill(this.#sides[connection]);
  }

  /** A block to ask for; the rest of its piece may be reserved for the same connection. */
  #pick(side: Side): number | null {
    const { me } = side;
    if (me.openCount === 0 || side.interesting === 0) return null;
    const begunFirst = me.spec.client.begunFirst === "always" || hasTooManyBegun(me);
    const whole = begunFirst || this.#host.policy !== undefined ? 0 : side.wholePieces;
    const view: PieceView = {
      open: me.open,
      openCount: me.openCount,
      theirs: side.theirs,
      availability: me.availability,
      free: me.free,
      asked: me.asked,
      order: me.order,
      connection: side.id,
      whole: whole > 0,
      begunFirst,
    };
    const piece = this.#choose(side, view);
    if (piece === NO_PIECE) return null;
    if (whole > 0 && me.asked[piece] === NOBODY) {
      this.#reserve(side, piece, whole);
      return side.reserved.shift() ?? null;
    }
    const first = me.freeBlock(piece);
    me.ask(first, side.id);
    return first;
  }

  /**
   * Reserves a run of at most `count` pieces around one of them for the connection, as far as the
   * other has them and nobody was asked for any of them (libtorrent, piece_picker::expand_piece).
   */
  #reserve(side: Side, piece: number, count: number): void {
    const { me, theirs } = side;
    const isFree = (at: number) =>
      theirs[at] === 1 && me.asked[at] === NOBODY && me.free[at] > 0 && !me.isReady(at);
    let start = piece;
    while (start > Math.max(0, piece - count + 1) && isFree(start - 1)) start--;
    let end = piece + 1;
    while (end < Math.min(theirs.length, start + count) && isFree(end)) end++;
    for (let at = start; at < end; at++) {
      while (me.free[at] > 0) {
        const block = me.freeBlock(at);
        me.ask(block, side.id);
        side.reserved.push(block);
      }
    }
  }

  #choose(side: Side, view: PieceView): number {
    const { policy } = this.#host;
    if (policy !== undefined) {
      const begun = mostBegun(view);
      return begun === NO_PIECE ? policy.decide(view, this.#random).piece : begun;
    }
    const { haveCount, spec } = side.me;
    const isNew = haveCount < spec.client.randomFirst;
    return isNew ? roundFrom(this.#startOf(side))(view) : rarestFirst(view);
  }

  #startOf(side: Side): number {
    return Math.floor(this.#random() * side.theirs.length);
  }

  /** Every missing piece is begun: asks for blocks that are already on their way from elsewhere. */
  #endGame(side: Side): void {
    const { endGame } = side.me.spec.client;
    const most = { none: 0, one: 1, all: side.queueLength }[endGame];
    while (owed(side) < most) {
      const block = this.#busyBlock(side);
      if (block === null) return;
      side.me.ask(block, side.id);
      side.pending.push(block);
      this.#host.post(side, { kind: "request", block });
    }
  }

  /** Any block that others were asked for, and this one was not. */
  #busyBlock(side: Side): number | null {
    const { me } = side;
    let chosen: number | null = null;
    let seen = 0;
    for (const connection of me.connections) {
      if (connection === side.id) continue;
      const { pending, reserved } = this.#sides[connection];
      for (const list of [pending, reserved]) {
        for (const block of list) {
          if (side.theirs[me.pieces.pieceOf(block)] === 0 || side.pending.includes(block)) continue;
          if (this.#random() * ++seen < 1) chosen = block;
        }
      }
    }
    return chosen;
  }

  #receive(side: Side, block: number): void {
    const { me } = side;
    const bytes = me.pieces.bytesOf(block);
    me.received += bytes;
    side.countReceived(bytes);
    side.gaveAt = this.#host.now();
    // It may be on its way from before a choke, and reserved anew.
    const wasPending = remove(side.pending, block) || remove(side.reserved, block);
    remove(side.cancelled, block);
    if (me.hasBlock(block)) me.redundant += bytes;
    else {
      const others = me.requestsFor(block) - (wasPending ? 1 : 0);
      const isLast = me.receive(block);
      if (others > 0) this.#cancelElsewhere(side, block);
      if (isLast) this.#finish(me, me.pieces.pieceOf(block));
    }
    this.fill(side);
  }

  #cancelElsewhere(side: Side, block: number): void {
    const idle: Side[] = [];
    for (const connection of side.me.connections) {
      const other = this.#sides[connection];
      if (other === side) continue;
      remove(other.reserved, block);
      if (!remove(other.pending, block)) continue;
      this.#host.post(other, { kind: "cancel", block });
      if (other.me.spec.client.rejects) other.cancelled.push(block);
      else idle.push(other);
    }
    // Only now: what is filled may look at what the others still owe.
    for (const other of idle) this.fill(other);
  }

  #finish(peer: Peer, piece: number): void {
    for (const connection of peer.connections) {
      const side = this.#sides[connection];
      if (side.theirs[piece] === 0 || --side.interesting > 0) continue;
      side.interested = false;
      this.#host.post(side, { kind: "uninterested" });
    }
    this.#host.pieceReady(peer, piece);
  }

  #learnAll(side: Side, pieces: Uint8Array): void {
    for (let piece = 0; piece < pieces.length; piece++) {
      if (pieces[piece] === 1) this.#note(side, piece);
    }
    if (side.me.spec.client.interestedAtOnce) this.showInterest(side);
    this.fill(side);
  }

  #learn(side: Side, piece: number): void {
    this.#note(side, piece);
    if (side.me.spec.client.interestedAtOnce) this.showInterest(side);
    this.fill(side);
  }

  #note(side: Side, piece: number): void {
    const { theirs, me } = side;
    if (theirs[piece] === 1) return;
    theirs[piece] = 1;
    side.theirCount++;
    me.availability[piece]++;
    if (!me.isReady(piece)) side.interesting++;
  }

  #takeBack(side: Side): void {
    for (const block of side.pending) side.me.release(block);
    for (const block of side.reserved) side.me.release(block);
    side.pending.length = 0;
    side.reserved.length = 0;
    side.cancelled.length = 0;
  }
}

/**
 * Whether a peer should rather go on with what it has begun: more pieces than 3/2 of its peers, or
 * than 2048 blocks (libtorrent, piece_picker::pick_pieces).
 */
function hasTooManyBegun({ openCount, untouched, connections, pieces }: Peer): boolean {
  const begun = openCount - untouched;
  return begun > 1.5 * connections.length || begun * pieces.blocksPerPiece > 2048;
}

/** Blocks that the other still owes an answer for. */
function owed({ pending, cancelled }: Side): number {
  return pending.length + cancelled.length;
}

function remove(list: number[], value: number): boolean {
  const at = list.indexOf(value);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
