import type { Causes } from "../../network/http/causes.ts";
import { coupling } from "../../network/http/coupling.ts";
import type { FlowId, Network, OnFinish } from "../../network/network.ts";
import { type Observer, SERVER_NODE } from "../events.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { Topology } from "../topology.ts";
import type { Part } from "./plan.ts";

/** The streams of synchronisation between nodes, and the account of what they move. */
export class SyncStreams {
  readonly #network: Network;
  readonly #topology: Topology;
  readonly #spec: Pick<SynchronisationSpec, "weight" | "yields">;
  readonly #causes: Causes;
  readonly #observer: Observer;
  /** Streams that leave each volunteer for others. */
  readonly #sending: Int32Array;

  constructor(
    network: Network,
    topology: Topology,
    spec: Pick<SynchronisationSpec, "weight" | "yields">,
    causes: Causes,
    observer: Observer,
  ) {
    this.#network = network;
    this.#topology = topology;
    this.#spec = spec;
    this.#causes = causes;
    this.#observer = observer;
    this.#sending = new Int32Array(topology.volunteers.length);
  }

  /** The number of a purpose for streams: what is to happen when one has moved all its bytes. */
  purpose(onFinish: OnFinish, ownedBy: string): number {
    return this.#network.purpose(onFinish, ownedBy);
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
      ...coupling(route, this.#causes),
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
    if (from === SERVER_NODE) this.#observer.pulled?.(to, bytes);
    else if (to === SERVER_NODE) this.#observer.returned?.(from, bytes);
    else this.#observer.exchanged?.(to, from, bytes);
  }
}
