import type { SwarmPeer } from "../../policies/index.ts";

/** A peer as it has announced itself. It is known by its address and port. */
export interface TrackedPeer extends SwarmPeer {
  /** 20 bytes, a character each. */
  readonly peerId: string;
  /** Address and port as BEP 23 and BEP 7 have them, a character a byte. */
  readonly compact: string;
  readonly address: string;
  readonly isIPv6: boolean;
  readonly port: number;
  /** When it was heard of last, in seconds. */
  readonly at: number;
  /** Bytes that it has told were corrupt. */
  readonly corrupt: number;
}

/** The peers of one torrent: those silent for long drop out. */
export class Swarm {
  readonly #byEndpoint = new Map<string, TrackedPeer>();
  readonly #byAddress = new Map<string, number>();
  /** How many have everything. */
  complete = 0;
  /** How often somebody has told that it has finished. */
  downloaded = 0;

  get size(): number {
    return this.#byEndpoint.size;
  }

  /** In the order in which they were heard of. */
  get peers(): IterableIterator<TrackedPeer> {
    return this.#byEndpoint.values();
  }

  find(address: string, port: number): TrackedPeer | undefined {
    return this.#byEndpoint.get(endpoint(address, port));
  }

  /** Peers at an address. */
  at(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  /** In place of what was known of it. */
  put(peer: TrackedPeer): void {
    this.remove(peer.address, peer.port);
    this.#byEndpoint.set(endpoint(peer.address, peer.port), peer);
    this.#byAddress.set(peer.address, this.at(peer.address) + 1);
    if (peer.complete) this.complete++;
  }

  remove(address: string, port: number): void {
    const peer = this.find(address, port);
    if (peer === undefined) return;
    this.#byEndpoint.delete(endpoint(address, port));
    const left = this.at(address) - 1;
    if (left === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, left);
    if (peer.complete) this.complete--;
  }

  /** Drops those who were heard of before. */
  expire(before: number): void {
    for (const { address, port, at } of this.peers) {
      // Whoever is heard of goes to the end: all others are younger.
      if (at >= before) return;
      this.remove(address, port);
    }
  }
}

function endpoint(address: string, port: number): string {
  return `${address} ${port}`;
}
