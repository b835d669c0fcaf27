import { assert } from "../../engine/assert.ts";
import { SERVER_NODE } from "../events.ts";
import { amongPrivate, libtorrent } from "../swarm/client.ts";
import type { PeerSpec } from "../swarm/peer.ts";
import { Pieces } from "../swarm/pieces.ts";
import type { SwarmSpec } from "../swarm/spec.ts";
import { Swarm } from "../swarm/swarm.ts";
import type { Topology } from "../topology.ts";
import type { Volunteers } from "../volunteers.ts";
import type { SyncStreams } from "./streams.ts";

/** opentracker's default: half an hour between announces, and 50 peers an answer. */
const TRACKER = { interval: 1800, wanted: 50 };

/** A swarm, and which of its volunteers fetch by it. */
interface Member {
  readonly swarm: Swarm;
  /** Volunteers that have begun and are not complete, on line or not. */
  readonly fetching: Set<number>;
  /** Those of them that are at it now, and not interrupted. */
  readonly joined: Set<number>;
}

/** What all swarms of a run have in common. */
type CommonSpec = Pick<
  SwarmSpec,
  "engine" | "network" | "queue" | "policies" | "stream" | "weight" | "priority"
>;

/** In a swarm the server, which is node -1, is peer 0. */
const peerOf = (node: number) => node + 1;
const nodeOf = (peer: number) => peer - 1;

/**
 * One exact swarm for each file that somebody fetches: the server and all volunteers that are on
 * line and hold the file are its seeds. It lasts until all that began have everything.
 */
export class ExactSwarms {
  readonly #common: CommonSpec;
  readonly #rtt: number;
  readonly #topology: Topology;
  readonly #volunteers: Volunteers;
  readonly #streams: SyncStreams;
  readonly #swarms = new Map<number, Member>();
  #count = 0;
  #onFetched: (volunteer: number) => void = () => {};

  /** `rtt`: seconds of a round trip between two machines. */
  constructor(
    common: CommonSpec,
    rtt: number,
    topology: Topology,
    volunteers: Volunteers,
    streams: SyncStreams,
  ) {
    this.#common = common;
    this.#rtt = rtt;
    this.#topology = topology;
    this.#volunteers = volunteers;
    this.#streams = streams;
  }

  /** What is to be done when a volunteer has all of a file that it fetches. */
  whenFetched(act: (volunteer: number) => void): void {
    this.#onFetched = act;
  }

  /** The volunteer fetches the file of `size` bytes, or goes on with it, in pieces of `pieceSize`. */
  join(volunteer: number, file: number, size: number, pieceSize: number): void {
    const member = this.#swarms.get(file) ?? this.#found(file, new Pieces(size, pieceSize));
    member.fetching.add(volunteer);
    member.joined.add(volunteer);
    member.swarm.join(peerOf(volunteer));
    // Its last piece may have been checked after it had left.
    const { isComplete } = member.swarm.peers[peerOf(volunteer)];
    if (isComplete) this.#completed(file, volunteer);
  }

  /** The volunteer does not want the file any more. */
  forget(volunteer: number, file: number): void {
    const member = this.#swarms.get(file);
    if (member?.fetching.has(volunteer)) this.#left(file, member, volunteer);
  }

  /** The node, a volunteer or the server, leaves all swarms, whether it fetches or gives. */
  leave(node: number): void {
    for (const { swarm, joined } of this.#swarms.values()) {
      joined.delete(node);
      swarm.leave(peerOf(node));
    }
  }

  /** The node is back, and gives what it has; what it fetches, it joins by itself. */
  comeBack(node: number): void {
    for (const [file, { swarm }] of this.#swarms) {
      const isSeed = node === SERVER_NODE || this.#volunteers.holds.has(node, file);
      if (isSeed) swarm.join(peerOf(node));
    }
  }

  #found(file: number, pieces: Pieces): Member {
    const { stream } = this.#common;
    const fetching = new Set<number>();
    const swarm: Swarm = new Swarm({
      ...this.#common,
      name: `swarm ${this.#count++}`,
      pieces,
      peers: this.#peers(file),
      tracker: TRACKER,
      stream: (of) => stream(`${of} of file ${file}`),
      path: (from, to) => this.#topology.synchronisation(nodeOf(from), nodeOf(to)).data,
      onComplete: (peer) => this.#completed(file, nodeOf(peer)),
      onSent: (from, to, bytes) => this.#streams.tell(nodeOf(from), nodeOf(to), bytes),
    });
    const member = { swarm, fetching, joined: new Set<number>() };
    this.#swarms.set(file, member);
    return member;
  }

  #peers(file: number): PeerSpec[] {
    const { now } = this.#common.engine;
    const { server, volunteers: links } = this.#topology;
    const common = {
      client: amongPrivate(libtorrent), // As in an enterprise.
      delay: this.#rtt / 4, // A round trip crosses the ways of both, there and back.
      seeds: Number.POSITIVE_INFINITY,
    };
    const volunteers = links.map(({ uplink, downlink }, volunteer): PeerSpec => {
      const isSeed = this.#volunteers.holds.has(volunteer, file);
      const isThere = isSeed && this.#volunteers.isOnline(volunteer);
      const at = isThere ? now : Number.POSITIVE_INFINITY;
      const { name } = this.#volunteers.machines[volunteer];
      const role = isSeed ? "seed" : "leecher";
      return { ...common, role, name: `volunteer ${name}`, uplink, downlink, at };
    });
    return [{ ...common, role: "seed", uplink: server, downlink: server, at: now }, ...volunteers];
  }

  /**
   * The volunteer has all pieces. One that was interrupted before its last piece was checked has the file
   * when it joins again.
   */
  #completed(file: number, volunteer: number): void {
    const member = this.#swarms.get(file);
    assert(member !== undefined, `the swarm of file ${file} is over`);
    if (!member.joined.has(volunteer)) return;
    this.#left(file, member, volunteer);
    this.#onFetched(volunteer);
  }

  #left(file: number, { swarm, fetching, joined }: Member, volunteer: number): void {
    fetching.delete(volunteer);
    joined.delete(volunteer);
    if (fetching.size > 0) return;
    swarm.stop();
    this.#swarms.delete(file);
  }
}
