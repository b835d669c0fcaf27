import type { IncomingMessage } from "node:http";
import type { BoundOf, Families, Random } from "../../policies/index.ts";

/** What is bounded, with sound defaults. A peer takes some 1.4 kB, an announce a time as its torrent has peers. */
export interface TrackerLimits {
  /** Torrents that are in use at a time. */
  readonly torrents: number;
  /** Peers of all torrents; those beyond are told of others, but nobody is told of them. */
  readonly peers: number;
  /** Peers of one torrent. */
  readonly peersPerTorrent: number;
  /** Peers of one torrent at one address, behind which may be many machines. */
  readonly peersPerAddress: number;
  /** Peers that one is told of at a time. */
  readonly handout: number;
}

export const TRACKER_LIMITS: TrackerLimits = {
  ...{ torrents: 20_000, peers: 50_000, peersPerTorrent: 1000, peersPerAddress: 50, handout: 200 },
};

/** A peer has had bytes that failed their check. Anybody can say so: it is a reason to look, no more. */
export interface CorruptReport {
  /** What the torrent has; where it has several files, nobody knows of which the bytes were. */
  readonly files: readonly number[];
  /** Of the peer who tells. */
  readonly address: string;
  /** Bytes since it told last. */
  readonly corrupt: number;
  /** Bytes since it started that it had already. */
  readonly redundant: number;
}

/** What a tracker takes of the server. */
export interface TrackerParts {
  /** The files of a torrent by its info hash, in hexadecimal; null where it is none of the repository's. */
  readonly filesOf: (infoHash: string) => readonly number[] | null;
  readonly handout: BoundOf<Families["handout"]>;
  readonly random: Random;
  /** Seconds, of any clock that never goes back. */
  readonly now: () => number;
  /** The address that a request comes from, in its usual form, IPv4 as such. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** The site that the operator has named; "" if none. */
  readonly siteOf: (address: string) => string;
  /** Whether the peer is the server's own. */
  readonly isOrigin: (address: string, port: number) => boolean;
  readonly onCorrupt: (report: CorruptReport) => void;
  /** Seconds between announces, and at least. Peers are forgotten after two intervals. */
  readonly interval: number;
  readonly minInterval: number;
  readonly limits: TrackerLimits;
}
