import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Whereabouts } from "../../coordinator/index.ts";
import { UNKNOWN_CLIENT } from "../../policies/index.ts";
import { contains, type Origin, type Prefix } from "./addresses.ts";

/** A place that the operator has named, and the addresses of those who are there. */
export interface NamedSite {
  readonly name: string;
  /** As written, such as 10.1.0.0/16. */
  readonly networks: readonly { readonly text: string; readonly prefix: Prefix }[];
  readonly where: Partial<Omit<Whereabouts, "site" | "networks" | "needs">>;
}

/**
 * Numbers the whereabouts of customers from 1 on: all whose addresses lie in the same networks, and who
 * need the same of a volunteer, are in one place. Addresses are not kept.
 */
export class WhereaboutsTable {
  readonly #sites: readonly NamedSite[];
  /** By key. A key is what the whereabouts are told from: what is needed, and the networks. */
  readonly #numbers = new Map<string, number>();
  readonly #onNew: (number: number, facts: Whereabouts) => void;
  /** By origin, for as long as its connection lasts. */
  readonly #byOrigin = new WeakMap<Origin, number>();

  /** `onNew` is told of whereabouts before their number is used. */
  constructor(sites: readonly NamedSite[], onNew: (number: number, facts: Whereabouts) => void) {
    this.#sites = sites;
    this.#onNew = onNew;
  }

  of(origin: Origin): number {
    const known = this.#byOrigin.get(origin);
    if (known !== undefined) return known;
    const facts = this.#factsOf(origin);
    const key = keyOf(facts);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(key, number);
      this.#onNew(number, facts);
    }
    this.#byOrigin.set(origin, number);
    return number;
  }

  /** The name of the operator for where the address is; "" if none. */
  siteOf(address: string): string {
    return this.#matching(address)[0]?.site.name ?? "";
  }

  /** Takes over what the server before this one has numbered from 1 on. */
  restore(places: readonly Whereabouts[]): void {
    for (const [at, facts] of places.entries()) this.#numbers.set(keyOf(facts), at + 1);
  }

  #factsOf({ address, isIPv6, isSecure }: Origin): Whereabouts {
    const matching = this.#matching(address);
    return {
      ...{ site: UNKNOWN_CLIENT.site, asNumber: UNKNOWN_CLIENT.asNumber },
      ...{ country: UNKNOWN_CLIENT.country, region: UNKNOWN_CLIENT.region },
      ...{ continent: UNKNOWN_CLIENT.continent, position: UNKNOWN_CLIENT.position },
      ...matching[0]?.site.where,
      ...(matching.length > 0 && { site: matching[0].site.name }),
      networks: matching.map(({ text }) => text),
      needs: { ...(isIPv6 ? { ipv6: true } : { ipv4: true }), ...(isSecure && { https: true }) },
    };
  }

  /** The networks that the address lies in, the longest prefix first. */
  #matching(text: string) {
    if (isIP(text) === 0) return [];
    const address = ipaddr.process(text);
    return this.#sites
      .flatMap((site) => site.networks.map((network) => ({ site, ...network })))
      .filter(({ prefix }) => contains(prefix, address))
      .sort((a, b) => b.prefix[1] - a.prefix[1]);
  }
}

function keyOf(facts: Whereabouts): string {
  const { site, networks, asNumber, country, region, continent, position, needs } = facts;
  const place = position === null ? null : [position.latitude, position.longitude];
  const needed = [needs?.ipv4, needs?.ipv6, needs?.https].map((is) => is === true);
  return JSON.stringify([site, networks, asNumber, country, region, continent, place, needed]);
}
