import type { World } from "../model/simulation.ts";
import type { LinkClass } from "../model/topology.ts";
import type { OpenTable } from "./open-table.ts";

/** What links have carried: each volunteer's own, and customers' taken together. */
export class LinkRows {
  readonly #table: OpenTable<"links">;
  readonly #world: World;
  #last = Number.NaN;

  constructor(table: OpenTable<"links">, world: World) {
    this.#table = table;
    this.#world = world;
  }

  /** Looks at all links now, once for every time. */
  look(): void {
    const { engine, topology, network } = this.#world;
    if (engine.now === this.#last) return;
    this.#last = engine.now;
    this.#add("serverUplink", -1, network.carried(topology.server));
    for (const [volunteer, { uplink }] of topology.volunteers.entries()) {
      this.#add("volunteerUplink", volunteer, network.carried(uplink));
    }
    for (const [volunteer, { downlink }] of topology.volunteers.entries()) {
      this.#add("volunteerDownlink", volunteer, network.carried(downlink));
    }
    this.#add("customerDownlink", -1, this.#together("customerDownlink"));
    this.#add("customerUplink", -1, this.#together("customerUplink"));
  }

  #together(of: LinkClass): number {
    const { topology, network } = this.#world;
    let carried = 0;
    for (const link of topology.links(of)) carried += network.carried(link);
    return carried;
  }

  #add(link: LinkClass, volunteer: number, carried: number): void {
    const { columns } = this.#table;
    const row = this.#table.next();
    columns.time_s[row] = this.#last;
    columns.link.set(row, link);
    columns.volunteer[row] = volunteer;
    columns.carried_bytes[row] = carried;
  }
}
