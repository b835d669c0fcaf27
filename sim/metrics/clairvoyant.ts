import { EventQueue } from "../engine/event-queue.ts";
import type { Workload } from "../workload/workload.ts";

/** What a clairvoyant could not beat, whatever it knew and decided. */
export interface ClairvoyantBound {
  /** Mean seconds of delay of the measured requests; null if there are none. */
  readonly meanDelay: number | null;
  /** Bytes that the server has to send: each new content that anybody asks for, once. */
  readonly serverBytes: number;
}

export interface BoundInput {
  readonly workload: Workload;
  /** Requests asked before this time are not measured, in seconds. */
  readonly from: number;
  /** Payload bytes per second that nodes can send: the server, then each volunteer. */
  readonly uplinks: readonly number[];
  /** Payload bytes per second that each customer can receive. */
  readonly downlinkOf: (customer: number) => number;
  /** Seconds from asking to the first byte from an idle server, without slow start. */
  readonly opening: (customer: number) => number;
}

/**
 * A lower bound on delay and server bytes under perfect knowledge.
 *
 * Two bounds on the sum of delays hold whatever is decided; the greater is taken.
 *
 * - Each request takes its opening and its bytes at the rate of its own downlink or of the fastest
 *   uplink, whichever is less.
 * - All uplinks together are one machine that everybody can use at full speed. A customer's requests
 *   that follow each other before the earlier ones could have been served form a visit: during it at
 *   least one of them is open all the time, so that their delays add up to no less than the visit's
 *   time in the system. Of those times the sum is least if the visit with the least work left is
 *   always served first (Schrage, A proof of the optimality of the shortest remaining processing time
 *   discipline, Operations Research 16, 1968), each visit's work being there from its beginning.
 */
export function clairvoyantBound(input: BoundInput): ClairvoyantBound {
  const { workload, from } = input;
  const { requests, time } = workload.trace;
  let first = 0;
  while (first < requests && time[first] < from) first++;
  const measured = requests - first;
  const alone = sumAlone(input, first);
  const together = shortestFirst(visits(input, first), sum(input.uplinks));
  return {
    meanDelay: measured === 0 ? null : Math.max(alone, together) / measured,
    serverBytes: newBytes(workload),
  };
}

function sumAlone({ workload, uplinks, downlinkOf, opening }: BoundInput, first: number): number {
  const fastest = uplinks.reduce((most, uplink) => Math.max(most, uplink), 0);
  const { requests, customer, bytes } = workload.trace;
  let total = 0;
  for (let request = first; request < requests; request++) {
    const who = customer[request];
    total += opening(who) + bytes[request] / Math.min(fastest, downlinkOf(who));
  }
  return total;
}

/** Work of a customer without a break: bytes, all taken to be there at `at`. */
export interface Visit {
  readonly at: number;
  readonly bytes: number;
}

function visits({ workload, uplinks, downlinkOf }: BoundInput, first: number): Visit[] {
  const fastest = uplinks.reduce((most, uplink) => Math.max(most, uplink), 0);
  const { requests, time, customer, bytes } = workload.trace;
  const open = new Map<number, { at: number; bytes: number; until: number }>();
  const all: Visit[] = [];
  for (let request = first; request < requests; request++) {
    const who = customer[request];
    const seconds = bytes[request] / Math.min(fastest, downlinkOf(who));
    const visit = open.get(who);
    if (visit !== undefined && time[request] < visit.until) {
      visit.bytes += bytes[request];
      visit.until += seconds;
      continue;
    }
    const begun = { at: time[request], bytes: bytes[request], until: time[request] + seconds };
    open.set(who, begun);
    all.push(begun);
  }
  return all;
}

/** Sum of the times in the system if one machine of `rate` serves the least work first. */
export function shortestFirst(visits: readonly Visit[], rate: number): number {
  const waiting = new EventQueue(); // By bytes left, in place of a time.
  let now = 0;
  let total = 0;
  let next = 0;
  while (next < visits.length || waiting.size > 0) {
    if (waiting.size === 0) now = Math.max(now, visits[next].at);
    for (; next < visits.length && visits[next].at <= now; next++) {
      waiting.push(visits[next].bytes, 0, visits[next].at);
    }
    const until = next < visits.length ? visits[next].at : Number.POSITIVE_INFINITY;
    waiting.pop();
    const { time: left, subject: at } = waiting;
    const done = now + left / rate;
    if (done <= until) {
      total += done - at;
      now = done;
    } else {
      waiting.push(left - (until - now) * rate, 0, at);
      now = until;
    }
  }
  return total;
}

/** Bytes of contents that appear within the window and are asked for. */
function newBytes({ catalogue, trace }: Workload): number {
  const sent = new Set<number>();
  let total = 0;
  for (let request = 0; request < trace.requests; request++) {
    const file = trace.file[request];
    const content = catalogue.digest[file];
    if (catalogue.release[file] === Number.NEGATIVE_INFINITY || sent.has(content)) continue;
    sent.add(content);
    total += catalogue.size[file];
  }
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
