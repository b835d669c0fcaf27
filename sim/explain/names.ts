import { SERVER_NODE } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { LinkId } from "../network/network.ts";
import type { Hold } from "./hold.ts";

/** A name of one thing, and of all that are alike. */
export interface Name {
  readonly name: string;
  readonly group: string;
}

/** How the parts of a system are called. */
export class Names {
  readonly #volunteers: number;
  readonly #links = new Map<LinkId, Name>();

  constructor({ topology }: World) {
    this.#volunteers = topology.volunteers.length;
    const add = (link: LinkId | null, whose: string, group: string, what: string) => {
      if (link === null || this.#links.has(link)) return;
      this.#links.set(link, { name: `${whose} ${what}`, group: `${group} ${what}` });
    };
    add(topology.server, "the server's", "the server's", "uplink");
    for (const { spec, place, facts } of topology.sites.all) {
      add(place.up, `${facts.site}'s`, `a ${spec.name}'s`, "uplink");
      add(place.down, `${facts.site}'s`, `a ${spec.name}'s`, "downlink");
    }
    add(topology.sites.backbone.within ?? null, "the", "the", "backbone");
    for (const [node, volunteer] of topology.volunteers.entries()) {
      const whose = `volunteer ${node}'s`;
      add(volunteer.uplink, whose, "a volunteer's", "uplink");
      add(volunteer.downlink, whose, "a volunteer's", "downlink");
      add(volunteer.deliveries, whose, "a volunteer's", "limit on deliveries");
      add(volunteer.synchronisation, whose, "a volunteer's", "limit on synchronising");
      // Sites have their names already, so that what is left is the volunteer's own.
      add(volunteer.place.parent?.up ?? null, whose, "a volunteer's", "connection");
    }
    for (const link of topology.customers) {
      add(link, "the customer's", "the customer's", "downlink");
    }
  }

  /** The server, a volunteer or, numbered behind those, a customer. */
  node(node: number): string {
    if (node === SERVER_NODE) return "the server";
    const customer = node - this.#volunteers;
    return customer < 0 ? `volunteer ${node}` : `customer ${customer}`;
  }

  /** What held a download from the node back. */
  hold({ kind, link }: Hold, node: number | null): Name {
    const source = node === null ? "the source" : this.node(node);
    switch (kind) {
      case "link":
        return this.#links.get(link ?? NO_LINK) ?? alike("another customer's uplink");
      case "cap":
        return { name: `${source}'s limit per download`, group: "a limit per download" };
      case "opening":
        return alike("opening the connection");
      case "window":
        return alike("TCP's window");
      case "source":
        return { name: `${source}, fetching the file itself`, group: "a cache, fetching the file" };
      case "down":
        return alike("the server, not answering");
      case "timeout":
        return alike("its timeout, after a source was gone");
      case "put-off":
        return alike("the server, asking it to come back");
      case "none":
        return alike("nothing that can be told");
    }
  }
}

const NO_LINK = -1;

function alike(name: string): Name {
  return { name, group: name };
}
