import type { Stream } from "../../engine/random.ts";
import { bind } from "../../policies/policy.ts";
import type { SwarmPeer } from "../../policies/swarm/handout.ts";
import { randomPeers } from "../../policies/swarm/random-peers.ts";
import type { Peer } from "./peer.ts";
import type { SwarmPolicies } from "./spec.ts";

/** Tells peers of each other. It knows what they announce, and nothing else. */
export class Tracker {
  readonly #known: SwarmPeer[] = [];
  readonly #policy: NonNullable<SwarmPolicies["handout"]>;
  readonly #random: Stream;

  constructor(policy: SwarmPolicies["handout"], random: Stream) {
    this.#policy = policy ?? bind(randomPeers);
    this.#random = random;
  }

  /** The peer announces itself and asks for others, at most `wanted`; best first. */
  announce(peer: Peer, wanted: number): number[] {
    const known = this.#known.filter((entry) => entry.peer !== peer.id);
    const asking = entryOf(peer);
    const view = { asking, known, count: known.length, wanted };
    const { peers } = this.#policy.decide(view, this.#random);
    this.#note(asking);
    return peers.map((index) => known[index].peer);
  }

  /** The peer tells that it has everything now, and does not ask. */
  complete(peer: Peer): void {
    if (this.#placeOf(peer.id) >= 0) this.#note(entryOf(peer));
  }

  forget(peer: Peer): void {
    const place = this.#placeOf(peer.id);
    if (place >= 0) this.#known.splice(place, 1);
  }

  #note(entry: SwarmPeer): void {
    const place = this.#placeOf(entry.peer);
    if (place < 0) this.#known.push(entry);
    else this.#known[place] = entry;
  }

  #placeOf(id: number): number {
    return this.#known.findIndex(({ peer }) => peer === id);
  }
}

function entryOf({ id, isComplete, spec }: Peer): SwarmPeer {
  return {
    peer: id,
    complete: isComplete,
    origin: spec.origin ?? false,
    site: spec.site ?? "",
  };
}
