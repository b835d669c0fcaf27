import { coupling } from "../../network/http/coupling.ts";
import type { FlowId, Network } from "../../network/network.ts";
import { type Observer, SERVER_NODE } from "../events.ts";
import type { SynchronisationSpec, TransportSpec } from "../system.ts";
import type { Topology } from "../topology.ts";
import type { Part } from "./plan.ts";

/** The streams of synchronisation between nodes, and the account of what they move. */
export class SyncStreams {
  readonly #network: Network;
  readonly #topology: Topology;
  readonly #spec: SynchronisationSpec;
  readonly #transport: TransportSpec;
  readonly #observer: Observer;
  /** Streams that leave each volunteer for others. */
  readonly #sending: Int32Array;

  constructor(world: {
    readonly network: Network;
    readonly topology: Topology;
    readonly spec: SynchronisationSpec;
    readonly transport: TransportSpec;
    readonly observer: Observer;
  }) {
    this.#network = world.network;
    this.#topology = world.topology;
    this.#spec = world.spec;
    this.#transport = world.transport;
    this.#observer = world.observer;
    this.#sending = new Int32Array(world.topology.volunteers.length);
  }

  /** Streams that leave the volunteer for others now. */
  leaving(volunteer: number): number {
    return this.#sending[volunteer];
  }

  /** Bytes a stream has still to move. */
  left(flow: FlowId): number {
    return this.#network.remaining(flow);
  }

  start({ from, to, bytes }: Part, purpose: number, owner: number): FlowId {
    const { weight, yields } = this.#spec;
    const route = this.#topology.synchronisation(from, to);
    if (from !== SERVER_NODE) this.#sending[from]++;
    return this.#network.start({
      path: route.data,
      bytes,
      weight,
      cap: Number.POSITIVE_INFINITY,
      purpose,
      owner,
      priority: yields ? 1 : 0,
      ...coupling(route, this.#transport.causes),
    });
  }

  /** The stream has moved its part. */
  ended({ from, to, bytes }: Part): void {
    if (from !== SERVER_NODE) this.#sending[from]--;
    this.tell(from, to, bytes);
  }

  /** Ends a stream early; returns the bytes that it has moved. */
  abort(flow: FlowId, part: Part): number {
    const bytes = part.bytes - this.#network.abort(flow);
    this.ended({ ...part, bytes });
    return bytes;
  }

  /** Bytes of synchronisation went from one node to another. */
  tell(from: number, to: number, bytes: number): void {
    if (from === SERVER_NODE) this.#observer.pulled(to, bytes);
    else if (to === SERVER_NODE) this.#observer.returned(from, bytes);
    else this.#observer.exchanged(to, from, bytes);
  }
}
