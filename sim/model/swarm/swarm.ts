import type { Engine, Kind } from "../../engine/engine.ts";
import { NO_TICKET } from "../../engine/event-queue.ts";
import type { LinkId } from "../../network/network.ts";
import { type Message, Side } from "./connection.ts";
import { HANDSHAKE } from "./messages.ts";
import { Peer } from "./peer.ts";
import { Sender } from "./sender.ts";
import type { SwarmSpec } from "./spec.ts";
import { Tracker } from "./tracker.ts";
import { Trader } from "./trader.ts";
import { Unchoker } from "./unchoker.ts";

/** What a peer does some time after something else, as long as it stays. */
type Timer =
  | "announce"
  | "answer"
  | "connect"
  | "second"
  | "pulse"
  | "choke"
  | "optimistic"
  | "leave";

type Kinds = Readonly<Record<Timer | "opened" | "checked", Kind>>;

/**
 * A swarm, exact to the block and the message.
 *
 * Peers learn of each other from the tracker, connect a few at a time, tell what they have and ask
 * for blocks ahead. Blocks are flows on the network and share the links as TCP does. A piece is
 * passed on when it is complete and checked, not before. This class keeps who is there, who is
 * connected and the clocks; the others do the rest.
 */
export class Swarm {
  readonly peers: readonly Peer[];
  readonly #engine: Engine;
  readonly #spec: SwarmSpec;
  readonly #sides: Side[] = [];
  readonly #sender: Sender;
  readonly #trader: Trader;
  readonly #unchoker: Unchoker;
  readonly #tracker: Tracker;
  readonly #kinds: Kinds;
  readonly #pending = new Set<string>();
  readonly #opening: (readonly [number, number])[] = [];
  #unfinished: number;
  #stopped = false;

  constructor(spec: SwarmSpec) {
    const { engine, name, stream, pieces, policies = {} } = spec;
    this.#spec = spec;
    this.#engine = engine;
    this.peers = spec.peers.map(
      (peer, id) => new Peer(id, peer, pieces, stream(`${name} order ${peer.name ?? id}`)),
    );
    this.#unfinished = this.peers.filter((peer) => !peer.isComplete).length;
    this.#sender = new Sender(
      spec,
      this.#sides,
      (side, message) => {
        if (!this.#stopped) this.#trader.handle(side, message);
      },
      (side) => {
        if (!this.#stopped) this.#unchoker.act(side);
      },
    );
    const post = (side: Side, message: Message) => this.#sender.post(side, message);
    this.#unchoker = new Unchoker(this.#sides, stream(`${name} optimistic`), {
      now: () => engine.now,
      post,
      ...(policies.choking !== undefined && { policy: policies.choking }),
    });
    this.#trader = new Trader(this.#sides, stream(`${name} picking`), {
      now: () => engine.now,
      post,
      mayAct: (side) => this.#sender.mayAct(side),
      pump: (side) => this.#sender.pump(side),
      pieceReady: (peer, piece) => this.#check(peer, piece),
      becameInterested: (side) => this.#unchoker.consider(side),
      lostInterest: (side) => this.#unchoker.reconsider(side),
      ...(policies.pieces !== undefined && { policy: policies.pieces }),
    });
    this.#tracker = new Tracker(policies.handout, stream(`${name} tracker`));
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
      checked: kind("checked", (subject) =>
        this.#complete(this.peers[Math.floor(subject / pieces.count)], subject % pieces.count),
      ),
      second: ofPeer("second", (peer) => this.#second(peer)),
      pulse: ofPeer("pulse", (peer) => this.#pulse(peer)),
      choke: ofPeer("choke", (peer) => this.#choose(peer)),
      optimistic: ofPeer("optimistic", (peer) => this.#chooseOptimistic(peer)),
      leave: kind("leave", (id) => this.leave(id)),
    };
    const join = kind("join", (id) => this.join(id));
    for (const { id, spec: peer } of this.peers) {
      if (peer.at < Number.POSITIVE_INFINITY) engine.at(peer.at, join, id);
    }
  }

  /** Leechers that do not have everything yet. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** Ends the swarm: what is under way is dropped, and its events no longer do anything. */
  stop(): void {
    for (const side of this.#sides) this.#sender.drop(side);
    this.#stopped = true;
  }

  /** The peer is there, with the complete pieces it has. It announces itself. */
  join(id: number): void {
    const peer = this.peers[id];
    if (peer.online) return;
    peer.online = true;
    peer.joinedAt = this.#engine.now;
    const { client, role } = peer.spec;
    this.#later("second", peer, 1);
    if (role === "web") return;
    if (client.batching !== null) this.#later("pulse", peer, client.batching.pulse);
    this.#later("choke", peer, client.firstUnchoke);
    this.#later("optimistic", peer, client.optimisticInterval);
    this.#ask(peer);
  }

  /** The peer goes. Complete pieces stay with it; blocks of others are lost. */
  leave(id: number): void {
    const peer = this.peers[id];
    if (!peer.online) return;
    peer.online = false;
    peer.hasHeard = false;
    peer.candidates.length = 0;
    for (const ticket of peer.timers.values()) this.#engine.cancel(ticket);
    this.#tracker.forget(peer);
    for (const connection of [...peer.connections]) this.#close(this.#sides[connection]);
  }

  /** Sets a timer of the peer, in the place of the one that may be set. */
  #later(timer: Timer, peer: Peer, seconds: number): void {
    this.#engine.cancel(peer.timers.get(timer) ?? NO_TICKET);
    peer.timers.set(timer, this.#engine.after(seconds, this.#kinds[timer], peer.id));
  }

  #ask(peer: Peer): void {
    // A connection to the tracker and the request over it.
    this.#later("answer", peer, 2 * 4 * peer.spec.delay);
    this.#later("announce", peer, this.#spec.tracker.interval);
  }

  #learn(peer: Peer): void {
    const told = this.#tracker.announce(peer, this.#spec.tracker.wanted);
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
    this.#later("connect", peer, connectInterval);
  }

  #tryConnect(peer: Peer, other: Peer): boolean {
    const pair = pairOf(peer, other);
    if (!peer.online || !other.online || this.#pending.has(pair)) return false;
    if (peer.isComplete && other.isComplete) return false;
    if (other.connections.length >= other.spec.client.maxPeers) return false;
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
      this.#sender.post(side, { kind: "bitfield", pieces: Uint8Array.from(side.me.have) });
    }
  }

  #path(from: Peer, to: Peer): readonly LinkId[] {
    return this.#spec.path?.(from.id, to.id) ?? [from.spec.uplink, to.spec.downlink];
  }

  #close(side: Side): void {
    for (const end of [side, this.#sides[side.id ^ 1]]) {
      if (!end.isOpen) continue;
      end.isOpen = false;
      this.#sender.drop(end);
      this.#trader.forget(end);
      end.me.connections.splice(end.me.connections.indexOf(end.id), 1);
    }
    this.#pending.delete(pairOf(side.me, side.other));
  }

  #check(peer: Peer, piece: number): void {
    const seconds = peer.pieces.bytesIn(piece) / peer.spec.client.hashRate;
    this.#engine.after(seconds, this.#kinds.checked, peer.id * peer.pieces.count + piece);
  }

  #complete(peer: Peer, piece: number): void {
    peer.complete(piece);
    for (const connection of peer.connections) {
      this.#sender.post(this.#sides[connection], { kind: "have", piece });
    }
    if (!peer.isComplete) return;
    peer.completedAt = this.#engine.now;
    this.#tracker.complete(peer);
    this.#unfinished--;
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      if (side.other.isComplete) this.#close(side);
    }
    if (Number.isFinite(peer.spec.seeds)) {
      this.#later("leave", peer, peer.spec.seeds);
    }
    this.#spec.onComplete?.(peer.id);
  }

  #second(peer: Peer): void {
    this.#later("second", peer, 1);
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      side.tick();
      this.#trader.fill(side);
    }
  }

  /** A client that does not act at once looks at its connections. */
  #pulse(peer: Peer): void {
    const { batching } = peer.spec.client;
    if (batching === null) return;
    this.#later("pulse", peer, batching.pulse);
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      this.#sender.look(side, () => this.#trader.fill(side));
    }
  }

  #choose(peer: Peer): void {
    this.#later("choke", peer, peer.spec.client.unchokeInterval);
    for (const connection of [...peer.connections]) {
      this.#trader.showInterest(this.#sides[connection]);
    }
    this.#unchoker.choose(peer);
  }

  #chooseOptimistic(peer: Peer): void {
    this.#later("optimistic", peer, peer.spec.client.optimisticInterval);
    this.#unchoker.chooseOptimistic(peer);
  }
}

/** Names two peers, whichever of them asks. */
function pairOf(a: Peer, b: Peer): string {
  return a.id < b.id ? `${a.id} ${b.id}` : `${b.id} ${a.id}`;
}
