import type { Stream } from "../../../engine/random.ts";
import { geometric } from "../chance.ts";
import type { DemandRecipe } from "../recipe.ts";
import type { Repository } from "../repository/catalogue.ts";
import { indexAt, type Suite } from "../repository/indexes.ts";
import { NONE } from "../repository/layout.ts";
import type { Downloads } from "./downloads.ts";
import { buildAt, fileBeside, packageFile, type Shelf } from "./shelf.ts";

/** Draws after which it is taken that a visit has most that a shelf is likely to give. */
const MOST_DRAWS = 4;

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
  /** The visit in which a package was last fetched, by package. */
  readonly #fetched: Uint32Array;
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
    this.#fetched = new Uint32Array(repository.layout.title.length);
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

  /** Reads the indexes and fetches so many packages of a shelf on average. */
  fetch({ customer, suite, time }: Visitor, mean: number, shelf: Shelf): void {
    const visit = ++this.#visit;
    const index = indexAt(suite, time);
    let now = this.#downloads.fetch(time, customer, index, visit);
    now = this.#downloads.fetch(now, customer, index + 1, visit);
    const wanted = geometric(this.#random, mean);
    for (let count = 0; count < wanted; count++) {
      const build = this.#choose(shelf, suite, time);
      if (build === NONE) return;
      const { layout } = this.#repository;
      const file = packageFile(layout, build, suite.architecture);
      now = this.#downloads.fetch(now, customer, file, visit);
      if (this.#random() >= this.#others) continue;
      const beside = fileBeside(layout, build);
      if (beside !== NONE) now = this.#downloads.fetch(now, customer, beside, visit);
    }
  }

  /**
   * A build for this suite, of a package that this visit has not fetched if one is found soon, else
   * of one that it has: for another machine behind the same address. `NONE` if there is no build.
   */
  #choose({ lines, choice }: Shelf, suite: Suite, time: number): number {
    if (choice === null) return NONE;
    const { layout } = this.#repository;
    let again = NONE;
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const line: number = lines[choice.draw(this.#random)];
      const pack = layout.packageOf[line];
      const build = buildAt(this.#repository, line, time);
      if (build === NONE || packageFile(layout, build, suite.architecture) === NONE) continue;
      again = build;
      if (this.#fetched[pack] === this.#visit) continue;
      this.#fetched[pack] = this.#visit;
      return build;
    }
    return again;
  }
}
