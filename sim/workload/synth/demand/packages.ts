/**
 * Demand for packages, over the whole window: visits that find nothing new and visits that install
 * are Poisson processes in the rhythm of the week; to every release each machine of its
 * distribution comes once, within the window or later.
 */
import type { Stream } from "../../../engine/random.ts";
import { arrivals, exponentialShape } from "../../release-shape.ts";
import { type Rhythm, weeklyRhythm } from "../../rhythm.ts";
import { poisson } from "../chance.ts";
import type { AccessRecipe } from "../recipe.ts";
import type { Repository } from "../repository/catalogue.ts";
import { Downloads } from "./downloads.ts";
import { type Machines, machinesOf } from "./machines.ts";
import { packageWeights } from "./popularity.ts";
import { newShelves, type Shelf, wholeShelf } from "./shelf.ts";
import type { RequestSink } from "./sink.ts";
import { Visits } from "./visits.ts";

const HOUR = 3600;
const DAY = 86_400;

/** What of the demand for packages is drawn once. */
export interface Market {
  readonly recipe: AccessRecipe;
  readonly repository: Repository;
  readonly rhythm: Rhythm;
  readonly machines: Machines;
  /** All packages, by suite. */
  readonly shelves: readonly Shelf[];
  /** What is new, by release of the plan and release of the distribution. */
  readonly news: readonly (readonly Shelf[])[];
}

/** Stream: "synth/popularity". */
export function openMarket(
  recipe: AccessRecipe,
  repository: Repository,
  streams: (name: string) => Stream,
): Market {
  const { catalogue, demand } = recipe;
  const weights = packageWeights(repository, streams("synth/popularity"));
  return {
    recipe,
    repository,
    rhythm: weeklyRhythm(recipe.weekday),
    machines: machinesOf(demand.customers, repository.suites, catalogue.distributions),
    shelves: repository.suites.map((suite) => wholeShelf(repository.layout, weights, suite)),
    news: newShelves(repository, weights),
  };
}

/**
 * Sends all requests for packages and indexes to the sink: the same ones each time. Returns how many
 * visits they make, which are numbered from 1.
 *
 * Streams: "synth/polls", "synth/installs", "synth/updates", "synth/visits" and "synth/downloads".
 */
export function requestPackages(
  market: Market,
  streams: (name: string) => Stream,
  sink: RequestSink,
): number {
  const { recipe, repository } = market;
  const { size } = repository;
  const downloads = new Downloads(size, recipe.transfers, streams("synth/downloads"), sink);
  const visits = new Visits(repository, downloads, recipe.demand, streams("synth/visits"));
  poll(market, visits, streams("synth/polls"));
  install(market, visits, streams("synth/installs"));
  update(market, visits, streams("synth/updates"));
  return visits.count;
}

function poll({ recipe, repository, rhythm, machines }: Market, visits: Visits, random: Stream) {
  const { customers, polls } = recipe.demand;
  inRhythm(rhythm, recipe.window, (customers * polls) / DAY, random, (time) => {
    const customer = Math.floor(random() * customers);
    visits.poll({ customer, suite: repository.suites[machines.suite[customer]], time });
  });
}

function install(
  { recipe, repository, rhythm, machines, shelves }: Market,
  visits: Visits,
  random: Stream,
): void {
  const { customers, installs, installedAtOnce } = recipe.demand;
  inRhythm(rhythm, recipe.window, (customers * installs) / DAY, random, (time) => {
    const customer = Math.floor(random() * customers);
    const at = machines.suite[customer];
    const visitor = { customer, suite: repository.suites[at], time };
    visits.fetch(visitor, installedAtOnce, shelves[at]);
  });
}

/** A machine fetches of a release what it has installed. */
function update(
  { recipe, repository, rhythm, machines, shelves, news }: Market,
  visits: Visits,
  random: Stream,
): void {
  const { installed, firstDay } = recipe.demand;
  const shape = exponentialShape();
  for (const [at, { distribution, time: start }] of repository.plan.entries()) {
    const { ageAt } = arrivals(shape, rhythm, { at: start, until: recipe.window, firstDay });
    for (const [index, suite] of repository.suites.entries()) {
      if (suite.distribution !== distribution) continue;
      const shelf = news[at][suite.release] ?? { lines: new Uint32Array(), choice: null };
      const mean = (installed * shelf.lines.length) / Math.max(1, shelves[index].lines.length);
      for (let customer = machines.first[index]; customer < machines.first[index + 1]; customer++) {
        const time = start + ageAt(random());
        if (time < recipe.window) visits.fetch({ customer, suite, time }, mean, shelf);
      }
    }
  }
}

/** Events of a Poisson process of `rate` a second on average, hour by hour, in any order within. */
function inRhythm(
  rhythm: Rhythm,
  window: number,
  rate: number,
  random: Stream,
  event: (time: number) => void,
): void {
  for (let start = 0; start < window; start += HOUR) {
    const end = Math.min(window, start + HOUR);
    const events = poisson(random, rate * (rhythm.elapsed(end) - rhythm.elapsed(start)));
    for (let each = 0; each < events; each++) event(start + random() * (end - start));
  }
}
