import type { LinkId, Network } from "../network/network.ts";
import { SERVER_NODE } from "./events.ts";
import type { SystemSpec } from "./system.ts";

/** The links of one volunteer; `shared` is null where the department's connection has no limit. */
export interface VolunteerLinks {
  readonly uplink: LinkId;
  readonly downlink: LinkId;
  readonly shared: LinkId | null;
}

export type LinkClass =
  | "serverUplink"
  | "volunteerUplink"
  | "volunteerDownlink"
  | "customerDownlink";

/** All links of a system, and the paths over them. Capacities are payload bytes per second. */
export class Topology {
  readonly server: LinkId;
  readonly volunteers: readonly VolunteerLinks[];
  /** Downlink of each customer. */
  readonly customers: readonly LinkId[];
  readonly #network: Network;

  /** `downlinks` holds the downlink of each customer in bytes per second. */
  constructor(network: Network, system: SystemSpec, downlinks: ArrayLike<number>) {
    const payload = (capacity: number) => network.addLink(capacity * system.transport.efficiency);
    this.#network = network;
    this.server = payload(system.server.uplink);
    this.volunteers = system.volunteers.flatMap(({ count, uplink, downlink, shared }) =>
      Array.from({ length: count }, () => ({
        uplink: payload(uplink),
        downlink: payload(downlink),
        shared: shared === Number.POSITIVE_INFINITY ? null : payload(shared),
      })),
    );
    this.customers = Array.from(downlinks, payload);
  }

  /** From a volunteer, or the server, to a customer. */
  delivery(node: number, customer: number): LinkId[] {
    const downlink = this.customers[customer];
    if (node === SERVER_NODE) return [this.server, downlink];
    const { uplink, shared } = this.volunteers[node];
    return shared === null ? [uplink, downlink] : [uplink, shared, downlink];
  }

  /** From the server to a volunteer. */
  synchronisation(volunteer: number): LinkId[] {
    const { downlink, shared } = this.volunteers[volunteer];
    return shared === null ? [this.server, downlink] : [this.server, shared, downlink];
  }

  /** From a volunteer to the server, whose downlink has no limit. */
  returning(volunteer: number): LinkId[] {
    const { uplink, shared } = this.volunteers[volunteer];
    return shared === null ? [uplink] : [uplink, shared];
  }

  /** From one volunteer to another. */
  exchange(from: number, to: number): LinkId[] {
    const { downlink, shared } = this.volunteers[to];
    const sending = this.returning(from);
    return shared === null ? [...sending, downlink] : [...sending, shared, downlink];
  }

  /** Bytes per second a path carries when nothing else does. */
  idleRate(path: readonly LinkId[]): number {
    let rate = Number.POSITIVE_INFINITY;
    for (const link of path) rate = Math.min(rate, this.#network.capacity(link));
    return rate;
  }

  links(of: LinkClass): readonly LinkId[] {
    switch (of) {
      case "serverUplink":
        return [this.server];
      case "volunteerUplink":
        return this.volunteers.map(({ uplink }) => uplink);
      case "volunteerDownlink":
        return this.volunteers.map(({ downlink }) => downlink);
      case "customerDownlink":
        return this.customers;
    }
  }
}
