import { type ClientFacts, SERVER, UNKNOWN_CLIENT } from "../policies/index.ts";
import { exp } from "../policies/portable-math.ts";
import { refill } from "./columns.ts";
import type { Customers } from "./customers.ts";
import { type Reach, reachBits } from "./reach.ts";

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** What a host has resolved of where a customer is: never its address. */
export interface Whereabouts extends Omit<ClientFacts, "demand" | "lastNode" | "lastAt"> {
  /** What a volunteer must have for customers from there to be sent to it; absent: nothing. */
  readonly needs?: Reach;
}

/** The number of the whereabouts of customers of whom nothing is known. */
export const NOWHERE = 0;

/** Seconds over which what was asked from a place is forgotten by a factor of e. */
const MEMORY = 3600;

/**
 * What the server knows of who asks: the facts that its host has resolved, which many customers share
 * and which are numbered, what is asked from there lately, and whom the customer was sent to before.
 */
export class Clients {
  readonly #places: Whereabouts[] = [UNKNOWN_CLIENT];
  readonly #needs: number[] = [0];
  /** By number of whereabouts: recent requests, forgotten exponentially. */
  readonly #asked: number[] = [0];
  #askedAt = 0;
  readonly #facts: Mutable<ClientFacts> = { ...UNKNOWN_CLIENT };
  /** Where the customer stands who was described last, and when. */
  #asking = NOWHERE;
  #now = 0;
  /** Shares by site, as of that customer; empty until somebody asks for one. */
  readonly #shares = new Map<string, number>();

  /** Customers stand there who are told of by this number. Numbers follow each other, from 1 on. */
  locate(number: number, where: Whereabouts): void {
    this.#places[number] = where;
    this.#needs[number] = reachBits(where.needs ?? {});
    this.#asked[number] ??= 0;
  }

  /** What was located, from number 1 on. */
  get whereabouts(): readonly Whereabouts[] {
    return this.#places.slice(1);
  }

  /** What a volunteer must have for a customer from there, as bits of `Reach`. */
  needs(where: number): number {
    return this.#needs[where] ?? 0;
  }

  /** The facts of a customer at the place who asks now; the object is the same for all. */
  describe(customers: Customers, customer: number | undefined, where: number, now: number) {
    const facts = this.#facts;
    facts.lastNode = customer === undefined ? SERVER : customers.lastNode[customer];
    facts.lastAt = customer === undefined ? Number.NEGATIVE_INFINITY : customers.lastAt[customer];
    if (this.#places.length === 1) return facts;
    this.#asking = where;
    this.#now = now;
    this.#shares.clear();
    const place = this.#places[where];
    facts.site = place.site;
    facts.networks = place.networks;
    facts.asNumber = place.asNumber;
    facts.country = place.country;
    facts.region = place.region;
    facts.continent = place.continent;
    facts.position = place.position;
    facts.demand =
      place.site === "" ? this.#shareOf((at) => at === where) : this.demandOf(place.site);
    return facts;
  }

  /**
   * The share of recent requests that come from a site, with the one of the customer who was described
   * last; 0 where it has no name.
   */
  demandOf(site: string): number {
    if (site === "" || this.#places.length === 1) return 0;
    const known = this.#shares.get(site);
    if (known !== undefined) return known;
    const share = this.#shareOf((where) => this.#places[where].site === site);
    this.#shares.set(site, share);
    return share;
  }

  /** The share of recent requests, with the one that is decided on, from whereabouts for which it holds. */
  #shareOf(isIn: (where: number) => boolean): number {
    const kept = exp((this.#askedAt - this.#now) / MEMORY);
    let all = 1;
    let own = 0;
    for (let where = 0; where < this.#asked.length; where++) {
      all += this.#asked[where] * kept;
      if (isIn(where)) own += this.#asked[where] * kept;
    }
    return (isIn(this.#asking) ? own + 1 : own) / all;
  }

  /** A request was made from there. */
  count(where: number, now: number): void {
    if (this.#places.length === 1) return;
    const kept = exp((this.#askedAt - now) / MEMORY);
    this.#askedAt = now;
    for (let place = 0; place < this.#asked.length; place++) this.#asked[place] *= kept;
    this.#asked[where]++;
  }

  save() {
    return { places: [...this.#places], asked: [...this.#asked], askedAt: this.#askedAt };
  }

  load(saved: ReturnType<Clients["save"]>): void {
    refill(this.#places, saved.places);
    refill(
      this.#needs,
      saved.places.map(({ needs = {} }) => reachBits(needs)),
    );
    refill(this.#asked, saved.asked);
    this.#askedAt = saved.askedAt;
  }
}
