import { assert } from "../../engine/assert.ts";
import type { Engine, Kind } from "../../engine/engine.ts";
import type { Stream } from "../../engine/random.ts";
import type { LinkId, Network } from "../../network/network.ts";
import { ACK_SHARE } from "../../network/wire.ts";
import { type Message, Side } from "./connection.ts";
import { type HandoutPolicy, randomPeers } from "./handout.ts";
import { BLOCK_HEADER, HANDSHAKE } from "./messages.ts";
import { Peer } from "./peer.ts";
import type { SwarmSpec } from "./spec.ts";
import { arrives, lengthOf } from "./stream.ts";
import { Trader } from "./trader.ts";
import { Unchoker } from "./unchoker.ts";

type Event =
  | "announce"
  | "answer"
  | "connect"
  | "opened"
  | "arrive"
  | "checked"
  | "second"
  | "choke"
  | "optimistic"
  | "leave";

type Kinds = Readonly<Record<Event, Kind>>;

/**
 * A swarm, exact to the block and the message.
 *
 * Peers learn of each other from the tracker, connect a few at a time, tell what they have and ask
 * for blocks ahead. Each side of a connection sends its messages in order, small ones behind the
 * blocks that were handed to the connection before them; blocks are flows on the network and share
 * the links as TCP does. A piece is passed on when it is complete and checked, not before.
 */
export class Swarm {
  readonly peers: readonly Peer[];
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #spec: SwarmSpec;
  readonly #sides: Side[] = [];
  readonly #trader: Trader;
  readonly #messages: (readonly [side: Side, message: Message] | null)[] = [];
  readonly #freeMessages: number[] = [];
  readonly #known: number[] = [];
  readonly #tracker: Stream;
  readonly #handout: HandoutPolicy = randomPeers;
  readonly #unchoker: Unchoker;
  readonly #kinds: Kinds;
  readonly #purpose: number;
  readonly #pending = new Set<string>();
  readonly #opening: (readonly [number, number])[] = [];
  #unfinished: number;
  #stopped = false;

  constructor(spec: SwarmSpec) {
    const { engine, network, name, stream, pieces } = spec;
    this.#spec = spec;
    this.#engine = engine;
    this.#network = network;
    this.peers = spec.peers.map(
      (peer, id) => new Peer(id, peer, pieces, stream(`${name} order ${id}`)),
    );
    this.#unfinished = this.peers.filter((peer) => !peer.isComplete).length;
    const post = (side: Side, message: Message) => this.#post(side, message);
    this.#unchoker = new Unchoker(this.#sides, stream(`${name} optimistic`), {
      now: () => engine.now,
      post,
    });
    this.#trader = new Trader(this.#sides, stream(`${name} picking`), {
      post,
      pump: (side) => this.#pump(side),
      pieceReady: (peer, piece) => this.#check(peer, piece),
      slotFree: (peer) => this.#unchoker.slotFree(peer),
      unchoke: (side) => this.#unchoker.unchoke(side),
    });
    this.#tracker = stream(`${name} tracker`);
    const kind = (event: string, handler: (subject: number) => void) =>
      engine.kind(`${name}.${event}`, (subject) => {
        if (!this.#stopped) handler(subject);
      });
    const ofPeer = (event: string, handler: (peer: Peer) => void) =>
      kind(event, (id) => handler(this.peers[id]));
    this.#kinds = {
      announce: ofPeer("announce", (peer) => this.#ask(peer)),
      answer: ofPeer("answer", (peer) => this.#learn(peer)),
      connect: ofPeer("connect", (peer) =>
        this.#connectSome(peer, peer.spec.client.connectsAtOnce),
      ),
      opened: kind("opened", (opening) => this.#open(opening)),
      arrive: kind("arrive", (message) => this.#arrive(message)),
      checked: kind("checked", (subject) =>
        this.#complete(this.peers[Math.floor(subject / pieces.count)], subject % pieces.count),
      ),
      second: ofPeer("second", (peer) => this.#second(peer)),
      choke: ofPeer("choke", (peer) => this.#choose(peer)),
      optimistic: ofPeer("optimistic", (peer) => this.#chooseOptimistic(peer)),
      leave: kind("leave", (id) => this.leave(id)),
    };
    const join = kind("join", (id) => this.join(id));
    this.#purpose = network.purpose((side) => this.#sent(this.#sides[side]));
    for (const peer of this.peers) engine.at(peer.spec.at, join, peer.id);
  }

  /** Leechers that do not have everything yet. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** Ends the swarm: what is under way is dropped, and its events no longer do anything. */
  stop(): void {
    for (const side of this.#sides) this.#dropFlow(side);
    this.#stopped = true;
  }

  /** The peer is there, with the complete pieces it has. It announces itself. */
  join(id: number): void {
    const peer = this.peers[id];
    if (peer.online) return;
    peer.online = true;
    peer.joinedAt = this.#engine.now;
    const { client, role } = peer.spec;
    this.#engine.after(1, this.#kinds.second, id);
    if (role === "web") return;
    this.#engine.after(client.unchokeInterval, this.#kinds.choke, id);
    this.#engine.after(client.optimisticInterval, this.#kinds.optimistic, id);
    this.#ask(peer);
  }

  /** The peer goes. Complete pieces stay with it; blocks of others are lost. */
  leave(id: number): void {
    const peer = this.peers[id];
    if (!peer.online) return;
    peer.online = false;
    peer.candidates.length = 0;
    const known = this.#known.indexOf(id);
    if (known >= 0) this.#known.splice(known, 1);
    for (const connection of [...peer.connections]) this.#close(this.#sides[connection]);
  }

  #ask(peer: Peer): void {
    if (!peer.online) return;
    // A connection to the tracker and the request over it.
    this.#engine.after(2 * 4 * peer.spec.delay, this.#kinds.answer, peer.id);
    this.#engine.after(this.#spec.tracker.interval, this.#kinds.announce, peer.id);
  }

  #learn(peer: Peer): void {
    if (!peer.online) return;
    const others = this.#known.filter((id) => id !== peer.id);
    const told = this.#handout(others, this.#spec.tracker.wanted, this.#tracker);
    if (!this.#known.includes(peer.id)) this.#known.push(peer.id);
    const web = this.peers.filter(({ spec }) => spec.role === "web").map(({ id }) => id);
    peer.candidates.push(...(peer.isComplete ? [] : web), ...told);
    const { connectsFirst } = peer.spec.client;
    this.#connectSome(peer, peer.hasHeard ? 0 : connectsFirst);
    peer.hasHeard = true;
  }

  /** Connects to at most so many of its candidates, and will look again if some are left. */
  #connectSome(peer: Peer, count: number): void {
    const { connectInterval, maxPeers } = peer.spec.client;
    for (let tries = 0; tries < count && peer.connections.length < maxPeers; ) {
      const id = peer.candidates.shift();
      if (id === undefined) return;
      if (this.#tryConnect(peer, this.peers[id])) tries++;
    }
    if (peer.candidates.length === 0) return;
    this.#engine.after(connectInterval, this.#kinds.connect, peer.id);
  }

  #tryConnect(peer: Peer, other: Peer): boolean {
    const pair = pairOf(peer, other);
    if (!peer.online || !other.online || this.#pending.has(pair)) return false;
    if (peer.isComplete && other.isComplete) return false;
    this.#pending.add(pair);
    const rtt = 2 * (peer.spec.delay + other.spec.delay);
    // One round trip for TCP, one until both have the other's handshake.
    const opening = this.#opening.push([peer.id, other.id]) - 1;
    this.#engine.after(2 * rtt, this.#kinds.opened, opening);
    return true;
  }

  #open(opening: number): void {
    const [a, b] = this.#opening[opening];
    const [first, second] = [this.peers[a], this.peers[b]];
    if (!first.online || !second.online) {
      this.#pending.delete(pairOf(first, second));
      return;
    }
    const id = this.#sides.length;
    this.#sides.push(
      new Side(id, first, second, this.#path(first, second)),
      new Side(id + 1, second, first, this.#path(second, first)),
    );
    for (const side of [this.#sides[id], this.#sides[id + 1]]) {
      side.me.connections.push(side.id);
      side.me.owed += HANDSHAKE;
      this.#post(side, { kind: "bitfield", pieces: Uint8Array.from(side.me.have) });
    }
  }

  #path(from: Peer, to: Peer): readonly LinkId[] {
    return this.#spec.path?.(from.id, to.id) ?? [from.spec.uplink, to.spec.downlink];
  }

  #close(side: Side): void {
    for (const end of [side, this.#sides[side.id ^ 1]]) {
      if (!end.isOpen) continue;
      end.isOpen = false;
      this.#dropFlow(end);
      this.#trader.forget(end);
      end.me.connections.splice(end.me.connections.indexOf(end.id), 1);
    }
    this.#pending.delete(pairOf(side.me, side.other));
  }

  #dropFlow(side: Side): void {
    if (side.sending === null) return;
    const left = this.#network.abort(side.sending.flow);
    this.#spec.onSent?.(side.me.id, side.other.id, side.sending.bytes - left);
    side.sending = null;
  }

  #arrive(index: number): void {
    const entry = this.#messages[index];
    this.#messages[index] = null;
    this.#freeMessages.push(index);
    if (entry?.[0].isOpen) this.#trader.handle(entry[0], entry[1]);
  }

  /** Sends a small message: behind what the connection already has. */
  #post(side: Side, message: Message): void {
    if (!side.isOpen) return;
    side.me.owed += lengthOf(message);
    if (side.sending !== null) side.outbox.push(message);
    else this.#transmit(side, message);
  }

  /** The message leaves; the twin will handle it when it arrives. */
  #transmit(side: Side, message: Message): void {
    const at = arrives(side, this.#engine.now, this.#network, this.#spec.queue);
    side.arrival = at;
    const twin = this.#sides[side.id ^ 1];
    const index = this.#freeMessages.pop() ?? this.#messages.length;
    this.#messages[index] = [twin, message];
    this.#engine.at(at, this.#kinds.arrive, index);
  }

  /** Hands blocks to the connection up to its limit, and starts the next if none is on its way. */
  #pump(side: Side): void {
    while (side.requested.length > 0 && side.buffered < side.bufferLimit) {
      const block = side.requested.shift();
      if (block === undefined) break;
      side.buffered += side.me.pieces.bytesOf(block);
      side.outbox.push({ kind: "block", block });
    }
    if (side.sending === null) this.#sendNext(side);
  }

  #sendNext(side: Side): void {
    for (let message = side.outbox.shift(); message; message = side.outbox.shift()) {
      if (message.kind !== "block") {
        this.#transmit(side, message);
        continue;
      }
      const { me, path } = side;
      const bytes = me.pieces.bytesOf(message.block) + BLOCK_HEADER + me.owed;
      const flow = this.#network.start({
        path,
        bytes,
        weight: this.#spec.weight ?? 1,
        priority: this.#spec.priority ?? 0,
        cap: Number.POSITIVE_INFINITY,
        purpose: this.#purpose,
        owner: side.id,
      });
      me.owed = 0;
      side.sending = { flow, block: message.block, bytes };
      return;
    }
  }

  /** A block's last byte has left. */
  #sent(side: Side): void {
    const { sending, me, other } = side;
    assert(sending !== null, "a side finished a block it was not sending");
    const bytes = me.pieces.bytesOf(sending.block);
    side.sending = null;
    side.buffered -= bytes;
    side.countSent(bytes);
    me.sent += bytes;
    this.#spec.onSent?.(me.id, other.id, sending.bytes);
    other.owed += bytes * ACK_SHARE;
    this.#transmit(side, { kind: "block", block: sending.block });
    this.#pump(side);
  }

  #check(peer: Peer, piece: number): void {
    const seconds = peer.pieces.bytesIn(piece) / peer.spec.client.hashRate;
    this.#engine.after(seconds, this.#kinds.checked, peer.id * peer.pieces.count + piece);
  }

  #complete(peer: Peer, piece: number): void {
    peer.complete(piece);
    for (const connection of peer.connections) {
      this.#post(this.#sides[connection], { kind: "have", piece });
    }
    if (!peer.isComplete) return;
    peer.completedAt = this.#engine.now;
    this.#unfinished--;
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      if (side.other.isComplete) this.#close(side);
    }
    if (Number.isFinite(peer.spec.seeds)) {
      this.#engine.after(peer.spec.seeds, this.#kinds.leave, peer.id);
    }
    this.#spec.onComplete?.(peer.id);
  }

  #second(peer: Peer): void {
    if (!peer.online) return;
    this.#engine.after(1, this.#kinds.second, peer.id);
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      side.tick();
      this.#trader.fill(side);
    }
  }

  #choose(peer: Peer): void {
    if (!peer.online) return;
    this.#engine.after(peer.spec.client.unchokeInterval, this.#kinds.choke, peer.id);
    for (const connection of [...peer.connections]) {
      this.#trader.showInterest(this.#sides[connection]);
    }
    this.#unchoker.choose(peer);
  }

  #chooseOptimistic(peer: Peer): void {
    if (!peer.online) return;
    this.#engine.after(peer.spec.client.optimisticInterval, this.#kinds.optimistic, peer.id);
    this.#unchoker.chooseOptimistic(peer);
  }
}

/** Names two peers, whichever of them asks. */
function pairOf(a: Peer, b: Peer): string {
  return a.id < b.id ? `${a.id} ${b.id}` : `${b.id} ${a.id}`;
}
