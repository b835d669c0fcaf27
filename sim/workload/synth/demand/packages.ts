/**
 * Demand for packages, over the whole window: visits that find nothing new and visits that install
 * are Poisson processes in the rhythm of the week; for every release each machine of its
 * distribution comes once, within the window or later.
 */
import { exponential, type Stream } from "../../../engine/random.ts";
import { arrivals, exponentialShape } from "../../release-shape.ts";
import { type Rhythm, weeklyRhythm } from "../../rhythm.ts";
import { AliasTable } from "../alias.ts";
import { poisson } from "../chance.ts";
import type { AccessRecipe } from "../recipe.ts";
import type { Repository } from "../repository/catalogue.ts";
import { releasesBefore } from "../repository/plan.ts";
import { appetiteFor } from "./choice.ts";
import { Downloads } from "./downloads.ts";
import { type Machines, machinesOf, visitWeights } from "./machines.ts";
import { packageWeights } from "./popularity.ts";
import { newShelves, partOf, type Shelf, shelfFor, wholeShelves } from "./shelf.ts";
import type { RequestSink } from "./sink.ts";
import { Visits } from "./visits.ts";

const HOUR = 3600;
const DAY = 86_400;
const WEEK = 7 * DAY;
/** Mean seconds between two machines that are updated together: an assumption. */
const APART = 60;

/** What of the demand for packages is drawn once. */
export interface Market {
  readonly recipe: AccessRecipe;
  readonly repository: Repository;
  readonly rhythm: Rhythm;
  readonly machines: Machines;
  /** Visits of each customer, of mean 1, and a draw by them. */
  readonly weights: Float64Array;
  readonly customers: AliasTable;
  /** All packages, by distribution and its release. */
  readonly shelves: readonly (readonly Shelf[])[];
  readonly news: readonly News[];
}

/** What is new to some machines of a distribution, from a time on. */
interface News {
  readonly distribution: number;
  /** Seconds from the start of the window; negative for what was released before it. */
  readonly time: number;
  /** By the distribution's release. */
  readonly shelves: readonly Shelf[];
}

/** Streams: "synth/popularity", "synth/busy" and "synth/earlier". */
export function openMarket(
  recipe: AccessRecipe,
  repository: Repository,
  streams: (name: string) => Stream,
): Market {
  const { catalogue, demand } = recipe;
  const popularity = packageWeights(repository, demand.popularity, streams("synth/popularity"));
  const shelves = wholeShelves(repository, popularity);
  const weights = visitWeights(demand.customers, demand.visitsIndex, streams("synth/busy"));
  const earlier = streams("synth/earlier");
  const before = releasesBefore(recipe).map(({ distribution, time, packages }) => ({
    distribution,
    time,
    shelves: shelves[distribution].map((shelf) => partOf(shelf, packages, earlier)),
  }));
  const planned = newShelves(repository, popularity).map((own, at) => {
    const { distribution, time } = repository.plan[at];
    return { distribution, time, shelves: own };
  });
  return {
    recipe,
    repository,
    rhythm: weeklyRhythm(recipe.weekday, demand.everyDay),
    machines: machinesOf(
      demand.customers,
      repository.suites,
      catalogue.distributions,
      demand.suiteExponent,
    ),
    weights,
    customers: new AliasTable(weights),
    shelves,
    news: [...before, ...planned],
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

function poll(market: Market, visits: Visits, random: Stream): void {
  const { recipe, repository, rhythm, machines, customers } = market;
  const { demand, window } = recipe;
  inRhythm(rhythm, window, (demand.customers * demand.polls) / DAY, random, (time) => {
    const customer = customers.draw(random);
    visits.poll({ customer, suite: repository.suites[machines.suite[customer]], time });
  });
}

function install(market: Market, visits: Visits, random: Stream): void {
  const { recipe, repository, rhythm, machines, customers, shelves } = market;
  const { demand, window } = recipe;
  const appetites = shelves.map((releases) =>
    releases.map(({ weights }) => appetiteFor(weights, demand.installedAtOnce)),
  );
  inRhythm(rhythm, window, (demand.customers * demand.installs) / DAY, random, (time) => {
    const customer = customers.draw(random);
    const suite = repository.suites[machines.suite[customer]];
    const { distribution, release } = suite;
    const appetite = appetites[distribution][release];
    visits.fetch({ customer, suite, time }, appetite, shelves[distribution][release]);
  });
}

/** A machine fetches of a release what it has installed. */
function update(market: Market, visits: Visits, random: Stream): void {
  const { recipe, repository, machines, weights, shelves, news } = market;
  const { installed, together } = recipe.demand;
  for (const { distribution, time: at, shelves: own } of news) {
    const timeOf = responseTo(at, market);
    for (const [index, suite] of repository.suites.entries()) {
      if (suite.distribution !== distribution) continue;
      const shelf = shelfFor(own, suite);
      const all = shelves[distribution][suite.release].lines.length;
      const appetite = appetiteFor(shelf.weights, (installed * shelf.lines.length) / all);
      for (let customer = machines.first[index]; customer < machines.first[index + 1]; customer++) {
        // Behind an address are several machines, or one that passes releases over.
        const come = wholeNumber(random, weights[customer]);
        let time = 0;
        for (let machine = 0; machine < come; machine++) {
          const isAlike = machine > 0 && random() < together;
          time = isAlike ? time + exponential(random, APART) : timeOf(random);
          if (time < 0 || time >= recipe.window) continue;
          const visitor = { customer, suite, time };
          if (isAlike) visits.fetchAlike(visitor, shelf);
          else visits.fetch(visitor, appetite, shelf);
        }
      }
    }
  }
}

/**
 * When a machine comes for a release. The prompt ones come as for an update that they are told to
 * fetch, the others when they are in use again: at any time of the week after it. Both have the
 * rhythm of the week, so who is not there at a weekend comes after it.
 */
function responseTo(at: number, { recipe, rhythm }: Market): (random: Stream) => number {
  const { prompt, firstDay } = recipe.demand;
  const late = rhythm.elapsed(at + WEEK);
  const lateAt = (random: Stream) => rhythm.timeAt(late + random() * WEEK) - WEEK;
  const shape = exponentialShape();
  // Of what was released before the window, prompt machines have all.
  const { ageAt } =
    at < 0
      ? { ageAt: () => Number.NEGATIVE_INFINITY }
      : arrivals(shape, rhythm, { at, until: recipe.window, firstDay });
  return (random) => (random() < prompt ? at + ageAt(random()) : lateAt(random));
}

/** A whole number, next to the mean given. */
function wholeNumber(random: Stream, mean: number): number {
  return Math.floor(mean + random());
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
