import type { Stream } from "../../engine/random.ts";
import { type ChokingPolicy, optimistic, reciprocal, roundRobin, type Wanting } from "./choking.ts";
import type { Message, Side } from "./connection.ts";
import type { Peer } from "./peer.ts";

/** Pieces a peer may have from a libtorrent seed before others get its slot: seeding_piece_quota. */
const SEEDING_QUOTA = 20;

/** Gives and takes the slots of peers, by the policies of `choking.ts`. */
export class Unchoker {
  readonly #sides: readonly Side[];
  readonly #random: Stream;
  readonly #now: () => number;
  readonly #post: (side: Side, message: Message) => void;

  constructor(
    sides: readonly Side[],
    random: Stream,
    host: { readonly now: () => number; readonly post: (side: Side, message: Message) => void },
  ) {
    this.#sides = sides;
    this.#random = random;
    this.#now = host.now;
    this.#post = host.post;
  }

  /** Whether the peer may send to one more. */
  slotFree(peer: Peer): boolean {
    const taken = peer.connections.filter((connection) => !this.#sides[connection].choking);
    return taken.length < peer.spec.client.unchokeSlots;
  }

  /** Chooses anew whom the peer sends to. One slot is the optimistic one's. */
  choose(peer: Peer): void {
    const wanting = this.#wanting(peer);
    const { unchokeSlots } = peer.spec.client;
    const policy: ChokingPolicy = peer.isComplete
      ? roundRobin(SEEDING_QUOTA * peer.pieces.pieceSize)
      : reciprocal;
    const rivals = wanting.filter(({ connection }) => connection !== peer.optimistic);
    const hasOptimistic = rivals.length < wanting.length;
    const chosen = new Set(policy(rivals, unchokeSlots - 1));
    if (hasOptimistic) chosen.add(peer.optimistic);
    for (const connection of [...peer.connections]) {
      const side = this.#sides[connection];
      side.given = 0;
      side.taken = 0;
      if (chosen.has(connection)) this.unchoke(side);
      // Who is not chosen keeps its slot as long as nobody else needs it.
      else if (!side.choking && chosen.size >= unchokeSlots - 1) this.#choke(side);
    }
    if (!hasOptimistic) this.chooseOptimistic(peer);
  }

  /** Gives the optimistic slot to another. */
  chooseOptimistic(peer: Peer): void {
    const wanting = this.#wanting(peer);
    const sentTo = wanting.filter(({ unchoked }) => unchoked).map(({ connection }) => connection);
    const lucky = optimistic(wanting, sentTo, this.#random);
    if (lucky === null) return;
    const before = peer.optimistic;
    if (!this.slotFree(peer) && before >= 0 && this.#sides[before].isOpen) {
      this.#choke(this.#sides[before]);
    }
    peer.optimistic = lucky;
    this.unchoke(this.#sides[lucky]);
  }

  unchoke(side: Side): void {
    if (!side.choking) return;
    side.choking = false;
    side.unchokedAt = this.#now();
    side.sentSince = 0;
    this.#post(side, { kind: "unchoke" });
  }

  #choke(side: Side): void {
    if (side.choking) return;
    side.choking = true;
    side.requested.length = 0;
    this.#post(side, { kind: "choke" });
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
