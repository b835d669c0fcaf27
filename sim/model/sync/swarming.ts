import type { ChunkSizeView } from "../../policies/index.ts";
import { SERVER_NODE } from "../events.ts";
import type { Meters } from "../meters.ts";
import { OPENING_ROUND_TRIPS } from "../rsync/session.ts";
import { FAST_LIBTORRENT, fastSwarm } from "../swarm/fast.ts";
import { fetchPlan } from "../swarm/fetch-plan.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { Volunteers } from "../volunteers.ts";
import type { AtHandFinder } from "./at-hand.ts";
import { fromServer, type Method, type Plan, type Wanted, wholeChunksOf } from "./plan.ts";
import { best, SOURCES, type Source, split } from "./source.ts";

/** What the others are doing, as a tracker tells the members of a swarm. */
export interface Others {
  /** The file that the volunteer is fetching, or null. */
  fetching(volunteer: number): number | null;
  /** Whom the volunteer's fetch waits for; see `Plan.behind`. */
  behind(volunteer: number): number | null;
}

/**
 * A swarm of volunteers, one a file, in the fast form that 35 days allow.
 *
 * - Where volunteers hold the file, it comes from them and from those that are fetching it: from up
 *   to four with the most to spare, in proportion to that. The server gives the digests, and of the
 *   file what these leave unused of the receiver's downlink: peers first, then the mirror (apt-p2p:
 *   Dale and Liu, 2009; a web seed as in BEP 19).
 * - Where others are only fetching it, the server has to put it out. `fastSwarm` says how much it
 *   sends to a swarm of n that start together, S(n); the n-th to join takes S(n) - S(n-1) from it
 *   and the rest from those before it. A file is complete no sooner than at the one it waits for.
 * - A server that super-seeds does neither: it gives a file to the first (BEP 16).
 *
 * The overhead of requests and HAVEs travels with the payload.
 */
export class Swarming implements Method {
  readonly opening: number;
  readonly #rtt: number;
  readonly #finder: AtHandFinder;
  readonly #volunteers: Volunteers;
  readonly #others: Others;
  readonly #meters: Meters;
  readonly #superSeeding: boolean;

  constructor(
    finder: AtHandFinder,
    volunteers: Volunteers,
    others: Others,
    meters: Meters,
    { rtt, superSeeding }: Pick<SynchronisationSpec, "rtt" | "superSeeding">,
  ) {
    this.opening = OPENING_ROUND_TRIPS * rtt;
    this.#rtt = rtt;
    this.#superSeeding = superSeeding;
    this.#finder = finder;
    this.#volunteers = volunteers;
    this.#others = others;
    this.#meters = meters;
  }

  chunkView(volunteer: number, file: number, size: number): ChunkSizeView {
    const { holders, fetchers } = this.#members(volunteer, file);
    return this.viewOf(volunteer, file, size, holders.length + fetchers.length);
  }

  /** What the policy of chunk sizes sees of the file in a swarm of `peers` others. */
  viewOf(volunteer: number, file: number, size: number, peers: number): ChunkSizeView {
    const atHand = this.#finder.of(volunteer, file);
    return {
      size,
      peers,
      rtt: this.#rtt,
      rate: this.#meters.uplink(SERVER_NODE),
      ...(atHand.kind !== "similar" && { changes: 0 }),
    };
  }

  plan(wanted: Wanted): Plan {
    const { volunteer, file, missing, chunk } = wanted;
    const atHand = this.#finder.of(volunteer, file);
    const { holders, fetchers } = this.#members(volunteer, file);
    const neighbours = holders.length + fetchers.length;
    const fetch = fetchPlan(missing, chunk, atHand, neighbours);
    const wire = fetch.payloadBytes + fetch.overheadBytes;
    const together = holders.length === 0;
    // A single chunk cannot be passed on before it is complete.
    const able = fetch.chunks > 1 ? [...holders, ...fetchers] : holders;
    const sources = best(able, Math.min(SOURCES, Math.ceil(fetch.chunks)));
    const ahead = sources.find((source) => fetchers.includes(source));
    const share =
      sources.length === 0
        ? 1
        : together
          ? this.#serverShare(wanted, fetchers.length + 1)
          : this.shareUnfilled(volunteer, sources);
    const parts = [
      fromServer(volunteer, fetch.metadataBytes + share * wire),
      ...split(sources, (1 - share) * wire, volunteer),
    ];
    const total = fetch.metadataBytes + wire;
    return {
      stages: [parts],
      chunk,
      kept: (moved) => wholeChunksOf(missing, moved / total, chunk),
      behind: share < 1 ? (ahead?.node ?? null) : null,
    };
  }

  isSame(a: number, b: number): boolean {
    return this.#finder.isSame(a, b);
  }

  /** The share of the receiver's downlink that the sources cannot fill and the server can. */
  shareUnfilled(volunteer: number, sources: readonly Source[]): number {
    if (this.#superSeeding) return 0;
    const given = sources.reduce((sum, { spare }) => sum + spare, 0);
    const free = Math.max(0, this.#meters.downlink(volunteer) - given);
    const filled = Math.min(free, this.#meters.spare(SERVER_NODE));
    // Where nobody has anything to spare, all of it waits for the server.
    return given + filled === 0 ? 1 : filled / (given + filled);
  }

  /** The share that the `members`-th to join a swarm that starts together takes from the server. */
  #serverShare({ volunteer, missing, chunk }: Wanted, members: number): number {
    if (this.#superSeeding) return 0; // There are fetchers before it.
    const bytes = (receivers: number) =>
      fastSwarm(
        {
          size: missing,
          pieceSize: chunk,
          receivers,
          serverUp: this.#meters.uplink(SERVER_NODE),
          receiverUp: this.#meters.uplink(volunteer),
          receiverDown: this.#meters.downlink(volunteer),
        },
        FAST_LIBTORRENT,
      ).serverBytes;
    return Math.min(1, Math.max(0, (bytes(members) - bytes(members - 1)) / missing));
  }

  /** Who is on line and holds the file, and who fetches it without waiting for this volunteer. */
  #members(volunteer: number, file: number): { holders: Source[]; fetchers: Source[] } {
    const holders: Source[] = [];
    const fetchers: Source[] = [];
    for (let node = 0; node < this.#volunteers.count; node++) {
      if (node === volunteer || !this.#volunteers.isOnline(node)) continue;
      const spare = this.#meters.spare(node);
      if (this.#finder.holds(node, file)) holders.push({ node, spare });
      else if (this.#fetches(node, file) && !this.#waitsFor(node, volunteer)) {
        fetchers.push({ node, spare });
      }
    }
    return { holders, fetchers };
  }

  #fetches(node: number, file: number): boolean {
    const fetching = this.#others.fetching(node);
    return fetching !== null && this.#finder.isSame(fetching, file);
  }

  #waitsFor(node: number, volunteer: number): boolean {
    let ahead = this.#others.behind(node);
    while (ahead !== null && ahead !== volunteer) ahead = this.#others.behind(ahead);
    return ahead === volunteer;
  }
}
