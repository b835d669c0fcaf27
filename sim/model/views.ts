import {
  type Candidate,
  type ClientFacts,
  type DispatchView,
  PLAIN_VOLUNTEER,
  SERVER,
  type ServerView,
  UNKNOWN_CLIENT,
} from "../policies/index.ts";
import { exp } from "../policies/portable-math.ts";
import type { Workload } from "../workload/workload.ts";
import type { Site } from "./sites.ts";

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** Seconds over which what was asked from a site is forgotten by a factor of e. */
const DEMAND_MEMORY = 3600;

/**
 * Builds what a dispatch policy sees: what a real server could know, and nothing else.
 *
 * One view serves all decisions of a run; its fields are set anew for each.
 */
export class DispatchViews {
  /** Deliveries the server is sending itself. */
  sending = 0;
  readonly #uplink: number;
  readonly #workload: Workload;
  readonly #sites: readonly Site[];
  readonly #siteOf: (customer: number) => Site | null;
  readonly #view: Mutable<DispatchView>;
  readonly #client: Mutable<ClientFacts> = { ...UNKNOWN_CLIENT };
  /** By customer: whom it was last sent to, and when. */
  readonly #lastNode: Int32Array;
  readonly #lastAt: Float64Array;
  /** By site: recent requests, forgotten exponentially; the last is of those from elsewhere. */
  readonly #asked: Float64Array;
  #askedAt = 0;

  /** `siteOf` tells where a customer is, as its address does. */
  constructor(
    uplink: number,
    workload: Workload,
    sites: readonly Site[],
    siteOf: (customer: number) => Site | null,
  ) {
    this.#uplink = uplink;
    this.#workload = workload;
    this.#sites = sites;
    this.#siteOf = siteOf;
    this.#lastNode = new Int32Array(workload.customers).fill(SERVER);
    this.#lastAt = new Float64Array(workload.customers).fill(Number.NEGATIVE_INFINITY);
    this.#asked = new Float64Array(sites.length + 1);
    this.#view = {
      now: 0,
      file: 0,
      size: 0,
      customer: 0,
      client: this.#client,
      candidates: [],
      count: 0,
      server: new LiveServerView(this),
    };
  }

  get uplink(): number {
    return this.#uplink;
  }

  /** The view of a request that asks now, with these candidates. */
  of(request: number, candidates: readonly Candidate[], now: number): DispatchView {
    const { file, bytes, customer } = this.#workload.trace;
    const view = this.#view;
    const who = customer[request];
    this.#describe(who, now);
    view.now = now;
    view.file = file[request];
    view.size = bytes[request];
    view.customer = who;
    view.candidates = candidates;
    view.count = candidates.length;
    return view;
  }

  /** The customer was sent to a volunteer. */
  sent(customer: number, node: number, now: number): void {
    this.#lastNode[customer] = node;
    this.#lastAt[customer] = now;
  }

  #describe(customer: number, now: number): void {
    const client = this.#client;
    client.lastNode = this.#lastNode[customer];
    client.lastAt = this.#lastAt[customer];
    if (this.#sites.length === 0) return;
    const site = this.#siteOf(customer);
    const number = site === null ? this.#sites.length : site.number;
    const facts = site?.facts ?? PLAIN_VOLUNTEER;
    client.site = facts.site;
    client.address = site === null ? 0 : addressIn(facts.network, customer);
    client.asNumber = facts.asNumbers[0] ?? 0;
    client.country = facts.countries[0] ?? "";
    client.region = facts.region;
    client.continent = facts.continents[0] ?? "";
    client.position = facts.position;
    client.demand = this.#demandOf(number, now);
  }

  /** Counts a request from the site and returns the site's share of recent ones. */
  #demandOf(site: number, now: number): number {
    const kept = exp((this.#askedAt - now) / DEMAND_MEMORY);
    this.#askedAt = now;
    let all = 1;
    for (let i = 0; i < this.#asked.length; i++) {
      this.#asked[i] *= kept;
      all += this.#asked[i];
    }
    return ++this.#asked[site] / all;
  }
}

/** An address in a network of 16 bits, the same for the same customer. */
function addressIn(network: number, customer: number): number {
  return network + (customer & 0xffff);
}

class LiveServerView implements ServerView {
  readonly #views: DispatchViews;
  constructor(views: DispatchViews) {
    this.#views = views;
  }
  get uplink(): number {
    return this.#views.uplink;
  }
  get sending(): number {
    return this.#views.sending;
  }
}
