import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../engine/event-queue.ts";
import type { Stream } from "../engine/random.ts";
import type { UploadsSpec } from "./system.ts";

/**
 * Customers that pass on what they have downloaded, as in a pure peer-to-peer system: each gives
 * every file it got to others, a few at a time, until it has asked for nothing for a while.
 */
export class Peers {
  readonly #engine: Engine;
  readonly #spec: UploadsSpec;
  readonly #random: Stream;
  readonly #leave: Kind;
  #onLeave: (customer: number) => void = () => {};
  /** Customers that are on line and have each file. */
  readonly #holders = new Map<number, number[]>();
  readonly #files = new Map<number, number[]>();
  readonly #uploads = new Map<number, number>();
  readonly #leaving = new Map<number, Ticket>();

  constructor(engine: Engine, spec: UploadsSpec, random: Stream) {
    this.#engine = engine;
    this.#spec = spec;
    this.#random = random;
    this.#leave = engine.kind("peer.leave", (customer) => this.#remove(customer));
  }

  whenLeaving(act: (customer: number) => void): void {
    this.#onLeave = act;
  }

  /** A peer other than the customer that has the file and a free slot, at random; null if none. */
  choose(file: number, customer: number): number | null {
    let chosen: number | null = null;
    let seen = 0;
    for (const peer of this.#holders.get(file) ?? []) {
      if (peer === customer || (this.#uploads.get(peer) ?? 0) >= this.#spec.slots) continue;
      if (this.#random() * ++seen < 1) chosen = peer;
    }
    return chosen;
  }

  has(peer: number, file: number): boolean {
    return this.#files.get(peer)?.includes(file) ?? false;
  }

  isOnline(peer: number): boolean {
    return this.#leaving.has(peer);
  }

  /** An upload of the peer's has begun (1) or ended (-1). */
  uploading(peer: number, change: 1 | -1): void {
    this.#uploads.set(peer, (this.#uploads.get(peer) ?? 0) + change);
  }

  /** The customer has completed a file, and gives it from now on. */
  completed(customer: number, file: number): void {
    this.#engine.cancel(this.#leaving.get(customer) ?? NO_TICKET);
    const leaving = this.#engine.after(this.#spec.stays, this.#leave, customer);
    this.#leaving.set(customer, leaving);
    if (this.has(customer, file)) return;
    listIn(this.#files, customer).push(file);
    listIn(this.#holders, file).push(customer);
  }

  #remove(customer: number): void {
    this.#leaving.delete(customer);
    for (const file of this.#files.get(customer) ?? []) {
      const holders = this.#holders.get(file) ?? [];
      holders.splice(holders.indexOf(customer), 1);
    }
    this.#files.delete(customer);
    this.#onLeave(customer);
  }
}

function listIn(lists: Map<number, number[]>, key: number): number[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
