import { NOWHERE } from "../coordinator/index.ts";
import type { LinkId, Network } from "../network/network.ts";
import { type Place, type Route, route } from "../network/sites.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
import { SERVER_NODE } from "./events.ts";
import { initialCount, type Machine, volunteersOf } from "./machines.ts";
import { type Site, Sites } from "./sites.ts";
import type { SystemSpec, TransportSpec, VolunteerClass } from "./system.ts";

/** One volunteer's links and where it stands. */
export interface VolunteerLinks {
  readonly uplink: LinkId;
  readonly downlink: LinkId;
  /** What both directions share; null if no limit is known. */
  readonly shared: LinkId | null;
  /** Crossed by deliveries alone, and by synchronisation alone: limits that the owner may have set. */
  readonly deliveries: LinkId | null;
  readonly synchronisation: LinkId | null;
  readonly site: Site | null;
  readonly place: Place;
}

/** A customer as the network sees it, drawn before the run. */
export interface CustomerLine {
  /** Bytes per second. */
  readonly downlink: number;
  /** Name of its class of sites, or null. */
  readonly site: string | null;
  /** Bytes. */
  readonly receiveWindow: number;
}

export type LinkClass =
  | "serverUplink"
  | "volunteerUplink"
  | "volunteerDownlink"
  | "customerDownlink"
  | "customerUplink";

/** All links of a system, and the ways over them. Capacities are payload bytes per second. */
export class Topology {
  readonly server: LinkId;
  readonly sites: Sites;
  readonly volunteers: readonly VolunteerLinks[];
  /** Downlink of each customer. */
  readonly customers: readonly LinkId[];
  readonly #network: Network;
  readonly #serverPlace: Place;
  readonly #serverSite: Site | null;
  readonly #customerSites: readonly (Site | null)[];
  readonly #deliveryTrip: number;
  readonly #syncTrip: number;
  /** By sender and the recipient's site: the way without the recipient's own line. */
  readonly #trunks = new Map<number, Route>();
  readonly #customerUplinks = new Map<number, LinkId>();
  readonly #addCustomerUplink: () => LinkId;
  readonly #efficiency: number;
  readonly #limitsSync: boolean;
  /** What each volunteer's synchronisation may use of its limit, as `limitSynchronisation` says. */
  readonly #syncRates = new Map<number, number>();
  readonly #onChange: ((volunteer: number) => void)[] = [];

  /** `limitsSync`: whether `limitSynchronisation` is to have an effect. */
  constructor(
    network: Network,
    system: SystemSpec,
    customers: readonly CustomerLine[],
    limitsSync: boolean,
  ) {
    const { causes } = system.transport;
    const efficiency = causes.wireEfficiency ? WIRE_EFFICIENCY : 1;
    const queue = hasQueues(system.transport) ? system.transport.queue : 0;
    const addLink = (capacity: number) => network.addLink(capacity * efficiency, { queue });
    const addLimit = (capacity: number) =>
      capacity === Number.POSITIVE_INFINITY ? null : addLink(capacity);
    this.#network = network;
    this.#efficiency = efficiency;
    this.#limitsSync = limitsSync;
    this.#addCustomerUplink = () =>
      addLink(system.customers.uploads?.uplink ?? Number.POSITIVE_INFINITY);
    this.#deliveryTrip = system.customers.rtt;
    this.#syncTrip = system.synchronisation.rtt;
    this.sites = new Sites(system.sites, addLimit);
    this.server = addLink(system.server.uplink);
    this.#serverSite = this.sites.of(system.server.site, 0);
    this.#serverPlace = { parent: this.#placeOf(this.#serverSite), up: this.server, down: null };
    const volunteerLinks = ({ spec, index }: Machine<VolunteerClass>): VolunteerLinks => {
      const site = this.sites.of(spec.site, index);
      const [uplink, downlink] = [addLink(spec.uplink), addLink(spec.downlink)];
      const shared = addLimit(spec.shared);
      const outside = this.#placeOf(site);
      const parent = shared === null ? outside : { parent: outside, up: shared, down: shared };
      return {
        ...{ uplink, downlink, shared },
        deliveries: addLimit(spec.deliveryRate),
        synchronisation: addLimit(this.#syncRateOf(system.synchronisation, spec)),
        site,
        place: { parent, up: uplink, down: downlink },
      };
    };
    const machines = volunteersOf(system);
    const initial = initialCount(system);
    const volunteers = machines.slice(0, initial).map(volunteerLinks);
    this.customers = customers.map(({ downlink }) => addLink(downlink));
    const numbers = new Map<string | null, number>();
    this.#customerSites = customers.map(({ site }) => {
      const number = numbers.get(site) ?? 0;
      numbers.set(site, number + 1);
      return this.sites.of(site, number);
    });
    // Links of those that come later have the last numbers: to others they make no difference.
    this.volunteers = [...volunteers, ...machines.slice(initial).map(volunteerLinks)];
  }

  /** From the server, a volunteer or, numbered behind those, a customer to another customer. */
  delivery(node: number, customer: number): Route {
    const site = this.#customerSites[customer];
    const isPeer = node >= this.volunteers.length;
    const { data, back, roundTrip } = isPeer
      ? this.#trunk(node, site)
      : this.#knownTrunk(node, site);
    return { data: [...data, this.customers[customer]], back, roundTrip };
  }

  /** From the server or a volunteer to another, for synchronisation; either may be the server. */
  synchronisation(from: number, to: number): Route {
    const rtt = this.#syncTrip + this.#between(this.#siteOf(from), this.#siteOf(to));
    const way = route(this.#placeOfNode(from), this.#placeOfNode(to), rtt);
    return to === SERVER_NODE ? way : through(this.volunteers[to].synchronisation, way);
  }

  /** Limits a volunteer's synchronisation to so many bytes per second from now on. */
  limitSynchronisation(volunteer: number, rate: number): void {
    const link = this.volunteers[volunteer].synchronisation;
    if (link === null) return;
    this.#syncRates.set(volunteer, rate);
    // What it may not use is taken, as if by others.
    this.#network.setBackground(link, Math.max(0, this.#network.capacity(link) - rate));
  }

  /** What the owner lets a volunteer's synchronisation take at most. */
  #syncRateOf({ rate }: { readonly rate: number }, { downlink }: VolunteerClass): number {
    return this.#limitsSync ? Math.min(rate, downlink) : rate;
  }

  /** The server's uplink carries so many bytes per second from now on; false if it did so already. */
  changeServer(uplink: number): boolean {
    return this.#changeCapacity(this.server, uplink);
  }

  /** Told of each volunteer whose uplink is about to carry more or less. */
  whenChanging(act: (volunteer: number) => void): void {
    this.#onChange.push(act);
  }

  /** A volunteer's links carry what its class now says, and its synchronisation at most that rate. */
  changeVolunteer(
    volunteer: number,
    spec: VolunteerClass,
    synchronisation: { readonly rate: number },
  ): void {
    const { uplink, downlink, synchronisation: limit, shared } = this.volunteers[volunteer];
    this.#changeCapacity(uplink, spec.uplink, () => {
      for (const act of this.#onChange) act(volunteer);
    });
    this.#changeCapacity(downlink, spec.downlink);
    if (shared !== null) this.#changeCapacity(shared, spec.shared);
    if (limit === null) return;
    this.#changeCapacity(limit, this.#syncRateOf(synchronisation, spec));
    const rate = this.#syncRates.get(volunteer);
    if (rate !== undefined) this.limitSynchronisation(volunteer, rate);
  }

  /** `rate`: nominal, of which the wire takes its part. `before` is done if it is another one. */
  #changeCapacity(link: LinkId, rate: number, before: () => void = () => {}): boolean {
    const capacity = rate * this.#efficiency;
    if (capacity === this.#network.capacity(link)) return false;
    before();
    this.#network.setCapacity(link, capacity);
    return true;
  }

  customerSite(customer: number): Site | null {
    return this.#customerSites[customer];
  }

  /** Number of where the customer is, as its address tells the server: its site's number from 1 on. */
  whereabouts(customer: number): number {
    const site = this.#customerSites[customer];
    return site === null ? NOWHERE : site.number + 1;
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
      case "customerUplink":
        return [...this.#customerUplinks.values()];
    }
  }

  /** Every request asks for a way, and few ways differ in more than the customer's line. */
  #knownTrunk(node: number, site: Site | null): Route {
    const key = (node + 1) * (this.sites.all.length + 1) + (site === null ? 0 : site.number + 1);
    const known = this.#trunks.get(key);
    if (known !== undefined) return known;
    const trunk = this.#trunk(node, site);
    this.#trunks.set(key, trunk);
    return trunk;
  }

  #trunk(node: number, site: Site | null): Route {
    const door: Place = { parent: this.#placeOf(site), up: null, down: null };
    const rtt = this.#deliveryTrip + this.#between(this.#siteOf(node), site);
    return through(
      this.volunteers[node]?.deliveries ?? null,
      route(this.#placeOfNode(node), door, rtt),
    );
  }

  #placeOf(site: Site | null): Place {
    return site?.place ?? this.sites.backbone;
  }

  #placeOfNode(node: number): Place {
    if (node === SERVER_NODE) return this.#serverPlace;
    if (node < this.volunteers.length) return this.volunteers[node].place;
    const customer = node - this.volunteers.length;
    const parent = this.#placeOf(this.#customerSites[customer]);
    return { parent, up: this.#uplinkOf(customer), down: this.customers[customer] };
  }

  #siteOf(node: number): Site | null {
    if (node === SERVER_NODE) return this.#serverSite;
    const { length } = this.volunteers;
    return node < length ? this.volunteers[node].site : this.#customerSites[node - length];
  }

  /** A customer's uplink, which is there once it has been used. */
  #uplinkOf(customer: number): LinkId {
    const uplink = this.#customerUplinks.get(customer) ?? this.#addCustomerUplink();
    this.#customerUplinks.set(customer, uplink);
    return uplink;
  }

  /** Seconds of a round trip between two sites beyond the machines' own. */
  #between(a: Site | null, b: Site | null): number {
    return a === b ? 0 : (a?.spec.rtt ?? 0) + (b?.spec.rtt ?? 0);
  }
}

/** Whether a cause is on that heeds queues; where none is, they are left out of every solution. */
function hasQueues({ causes }: TransportSpec): boolean {
  return causes.queueWait || causes.roundTripShares || causes.lossLuck;
}

/** The way with a limit on it, if there is one. */
function through(limit: LinkId | null, way: Route): Route {
  return limit === null ? way : { ...way, data: [limit, ...way.data] };
}
