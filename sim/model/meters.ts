import type { LinkId, Network } from "../network/network.ts";
import { SERVER_NODE } from "./events.ts";
import type { Topology } from "./topology.ts";

/**
 * What the lines of the server and of the volunteers can carry, carry now and have carried. Bytes, and
 * bytes per second.
 */
export class Meters {
  readonly #network: Network;
  readonly #topology: Topology;

  constructor(network: Network, topology: Topology) {
    this.#network = network;
    this.#topology = topology;
  }

  /** What a volunteer has sent, and received, since the start. */
  sent(volunteer: number): number {
    return this.#network.carried(this.#uplinkOf(volunteer));
  }

  received(volunteer: number): number {
    return this.#network.carried(this.#topology.volunteers[volunteer].downlink);
  }

  /** What the uplink of a node, the server or a volunteer, can carry. */
  uplink(node: number): number {
    return this.#network.capacity(this.#uplinkOf(node));
  }

  downlink(volunteer: number): number {
    return this.#network.capacity(this.#topology.volunteers[volunteer].downlink);
  }

  /** What goes over the uplink now. */
  sending(node: number): number {
    return this.#network.linkRate(this.#uplinkOf(node));
  }

  /** What one more flow would get of the uplink, all being alike. */
  spare(node: number): number {
    const uplink = this.#uplinkOf(node);
    return this.#network.capacity(uplink) / (1 + this.#network.flowsOn(uplink));
  }

  /** Seconds that a byte waits in front of the uplink now. */
  waiting(node: number): number {
    return this.#network.queueing([this.#uplinkOf(node)]);
  }

  #uplinkOf(node: number): LinkId {
    return node === SERVER_NODE ? this.#topology.server : this.#topology.volunteers[node].uplink;
  }
}
