import { assert } from "../../engine/assert.ts";
import { type Demand, maxMinRates } from "../max-min/max-min.oracle.ts";
import { FULL, MAX_PASSES, QUEUE_PASSES, SHORTEST } from "./solver.ts";

/** A transfer in progress with what couples it to others beyond the links of its data. */
export interface SteadyDemand extends Demand {
  readonly priority?: number;
  /** Seconds of a round trip past empty queues; the share does not depend on it when absent. */
  readonly roundTrip?: number;
  /** Bytes to move at the start. */
  readonly bytes: number;
  readonly acks?: { readonly links: readonly number[]; readonly share: number };
}

export interface SteadyLink {
  readonly capacity: number;
  /** Bytes. */
  readonly queue: number;
  readonly background: number;
}

/**
 * The rates of flows coupled by ACKs, round-trip times and priorities: the plain version of what
 * `Solver` does, which must agree with it.
 */
export function steadyRates(
  flows: readonly SteadyDemand[],
  links: readonly SteadyLink[],
): number[] {
  let acks = links.map(() => 0);
  /** Part of each queue that stands full; null before the link has been full. */
  let standing: (number | null)[] = links.map(() => null);
  for (let pass = 0; ; pass++) {
    assert(pass < MAX_PASSES, "rates do not settle");
    const spare = links.map((link, at) => Math.max(0, link.capacity - link.background - acks[at]));
    const rates = fill(flows, links, flows.map(share), spare);
    const carried = links.map((_, at) =>
      sum(flows, (flow, i) => (crosses(flow, at) ? rates[i] : 0)),
    );
    const used = links.map((link, at) => carried[at] + acks[at] + link.background);
    const isFull = links.map((link, at) => used[at] >= link.capacity * (1 - FULL));
    const nextAcks = links.map((_, at) => sum(flows, (flow, i) => ackShare(flow, at) * rates[i]));
    const nextStanding =
      pass < QUEUE_PASSES ? links.map((_, at) => adjusted(at, isFull)) : standing;
    const isSteady = nextAcks.every(
      (rate, at) => Math.abs(rate - acks[at]) <= FULL * Math.max(rate, FULL * links[at].capacity),
    );
    if (isSteady && nextStanding.every((part, at) => part === standing[at])) return rates;
    acks = nextAcks;
    standing = nextStanding;
  }

  function share({ weight = 1, roundTrip, links: data, acks: back }: SteadyDemand): number {
    if (roundTrip === undefined) return weight;
    const shared = data.filter((at) => flows.filter((flow) => crosses(flow, at)).length > 1);
    const crossed = [...shared, ...(back?.links ?? [])];
    return weight / (roundTrip + sum(crossed, (at) => (standing[at] ?? 0) * delay(at)));
  }

  function adjusted(at: number, isFull: readonly boolean[]): number | null {
    const before = standing[at];
    if (links[at].queue === 0) return null;
    const on = flows.filter((flow) => crosses(flow, at));
    if (before === null) {
      const isShared = (link: number) => flows.filter((flow) => crosses(flow, link)).length > 1;
      const isHeldElsewhere =
        on.length === 1 && on[0].links.some((link) => isFull[link] && isShared(link));
      if (!isFull[at] || isHeldElsewhere) return null;
      const offered = sum(on, ({ bytes }) => bytes);
      return Math.min(1, offered / links[at].queue);
    }
    if (isFull[at]) return before;
    return before > SHORTEST ? before / 2 : 0;
  }

  function delay(at: number): number {
    return links[at].queue / links[at].capacity;
  }
}

/** Weighted max-min rates, priority by priority: each gets what the higher ones leave. */
function fill(
  flows: readonly SteadyDemand[],
  links: readonly SteadyLink[],
  weights: readonly number[],
  capacities: readonly number[],
): number[] {
  const rates = flows.map(() => 0);
  const spare = [...capacities];
  const priorities = [...new Set(flows.map(({ priority = 0 }) => priority))].sort((a, b) => a - b);
  for (const priority of priorities) {
    const members = [...flows.keys()].filter((i) => (flows[i].priority ?? 0) === priority);
    for (const [at, { capacity }] of links.entries()) {
      if (Number.isFinite(spare[at]) && spare[at] <= FULL * capacity) spare[at] = 0;
    }
    const demands = members.map((i) => ({
      links: flows[i].links,
      weight: weights[i],
      cap: Math.min(flows[i].cap ?? Number.POSITIVE_INFINITY, ackLimit(flows[i], links)),
    }));
    for (const [at, rate] of maxMinRates(demands, spare).entries()) {
      rates[members[at]] = rate;
      for (const link of flows[members[at]].links) spare[link] = Math.max(0, spare[link] - rate);
    }
  }
  return rates;
}

/** ACKs cannot be more than the links they cross carry. */
function ackLimit({ acks }: SteadyDemand, links: readonly SteadyLink[]): number {
  if (acks === undefined || acks.share === 0) return Number.POSITIVE_INFINITY;
  return Math.min(...acks.links.map((at) => links[at].capacity / acks.share));
}

function ackShare({ acks }: SteadyDemand, at: number): number {
  return acks?.links.includes(at) ? acks.share : 0;
}

function crosses(flow: Demand, at: number): boolean {
  return flow.links.includes(at);
}

function sum<Item>(items: readonly Item[], value: (item: Item, at: number) => number): number {
  return items.reduce((total, item, at) => total + value(item, at), 0);
}
