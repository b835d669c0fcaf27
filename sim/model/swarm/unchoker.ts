import type { Stream } from "../../engine/random.ts";
import type { ChokingView } from "../../policies/swarm/choking.ts";
import { leecherRound, seederRound } from "./aria2-choking.ts";
import { type ChokingRule, optimistic, reciprocal, roundRobin, type Wanting } from "./choking.ts";
import type { Message, Side } from "./connection.ts";
import type { Peer } from "./peer.ts";
import type { SwarmPolicies } from "./spec.ts";

/** Pieces a peer may have from a libtorrent seed before others get its slot: seeding_piece_quota. */
const SEEDING_QUOTA = 20;

export interface UnchokerHost {
  now(): number;
  post(side: Side, message: Message): void;
  /** Whom to send to, if that is not the client's own rule. */
  readonly policy?: NonNullable<SwarmPolicies["choking"]>;
}

/** Gives and takes the slots of peers, by a policy or by the client's rules in `choking.ts`. */
export class Unchoker {
  readonly #sides: readonly Side[];
  readonly #random: Stream;
  readonly #host: UnchokerHost;

  constructor(sides: readonly Side[], random: Stream, host: UnchokerHost) {
    this.#sides = sides;
    this.#random = random;
    this.#host = host;
  }

  /** A peer has become interested: gives it a slot, if one is free and the client does so at once. */
  consider(side: Side): void {
    const { me } = side;
    const { client } = me.spec;
    // A web server sends to everybody who asks (BEP 19).
    if (me.spec.role === "web") this.#unchoke(side);
    else if (client.unchokesAtOnce && this.#hasRoomFor(side)) this.#unchoke(side);
    else if (this.#choosesInRounds(me) && side.choking) this.#chooseInRounds(me);
  }

  /** A peer wants nothing any more. */
  reconsider(side: Side): void {
    if (this.#choosesInRounds(side.me) && !side.choking) this.#chooseInRounds(side.me);
  }

  /** The client looks at a connection: what was chosen for it takes effect. */
  act(side: Side): void {
    const { chosen } = side;
    side.chosen = null;
    if (chosen === true) this.#unchoke(side);
    else if (chosen === false) this.#choke(side);
  }

  /** Chooses anew whom the peer sends to. */
  choose(peer: Peer): void {
    const { policy } = this.#host;
    if (policy !== undefined) this.#chooseBy(policy, peer);
    else if (peer.spec.client.choosesInRounds) this.#chooseInRounds(peer);
    else this.#chooseByRule(peer);
    for (const connection of peer.connections) {
      const side = this.#sides[connection];
      side.given = 0;
      side.taken = 0;
    }
  }

  /** Gives the optimistic slot to another. A policy sees to newcomers itself. */
  chooseOptimistic(peer: Peer): void {
    if (this.#host.policy !== undefined || peer.spec.client.choosesInRounds) return;
    const wanting = this.#wanting(peer);
    const sentTo = wanting.filter(({ unchoked }) => unchoked).map(({ connection }) => connection);
    const lucky = optimistic(wanting, sentTo, this.#random);
    if (lucky === null) return;
    const before = peer.optimistic;
    if (!this.#slotFree(peer) && before >= 0 && this.#sides[before].isOpen) {
      this.#choke(this.#sides[before]);
    }
    peer.optimistic = lucky;
    this.#unchoke(this.#sides[lucky]);
  }

  #chooseBy(policy: NonNullable<UnchokerHost["policy"]>, peer: Peer): void {
    const chosen = new Set(policy.decide(this.#view(peer), this.#random).unchoke);
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      if (chosen.has(connection)) this.#unchoke(side);
      else this.#choke(side);
    }
  }

  #choosesInRounds(peer: Peer): boolean {
    return this.#host.policy === undefined && peer.spec.client.choosesInRounds;
  }

  #chooseInRounds(peer: Peer): void {
    const now = this.#host.now();
    const sides = peer.connections.map((connection) => this.#sides[connection]);
    const asking = sides
      .filter(({ wanted }) => wanted)
      .map((side) => ({
        connection: side.id,
        rate: peer.isComplete ? side.upRate : side.downRate,
        ago: now - (peer.isComplete ? side.unchokedAt : side.gaveAt),
        waits: side.sending !== null || side.requested.length > 0,
        unchoked: !side.choking,
      }));
    const rule = peer.isComplete ? seederRound : leecherRound;
    const { chosen, optimistic: lucky } = rule(asking, peer, this.#random);
    peer.optimistic = lucky;
    peer.round = (peer.round + 1) % 3;
    for (const side of sides) {
      side.chosen = chosen.includes(side.id);
      if (peer.spec.client.batching === null) this.act(side);
    }
  }

  /** One slot is the optimistic one's. */
  #chooseByRule(peer: Peer): void {
    const { client } = peer.spec;
    const wanting = this.#wanting(peer);
    const rule: ChokingRule =
      peer.isComplete && client.seeding === "in turn"
        ? roundRobin(SEEDING_QUOTA * peer.pieces.pieceSize, this.#host.now())
        : reciprocal;
    const rivals = wanting.filter(({ connection }) => connection !== peer.optimistic);
    const hasOptimistic = rivals.length < wanting.length;
    const chosen = new Set(rule(rivals, client.unchokeSlots - 1));
    if (hasOptimistic) chosen.add(peer.optimistic);
    const isFull = chosen.size >= client.unchokeSlots - 1;
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      if (chosen.has(connection)) this.#unchoke(side);
      // Who is not chosen keeps its slot as long as nobody else needs it.
      else if (!side.choking && isFull) this.#choke(side);
      else if (client.unchokesIdle && !isFull && !side.otherIsComplete) this.#unchoke(side);
    }
    if (!hasOptimistic) this.chooseOptimistic(peer);
  }

  #hasRoomFor(side: Side): boolean {
    const { policy } = this.#host;
    if (policy === undefined) return this.#slotFree(side.me);
    const { unchoke } = policy.decide(this.#view(side.me), this.#random);
    return unchoke.includes(side.id) && this.#taken(side.me) < unchoke.length;
  }

  /** What a policy sees. A client that gives slots without limit has as many as connections. */
  #view(peer: Peer): ChokingView {
    const slots = Math.min(peer.spec.client.unchokeSlots, peer.connections.length);
    return { peers: this.#wanting(peer), slots };
  }

  #slotFree(peer: Peer): boolean {
    return this.#taken(peer) < peer.spec.client.unchokeSlots;
  }

  /** Slots that are taken: a peer that wants nothing takes none. */
  #taken({ connections, spec }: Peer): number {
    const { unchokesIdle } = spec.client;
    let taken = 0;
    for (const connection of connections) {
      const { choking, wanted } = this.#sides[connection];
      if (!choking && (wanted || !unchokesIdle)) taken++;
    }
    return taken;
  }

  #unchoke(side: Side): void {
    if (!side.choking) return;
    side.choking = false;
    side.unchokedAt = this.#host.now();
    side.sentSince = 0;
    this.#host.post(side, { kind: "unchoke" });
  }

  #choke(side: Side): void {
    if (side.choking) return;
    side.choking = true;
    side.requested.length = 0;
    this.#host.post(side, { kind: "choke" });
  }

  #wanting(peer: Peer): Wanting[] {
    return peer.connections
      .map((connection) => this.#sides[connection])
      .filter((side) => side.wanted)
      .map((side) => ({
        connection: side.id,
        bytes: peer.isComplete ? side.given : side.taken,
        unchoked: !side.choking,
        since: side.unchokedAt,
        sent: side.sentSince,
      }));
  }
}
