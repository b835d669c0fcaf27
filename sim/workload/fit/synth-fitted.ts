import { assert } from "../../engine/assert.ts";
import { type Stream, streams } from "../../engine/random.ts";
import { rankShares } from "../profile/popularity/rank-law.ts";
import { AliasTable } from "../synth/alias.ts";
import {
  type AccessTrace,
  type DetailedCatalogue,
  type DetailedRequests,
  FILE_KINDS,
} from "../trace/trace.ts";
import { numberVisits, SESSION_GAP } from "../visits.ts";
import { intensityOf } from "./intensity.ts";
import { spreadValues, valueAt } from "./quantile-table.ts";
import { AT_ONCE, type FittedRecipe } from "./recipe.ts";
import { synthFiles } from "./synth-files.ts";
import { partAt, partsOf } from "./visit-sizes.ts";

/** Draws for the time of a visit. */
const MOST_TRIES = 10;

/**
 * Makes a trace like the one the recipe was fitted to: the same for the same recipe. The scale
 * multiplies the customers.
 *
 * Streams: "fitted/files", "fitted/visits", "fitted/starts", "fitted/requests", "fitted/gaps",
 * "fitted/choice" and "fitted/taken".
 */
export function synthFitted(recipe: FittedRecipe): AccessTrace {
  const named = streams(recipe.seed);
  const catalogue = synthFiles(recipe.files, named("fitted/files"));
  const customers = Math.max(1, Math.round(recipe.scale * recipe.customers.count));
  const visits = drawVisits(recipe, customers, named);
  return {
    kind: "access",
    catalogue,
    requests: sorted(drawRequests(recipe, catalogue, visits, named)),
    customers: { length: customers, at: (customer) => `customer-${customer}` },
    window: recipe.window,
    epoch: recipe.epoch,
  };
}

interface DrawnVisits {
  readonly customer: Uint32Array;
  /** Seconds from the start of the window. */
  readonly start: Float64Array;
  readonly requests: Uint32Array;
}

/**
 * Each customer's number of visits, at times that follow the arrivals. A customer's visits keep half
 * an hour apart where a few draws find such a time: who sees the pauses only would take closer ones
 * for one.
 */
function drawVisits(
  recipe: FittedRecipe,
  customers: number,
  named: (name: string) => Stream,
): DrawnVisits {
  const order = named("fitted/visits");
  const each = spreadValues(recipe.customers.visits, customers, order).map(Math.round);
  const count = each.reduce((sum, visits) => sum + visits, 0);
  const customer = new Uint32Array(count);
  const start = new Float64Array(count);
  const draw = startsOf(recipe, named("fitted/starts"));
  let visit = 0;
  for (const [number, visits] of each.entries()) {
    const taken = new Set<number>();
    for (const end = visit + visits; visit < end; visit++) {
      start[visit] = draw(taken);
      customer[visit] = number;
    }
  }
  return { customer, start, requests: drawSizes(recipe, start, named("fitted/requests")) };
}

/** Requests of each visit, by the class of the time at which it starts. */
function drawSizes(recipe: FittedRecipe, starts: Float64Array, random: Stream): Uint32Array {
  const { classOf, tables } = recipe.customers.requests;
  const parts = partsOf(recipe);
  const classes = Uint32Array.from(starts, (start) => classOf[partAt(parts, start)]);
  const sizes = new Uint32Array(starts.length);
  for (const [number, table] of tables.entries()) {
    const own = classes.reduce((sum, each) => sum + (each === number ? 1 : 0), 0);
    const drawn = spreadValues(table, own, random);
    let next = 0;
    for (const [visit, each] of classes.entries()) {
      if (each === number) sizes[visit] = Math.round(drawn[next++]);
    }
  }
  return sizes;
}

/** Draws the start of a visit, apart from the half hours that are taken, and takes its own. */
function startsOf(recipe: FittedRecipe, random: Stream): (taken: Set<number>) => number {
  const { start, width, values } = intensityOf(recipe);
  const bins = new AliasTable(values);
  const last = recipe.window * (1 - 1e-12);
  return (taken) => {
    let time = 0;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      time = Math.min(Math.max(0, start + (bins.draw(random) + random()) * width), last);
      const place = Math.floor(time / SESSION_GAP);
      if (![place - 1, place, place + 1].some((near) => taken.has(near))) break;
    }
    taken.add(Math.floor(time / SESSION_GAP));
    return time;
  };
}

function drawRequests(
  { window, files, customers, transfers }: FittedRecipe,
  { size, kind }: DetailedCatalogue,
  visits: DrawnVisits,
  named: (name: string) => Stream,
): DetailedRequests {
  const requests = visits.requests.reduce((sum, count) => sum + count, 0);
  const columns = emptyRequests(requests);
  const [gap, choice, part] = ["gaps", "choice", "taken"].map((name) => named(`fitted/${name}`));
  const ranks = new AliasTable(rankShares({ ranks: files.count, pieces: files.popularity }));
  const models = FILE_KINDS.map((name) => transfers.find((model) => model.kind === name));
  let row = 0;
  for (const [visit, count] of visits.requests.entries()) {
    const first = row;
    let time = visits.start[visit];
    for (; row < first + count; row++) {
      if (row > first) time += pause(valueAt(customers.gaps, gap()));
      const isAgain = row > first && choice() < customers.again;
      const file = isAgain ? columns.file[row - 1] : ranks.draw(choice);
      const model = models[kind[file]];
      const isPart = model !== undefined && part() < model.partial;
      columns.time[row] = time;
      columns.customer[row] = visits.customer[visit];
      columns.visit[row] = visit;
      columns.file[row] = file;
      columns.bytes[row] = isPart ? partOf(size[file], valueAt(model.taken, part())) : size[file];
    }
    // A visit that would outlast the window began earlier.
    const late = Math.min(visits.start[visit], Math.max(0, time - window * (1 - 1e-12)));
    for (let at = first; at < row; at++) columns.time[at] -= late;
  }
  const isWithin = columns.time.every((time) => time >= 0 && time < window);
  assert(isWithin, "every visit fits into the window");
  return columns;
}

function pause(gap: number): number {
  return gap <= AT_ONCE ? 0 : gap;
}

function partOf(size: number, taken: number): number {
  return Math.min(Math.max(1, Math.round(size * taken)), Math.max(1, size - 1));
}

function emptyRequests(requests: number) {
  return {
    requests,
    time: new Float64Array(requests),
    customer: new Uint32Array(requests),
    file: new Uint32Array(requests),
    bytes: new Float64Array(requests),
    visit: new Uint32Array(requests),
    status: new Uint16Array(0),
  };
}

/** The requests by time; equal times keep their order. */
function sorted(requests: DetailedRequests): DetailedRequests {
  const { time } = requests;
  const order = Uint32Array.from(time.keys()).sort((a, b) => time[a] - time[b] || a - b);
  const visit = Uint32Array.from(order, (row) => requests.visit[row]);
  numberVisits(visit);
  return {
    requests: requests.requests,
    time: Float64Array.from(order, (row) => time[row]),
    customer: Uint32Array.from(order, (row) => requests.customer[row]),
    file: Uint32Array.from(order, (row) => requests.file[row]),
    bytes: Float64Array.from(order, (row) => requests.bytes[row]),
    visit,
    status: new Uint16Array(0),
  };
}
