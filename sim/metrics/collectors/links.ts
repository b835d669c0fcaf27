import type { World } from "../../model/simulation.ts";
import type { SystemSpec } from "../../model/system.ts";
import type { LinkClass } from "../../model/topology.ts";
import type { Collector } from "./collector.ts";

export type LinkMetric =
  | "server.bytes"
  | "bytes.serverUplink"
  | "bytes.volunteerUplink"
  | "bytes.volunteerDownlink"
  | "bytes.customerDownlink"
  | "bytes.customerUplink"
  | "cost.total";

const CLASSES = [
  "serverUplink",
  "volunteerUplink",
  "volunteerDownlink",
  "customerDownlink",
  "customerUplink",
] as const satisfies readonly LinkClass[];

const GIGABYTE = 1e9;

/** What links carried since the measured time began, and what that costs. */
export class Links implements Collector<LinkMetric> {
  readonly #world: World;
  readonly #system: SystemSpec;
  /** By link: bytes that it had carried when the measured time began. */
  #before = new Float64Array();

  constructor(world: World, system: SystemSpec) {
    this.#world = world;
    this.#system = system;
  }

  measuring(): void {
    const { network } = this.#world;
    this.#before = Float64Array.from({ length: network.linkCount }, (_, link) =>
      network.carried(link),
    );
  }

  metrics() {
    const bytes = (of: LinkClass) =>
      this.#world.topology.links(of).reduce((sum, link) => sum + this.#carried(link), 0);
    const [server, volunteers, pulled, customers, uploads] = CLASSES.map(bytes);
    return {
      "server.bytes": server,
      "bytes.serverUplink": server,
      "bytes.volunteerUplink": volunteers,
      "bytes.volunteerDownlink": pulled,
      "bytes.customerDownlink": customers,
      "bytes.customerUplink": uploads,
      "cost.total": this.#cost(server, uploads),
    };
  }

  /** Bytes in the measured time. A link that was not there at its start had carried nothing. */
  #carried(link: number): number {
    return this.#world.network.carried(link) - (this.#before[link] ?? 0);
  }

  /** What was sent, at the prices of the experiment. */
  #cost(server: number, uploads: number): number {
    const { topology, volunteers } = this.#world;
    const prices = this.#system;
    let cost = prices.server.price * server + (prices.customers.uploads?.price ?? 0) * uploads;
    for (const [v, { price }] of volunteers.classes.entries()) {
      cost += price * this.#carried(topology.volunteers[v].uplink);
    }
    return cost / GIGABYTE;
  }
}
