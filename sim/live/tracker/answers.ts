import bencode from "bencode";
import ipaddr from "ipaddr.js";
import type { TrackedPeer } from "./swarm.ts";

/** What a peer is answered, but for the peers. */
export interface AnnounceAnswer {
  readonly interval: number;
  readonly minInterval: number;
  readonly complete: number;
  readonly incomplete: number;
}

/** How peers are told of. */
export interface PeerForm {
  readonly isCompact: boolean;
  readonly withoutPeerIds: boolean;
}

/** BEP 3 has failures as answers of this one key. */
export function failureAnswer(reason: string): Uint8Array {
  return bencode.encode({ "failure reason": reason });
}

/** BEP 3, with the peers as BEP 23 and for IPv6 as BEP 7 have them, or as dictionaries. */
export function announceAnswer(
  { interval, minInterval, complete, incomplete }: AnnounceAnswer,
  peers: readonly TrackedPeer[],
  { isCompact, withoutPeerIds }: PeerForm,
): Uint8Array {
  const head = { interval, "min interval": minInterval, complete, incomplete };
  if (isCompact) {
    const ipv6 = peers.filter(({ isIPv6 }) => isIPv6);
    const ipv4 = peers.filter(({ isIPv6 }) => !isIPv6);
    const peers6 = ipv6.length === 0 ? null : compact(ipv6);
    return bencode.encode({ ...head, peers: compact(ipv4), peers6 });
  }
  const list = peers.map(({ peerId, address, port }) => ({
    ...{ "peer id": withoutPeerIds ? null : Buffer.from(peerId, "latin1"), ip: address, port },
  }));
  return bencode.encode({ ...head, peers: list });
}

function compact(peers: readonly TrackedPeer[]): Uint8Array {
  return Buffer.from(peers.map((peer) => peer.compact).join(""), "latin1");
}

/** Address and port in network order: 6 bytes (BEP 23), or 18 of IPv6 (BEP 7), a character a byte. */
export function compactForm(address: string, port: number): string {
  return String.fromCharCode(...ipaddr.parse(address).toByteArray(), port >> 8, port & 255);
}

/** What is told of a torrent (BEP 48). */
export interface Scraped {
  readonly complete: number;
  readonly downloaded: number;
  readonly incomplete: number;
}

/**
 * Torrents by their info hashes in hexadecimal (BEP 48). The dictionary is put together here: the
 * package would sort keys that are bytes as if they were UTF-8.
 */
export function scrapeAnswer(torrents: ReadonlyMap<string, Scraped>): Uint8Array {
  const entries = [...torrents.keys()].sort().flatMap((infoHash) => {
    const { complete, downloaded, incomplete } = torrents.get(infoHash) ?? NOBODY;
    const key = bencode.encode(Buffer.from(infoHash, "hex"));
    return [key, bencode.encode({ complete, downloaded, incomplete })];
  });
  return Buffer.concat([Buffer.from("d5:filesd"), ...entries, Buffer.from("ee")]);
}

export const NOBODY: Scraped = { complete: 0, downloaded: 0, incomplete: 0 };
