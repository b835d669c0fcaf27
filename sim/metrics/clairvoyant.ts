import { EventQueue } from "../engine/event-queue.ts";
import type { Workload } from "../workload/workload.ts";
import { Column } from "./column.ts";

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

/** Work of customers without a break, in order of its beginning: bytes, all taken to be there then. */
export interface Visits {
  readonly count: number;
  readonly at: ArrayLike<number>;
  readonly bytes: ArrayLike<number>;
}

function visits({ workload, uplinks, downlinkOf }: BoundInput, first: number): Visits {
  const fastest = uplinks.reduce((most, uplink) => Math.max(most, uplink), 0);
  const { requests, time, customer, bytes } = workload.trace;
  const [at, work] = [new Column(), new Column()];
  // By customer: its last visit, and until when that cannot have been served.
  const last = new Uint32Array(workload.customers);
  const until = new Float64Array(workload.customers).fill(Number.NEGATIVE_INFINITY);
  for (let request = first; request < requests; request++) {
    const who = customer[request];
    const seconds = bytes[request] / Math.min(fastest, downlinkOf(who));
    if (time[request] < until[who]) {
      work.add(last[who], bytes[request]);
      until[who] += seconds;
      continue;
    }
    last[who] = at.length;
    until[who] = time[request] + seconds;
    at.push(time[request]);
    work.push(bytes[request]);
  }
  return { count: at.length, at: at.values(), bytes: work.values() };
}

/** Sum of the times in the system if one machine of `rate` serves the least work first. */
export function shortestFirst({ count, at, bytes }: Visits, rate: number): number {
  const waiting = new EventQueue(); // By bytes left, in place of a time.
  let now = 0;
  let total = 0;
  let next = 0;
  while (next < count || waiting.size > 0) {
    if (waiting.size === 0) now = Math.max(now, at[next]);
    for (; next < count && at[next] <= now; next++) waiting.push(bytes[next], 0, at[next]);
    const until = next < count ? at[next] : Number.POSITIVE_INFINITY;
    waiting.pop();
    const { time: left, subject: begun } = waiting;
    const done = now + left / rate;
    if (done <= until) {
      total += done - begun;
      now = done;
    } else {
      waiting.push(left - (until - now) * rate, 0, begun);
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
