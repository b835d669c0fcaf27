import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import type { Handler } from "../parts.ts";
import { type Announce, announceOf } from "./announce.ts";
import {
  announceAnswer,
  compactForm,
  failureAnswer,
  NOBODY,
  type Scraped,
  scrapeAnswer,
} from "./answers.ts";
import { type Query, queryOf } from "./query.ts";
import { Swarm, type TrackedPeer } from "./swarm.ts";
import type { TrackerParts } from "./tracker-parts.ts";

export const ANNOUNCE = "/-/tracker/announce";
export const SCRAPE = "/-/tracker/scrape";

/** Intervals for which a peer may be silent: an announce may be lost, or late. */
const SILENT_INTERVALS = 2;

/**
 * A BitTorrent tracker (BEP 3) over HTTP for the torrents of the repository, and no others. Whom it tells
 * of is a policy's decision. A peer is told of peers of those kinds of address that it has announced
 * itself from, IPv4 or IPv6: clients that have both announce themselves by each (BEP 7).
 */
export class Tracker {
  readonly #parts: TrackerParts;
  /** By info hash; one that was in use last is last. */
  readonly #swarms = new Map<string, Swarm>();
  #peers = 0;
  #numbered = 0;
  #nextSweep = Number.NEGATIVE_INFINITY;

  constructor(parts: TrackerParts) {
    this.#parts = parts;
  }

  /** Torrents in use, and peers of all together. */
  get size(): { readonly torrents: number; readonly peers: number } {
    return { torrents: this.#swarms.size, peers: this.#peers };
  }

  readonly handler: Handler = (request, response, { pathname }) => {
    const isAnnounce = pathname === ANNOUNCE;
    if (!isAnnounce && pathname !== SCRAPE) return false;
    if (request.method !== "GET") {
      response.setHeader("Allow", "GET");
      send(response, 405, Buffer.from("expected GET\n"));
      return true;
    }
    const query = queryOf(request.url ?? "");
    const answer =
      query === null
        ? failureAnswer("invalid query: expected name=value, percent-encoded")
        : isAnnounce
          ? this.#announce(query, request)
          : this.#scrape(query);
    send(response, 200, answer);
    return true;
  };

  #announce(query: Query, request: IncomingMessage): Uint8Array {
    const { filesOf, addressOf, limits, interval, minInterval } = this.#parts;
    const announce = announceOf(query, limits.handout);
    if (typeof announce === "string") return failureAnswer(announce);
    const address = addressOf(request);
    if (isIP(address) === 0) return failureAnswer("unknown address");
    const files = filesOf(announce.infoHash);
    if (files === null) {
      this.#drop(announce.infoHash);
      return failureAnswer("unknown torrent");
    }
    this.#sweep();
    const swarm = this.#swarms.get(announce.infoHash) ?? new Swarm();
    const before = this.#expired(swarm).find(address, announce.port);
    this.#listen(announce, address, files, before);
    const asking = this.#peerOf(announce, address, before);
    const peers = announce.event === "stopped" ? [] : this.#told(swarm, asking, announce.wanted);
    this.#note(swarm, asking, announce, before);
    const { complete } = swarm;
    const counts = { complete, incomplete: swarm.size - complete };
    return announceAnswer({ interval, minInterval, ...counts }, peers, announce);
  }

  #peerOf(announce: Announce, address: string, before: TrackedPeer | undefined): TrackedPeer {
    const { peerId, port, left, corrupt } = announce;
    const { now, siteOf, isOrigin } = this.#parts;
    return {
      ...{ peerId, address, port, corrupt, isIPv6: isIP(address) === 6, at: now() },
      compact: compactForm(address, port),
      peer: before?.peer ?? this.#numbered++,
      complete: left === 0,
      origin: isOrigin(address, port),
      site: siteOf(address),
    };
  }

  /** Whom the peer is told of, best first. */
  #told(swarm: Swarm, asking: TrackedPeer, wanted: number): TrackedPeer[] {
    const all = [...swarm.peers];
    const isItself = (peer: TrackedPeer) => peer.peerId === asking.peerId;
    const kinds = [asking, ...all.filter(isItself)].map(({ isIPv6 }) => isIPv6);
    const isAsking = ({ address, port }: TrackedPeer) =>
      address === asking.address && port === asking.port;
    const known = all.filter(
      (peer) => kinds.includes(peer.isIPv6) && !isItself(peer) && !isAsking(peer),
    );
    if (wanted === 0 || known.length === 0) return [];
    const { handout, random } = this.#parts;
    const { peers } = handout.decide({ asking, known, count: known.length, wanted }, random);
    return peers.map((index) => known[index]);
  }

  /** Keeps what is known of the swarm, within the limits. */
  #note(
    swarm: Swarm,
    asking: TrackedPeer,
    { infoHash, event }: Announce,
    before: TrackedPeer | undefined,
  ): void {
    const size = swarm.size;
    if (event === "stopped") swarm.remove(asking.address, asking.port);
    else if (before !== undefined || this.#hasRoom(infoHash, swarm, asking.address)) {
      swarm.put(asking);
      // Whoever has everything cannot finish once more.
      if (event === "completed" && before?.complete !== true) swarm.downloaded++;
    }
    this.#peers += swarm.size - size;
    if (!this.#swarms.delete(infoHash) && swarm.size === 0) return;
    this.#swarms.set(infoHash, swarm);
  }

  #hasRoom(infoHash: string, swarm: Swarm, address: string): boolean {
    const { torrents, peers, peersPerTorrent, peersPerAddress } = this.#parts.limits;
    if (this.#peers >= peers || swarm.size >= peersPerTorrent) return false;
    if (swarm.at(address) >= peersPerAddress) return false;
    if (this.#swarms.has(infoHash) || this.#swarms.size < torrents) return true;
    // One that nobody is in makes room: only how often it was downloaded is forgotten.
    const empty = [...this.#swarms].find(([, { size }]) => size === 0);
    return empty !== undefined && this.#swarms.delete(empty[0]);
  }

  /** Has heard whether the peer got bytes that failed their check; it tells the sum since it started. */
  #listen(
    { corrupt, redundant }: Announce,
    address: string,
    files: readonly number[],
    before: TrackedPeer | undefined,
  ): void {
    const more = corrupt - (before?.corrupt ?? 0);
    if (more > 0) this.#parts.onCorrupt({ files, address, corrupt: more, redundant });
  }

  #scrape(query: Query): Uint8Array {
    const infoHashes = query.get("info_hash") ?? [];
    const isFit = infoHashes.length > 0 && infoHashes.every(({ length }) => length === 20);
    // To list all that there is would cost much, and nobody needs it.
    if (!isFit) return failureAnswer("invalid info_hash: expected 20 bytes, once or more");
    const torrents = new Map<string, Scraped>();
    for (const infoHash of infoHashes.map((bytes) => bytes.toString("hex"))) {
      if (this.#parts.filesOf(infoHash) === null) continue;
      const swarm = this.#swarms.get(infoHash);
      if (swarm === undefined) torrents.set(infoHash, NOBODY);
      else {
        const { complete, downloaded, size } = this.#expired(swarm);
        torrents.set(infoHash, { complete, downloaded, incomplete: size - complete });
      }
    }
    return scrapeAnswer(torrents);
  }

  /** The swarm without those who have been silent for too long. */
  #expired(swarm: Swarm): Swarm {
    const { size } = swarm;
    swarm.expire(this.#parts.now() - SILENT_INTERVALS * this.#parts.interval);
    this.#peers += swarm.size - size;
    return swarm;
  }

  /** Once an interval, all swarms are looked through: nobody may announce himself in some of them. */
  #sweep(): void {
    const { now, interval } = this.#parts;
    if (now() < this.#nextSweep) return;
    this.#nextSweep = now() + interval;
    for (const swarm of this.#swarms.values()) this.#expired(swarm);
  }

  /** The torrent is no longer one of the repository. */
  #drop(infoHash: string): void {
    this.#peers -= this.#swarms.get(infoHash)?.size ?? 0;
    this.#swarms.delete(infoHash);
  }
}

function send(response: ServerResponse, status: number, body: Uint8Array): void {
  response.writeHead(status, {
    ...{ "Content-Type": "text/plain", "Content-Length": body.length, "Cache-Control": "no-store" },
  });
  response.end(body);
}
