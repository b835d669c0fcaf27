import type { SystemSpec } from "../model/system.ts";
import type { CustomerLine } from "../model/topology.ts";
import type { Workload } from "../workload/workload.ts";
import { readyTimes } from "./ready.ts";
import { efficiencyOf, SERVER_CLASS, type SourceClass, sourcesOf } from "./sources.ts";
import { measuredVisits, type Visits } from "./visits.ts";

export interface BoundInput {
  readonly workload: Workload;
  readonly system: SystemSpec;
  /** The line of each customer, as drawn for the run. */
  readonly lines: readonly CustomerLine[];
  /** Visits that arrive earlier are not measured, in seconds from the start of the window. */
  readonly from: number;
  /** Seconds at which a visit stands that failed or took longer. */
  readonly horizon: number;
  /** The share of delivered bytes that may come from the server; null for all. */
  readonly serverShare: number | null;
  /** Whether volunteers fetch by the timetable, and nothing but what is published or changes. */
  readonly byTimetable: boolean;
}

/** What is to be moved, and what by. Seconds, payload bytes, bytes per second. */
export interface Demand {
  readonly visits: Visits;
  readonly classes: readonly SourceClass[];
  readonly horizon: number;
  /** Downloads of a customer at once. */
  readonly parallel: number;
  /** Seconds that every download takes beyond its bytes, at least. */
  readonly opening: number;
  /** Bytes that the server may deliver to these visits. */
  readonly serverBytes: number;
  /** How fast the customer of each visit can be served. */
  readonly lines: readonly Line[];
}

/** A customer's line, by class of sources. */
export interface Line {
  /** Bytes per second of one transfer. */
  readonly rates: readonly number[];
  /** Transfers at once that the line has room for: a fraction where even the slowest would fill it. */
  readonly streams: number;
  /** Seconds that a byte takes from the server, and from the fastest of the others. */
  readonly server: number;
  readonly others: number;
}

/**
 * The server's share is counted over all requests of the measured time, so that a policy of that share
 * delivers no more than its part of all their bytes.
 */
export function demandOf(input: BoundInput): Demand {
  const { workload, system, from, horizon, serverShare } = input;
  const { parallel } = system.customers;
  const classes = sourcesOf(system, readyTimes(system, workload, input.byTimetable));
  const visits = measuredVisits(workload, from);
  const known = new Map<number, Line>();
  const efficiency = efficiencyOf(system);
  const lineOf = (customer: number): Line => {
    const { downlink } = input.lines[customer];
    const line = known.get(downlink) ?? lineFor(downlink * efficiency, classes, parallel);
    known.set(downlink, line);
    return line;
  };
  return {
    visits,
    classes,
    horizon,
    parallel,
    opening: openingOf(system),
    serverBytes: (serverShare ?? 1) * visits.measuredBytes,
    lines: Array.from(visits.customer, lineOf),
  };
}

/** Downloads of a visit that can go on at once: each of its files has one source. */
export function streamsOf({ visits, lines }: Demand, visit: number): number {
  return Math.min(lines[visit].streams, visits.files[visit]);
}

function lineFor(downlink: number, classes: readonly SourceClass[], parallel: number): Line {
  const rates = classes.map(({ rate }) => Math.min(rate, downlink));
  return {
    rates,
    streams: Math.min(parallel, downlink / Math.min(...rates)),
    server: 1 / rates[SERVER_CLASS],
    others: 1 / Math.max(0, ...rates.slice(SERVER_CLASS + 1)),
  };
}

/** Round trips before the first byte: one, where a connection may be open, or two. */
function openingOf({ transport, customers }: SystemSpec): number {
  if (!transport.causes.connection) return 0;
  return (customers.keepAlive ? 1 : 2) * customers.rtt;
}
