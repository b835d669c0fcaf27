import { assert } from "../../engine/assert.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Stream } from "../../engine/random.ts";
import type { Network } from "../../network/network.ts";
import type { Catalogue } from "../../workload/workload.ts";
import { SERVER_NODE } from "../events.ts";
import { amongPrivate, libtorrent } from "../swarm/client.ts";
import type { PeerSpec } from "../swarm/peer.ts";
import { Pieces } from "../swarm/pieces.ts";
import type { SwarmPolicies } from "../swarm/spec.ts";
import { Swarm } from "../swarm/swarm.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { Topology } from "../topology.ts";
import type { Volunteers } from "../volunteers.ts";

/** opentracker's default: half an hour between announces, and 50 peers an answer. */
const TRACKER = { interval: 1800, wanted: 50 };

/** A swarm, and which of its volunteers fetch by it. */
interface Member {
  readonly swarm: Swarm;
  /** Volunteers that have begun and are not complete, on line or not. */
  readonly fetching: Set<number>;
}

/** In a swarm the server, which is node -1, is peer 0. */
const peerOf = (node: number) => node + 1;
const nodeOf = (peer: number) => peer - 1;

/**
 * One exact swarm for each file that somebody fetches: the server and all volunteers that are on
 * line and hold the file are its seeds. It lasts until all that began have everything.
 */
export class ExactSwarms {
  readonly #world: SwarmWorld;
  readonly #swarms = new Map<number, Member>();
  #count = 0;

  constructor(world: SwarmWorld) {
    this.#world = world;
  }

  /** The volunteer fetches the file, or goes on with it, in pieces of that many bytes. */
  join(volunteer: number, file: number, pieceSize: number): void {
    const member = this.#swarms.get(file) ?? this.#found(file, pieceSize);
    member.fetching.add(volunteer);
    member.swarm.join(peerOf(volunteer));
    // Its last piece may have been checked after it had left.
    if (member.swarm.peers[peerOf(volunteer)].isComplete) this.#completed(file, volunteer);
  }

  /** The volunteer does not want the file any more. */
  forget(volunteer: number, file: number): void {
    const member = this.#swarms.get(file);
    if (member?.fetching.has(volunteer)) this.#left(file, member, volunteer);
  }

  /** The node, a volunteer or the server, leaves all swarms, whether it fetches or gives. */
  leave(node: number): void {
    for (const { swarm } of this.#swarms.values()) swarm.leave(peerOf(node));
  }

  /** The node is back, and gives what it has; what it fetches, it joins by itself. */
  comeBack(node: number): void {
    for (const [file, { swarm }] of this.#swarms) {
      const isSeed = node === SERVER_NODE || this.#world.volunteers.holds.has(node, file);
      if (isSeed) swarm.join(peerOf(node));
    }
  }

  #found(file: number, pieceSize: number): Member {
    const { engine, network, topology, volunteers, catalogue, spec, stream } = this.#world;
    const common = {
      client: amongPrivate(libtorrent), // As in an enterprise.
      delay: spec.rtt / 4, // A round trip crosses the ways of both, there and back.
      seeds: Number.POSITIVE_INFINITY,
    };
    const now = engine.now;
    const server: PeerSpec = {
      ...common,
      role: "seed",
      uplink: topology.server,
      downlink: topology.server,
      at: now,
    };
    const peers = volunteers.classes.map((_, volunteer): PeerSpec => {
      const isSeed = volunteers.holds.has(volunteer, file);
      const { uplink, downlink } = topology.volunteers[volunteer];
      return {
        ...common,
        role: isSeed ? "seed" : "leecher",
        uplink,
        downlink,
        at: isSeed && volunteers.isOnline(volunteer) ? now : Number.POSITIVE_INFINITY,
      };
    });
    const fetching = new Set<number>();
    const name = `swarm ${this.#count++}`;
    const swarm: Swarm = new Swarm({
      name,
      engine,
      network,
      pieces: new Pieces(catalogue.size[file], pieceSize),
      peers: [server, ...peers],
      queue: this.#world.queue,
      tracker: TRACKER,
      stream: (of) => stream(`${of} of file ${file}`),
      path: (from, to) => topology.synchronisation(nodeOf(from), nodeOf(to)).data,
      policies: this.#world.policies,
      weight: spec.weight,
      priority: spec.yields ? 1 : 0,
      onComplete: (peer) => this.#completed(file, nodeOf(peer)),
      onSent: (from, to, bytes) => this.#world.onMoved(nodeOf(from), nodeOf(to), bytes),
    });
    const member = { swarm, fetching };
    this.#swarms.set(file, member);
    return member;
  }

  #completed(file: number, volunteer: number): void {
    const member = this.#swarms.get(file);
    assert(member !== undefined, `the swarm of file ${file} is over`);
    if (!this.#world.volunteers.isOnline(volunteer)) return;
    this.#left(file, member, volunteer);
    this.#world.onFetched(volunteer);
  }

  #left(file: number, { swarm, fetching }: Member, volunteer: number): void {
    fetching.delete(volunteer);
    if (fetching.size > 0) return;
    swarm.stop();
    this.#swarms.delete(file);
  }
}

export interface SwarmWorld {
  readonly engine: Engine;
  readonly network: Network;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
  readonly catalogue: Catalogue;
  readonly spec: SynchronisationSpec;
  /** Bytes that wait in front of a full link. */
  readonly queue: number;
  readonly stream: (name: string) => Stream;
  /** Rules that replace those of the clients. */
  readonly policies: SwarmPolicies;
  /** Bytes went from one node to another; either may be the server. */
  readonly onMoved: (from: number, to: number, bytes: number) => void;
  readonly onFetched: (volunteer: number) => void;
}
