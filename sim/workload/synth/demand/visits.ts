import type { Stream } from "../../../engine/random.ts";
import type { DemandRecipe } from "../recipe.ts";
import type { Repository } from "../repository/catalogue.ts";
import { indexAt, type Suite } from "../repository/indexes.ts";
import { NONE } from "../repository/layout.ts";
import { type Appetite, choose } from "./choice.ts";
import type { Downloads } from "./downloads.ts";
import { buildAt, fileBeside, packageFile, type Shelf } from "./shelf.ts";

/** Someone who comes, and when. */
export interface Visitor {
  readonly customer: number;
  readonly suite: Suite;
  /** Seconds from the start of the window. */
  readonly time: number;
}

/** What a customer does in one visit: reads indexes, then fetches packages one after the other. */
export class Visits {
  readonly #repository: Repository;
  readonly #downloads: Downloads;
  readonly #others: number;
  readonly #random: Stream;
  /** Places on its shelf of what the last visit fetched. */
  #taken: number[] = [];
  /** Numbers them from 1. */
  #visit = 0;

  constructor(
    repository: Repository,
    downloads: Downloads,
    { others }: Pick<DemandRecipe, "others">,
    random: Stream,
  ) {
    this.#repository = repository;
    this.#downloads = downloads;
    this.#others = others;
    this.#random = random;
  }

  /** How many there were so far; the last one has this number. */
  get count(): number {
    return this.#visit;
  }

  /** Looks for news and finds none. */
  poll({ customer, suite, time }: Visitor): void {
    const visit = ++this.#visit;
    this.#downloads.fetch(time, customer, indexAt(suite, time), visit);
  }

  /** Reads the indexes and fetches of a shelf what a machine of such an appetite takes. */
  fetch(visitor: Visitor, appetite: Appetite, shelf: Shelf): void {
    this.#taken = [];
    choose(shelf.weights, appetite, this.#random, (place) => this.#taken.push(place));
    this.fetchAlike(visitor, shelf);
  }

  /** Reads the indexes and fetches of a shelf what the visit before did: a machine like that one. */
  fetchAlike({ customer, suite, time }: Visitor, { lines }: Shelf): void {
    const visit = ++this.#visit;
    const index = indexAt(suite, time);
    let now = this.#downloads.fetch(time, customer, index, visit);
    now = this.#downloads.fetch(now, customer, index + 1, visit);
    const { layout } = this.#repository;
    for (const place of this.#taken) {
      const build = buildAt(this.#repository, lines[place], time);
      const file = build === NONE ? NONE : packageFile(layout, build, suite.architecture);
      if (file === NONE) continue;
      now = this.#downloads.fetch(now, customer, file, visit);
      if (this.#random() >= this.#others) continue;
      const beside = fileBeside(layout, build);
      if (beside !== NONE) now = this.#downloads.fetch(now, customer, beside, visit);
    }
  }
}
