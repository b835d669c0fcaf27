import { assert } from "../../../engine/assert.ts";
import type { DetailedRequests } from "../../trace/trace.ts";
import { numberVisits } from "../../visits.ts";
import type { RequestSink } from "./sink.ts";
import { radixOrder } from "./time-order.ts";

/** Times are whole milliseconds: so many in a second. */
const PRECISION = 1000;

/** Requests are sorted bucket by bucket: milliseconds in a bucket, fewer than 2^20. */
const BUCKET = 600 * PRECISION;

/** Counts requests, and how many fall into each bucket, before there is room for them. */
export class RequestTally implements RequestSink {
  readonly window: number;
  /** Requests by bucket. */
  readonly buckets: Float64Array;
  requests = 0;
  bytes = 0;

  constructor(window: number) {
    this.window = window;
    this.buckets = new Float64Array(Math.ceil((window * PRECISION) / BUCKET));
  }

  add(time: number, _customer: number, _file: number, bytes: number): void {
    const instant = instantOf(time);
    if (instant >= this.window * PRECISION) return;
    this.buckets[bucketOf(instant)]++;
    this.requests++;
    this.bytes += bytes;
  }
}

/**
 * Requests in columns, sorted by time. Equal times keep the order in which they came.
 *
 * A tally of the same requests says beforehand where each bucket begins, so every request is
 * written to its bucket at once, and only buckets are left to be sorted. Memory is that of the
 * columns and of one bucket.
 */
export class RequestColumns implements RequestSink {
  readonly #window: number;
  readonly #columns: DetailedRequests;
  /** Where the next request of each bucket goes; and where each bucket ends. */
  readonly #next: Float64Array;
  readonly #end: Float64Array;

  constructor({ window, buckets, requests }: RequestTally) {
    this.#window = window;
    this.#next = new Float64Array(buckets.length);
    for (let bucket = 1; bucket < buckets.length; bucket++) {
      this.#next[bucket] = this.#next[bucket - 1] + buckets[bucket - 1];
    }
    this.#end = this.#next.map((start, bucket) => start + buckets[bucket]);
    this.#columns = {
      requests,
      time: new Float64Array(requests),
      customer: new Uint32Array(requests),
      file: new Uint32Array(requests),
      bytes: new Float64Array(requests),
      visit: new Uint32Array(requests),
      status: new Uint16Array(requests),
    };
  }

  add(
    time: number,
    customer: number,
    file: number,
    bytes: number,
    status: number,
    visit: number,
  ): void {
    const instant = instantOf(time);
    if (instant >= this.#window * PRECISION) return;
    const row = this.#next[bucketOf(instant)]++;
    this.#columns.time[row] = instant;
    this.#columns.customer[row] = customer;
    this.#columns.file[row] = file;
    this.#columns.bytes[row] = bytes;
    this.#columns.status[row] = status;
    this.#columns.visit[row] = visit;
  }

  /** The requests, when all have been added that were tallied. */
  sorted(): DetailedRequests {
    let start = 0;
    for (const [bucket, end] of this.#end.entries()) {
      assert(this.#next[bucket] === end, "the requests added are those that were tallied");
      if (end > start) sortRows(this.#columns, start, end, bucket * BUCKET);
      start = end;
    }
    const { time, visit } = this.#columns;
    for (let row = 0; row < time.length; row++) time[row] /= PRECISION;
    numberVisits(visit);
    return this.#columns;
  }
}

/** Milliseconds from the start of the window. */
function instantOf(time: number): number {
  return Math.floor(time * PRECISION);
}

function bucketOf(instant: number): number {
  return Math.floor(instant / BUCKET);
}

/** Sorts the rows of the bucket that begins at an instant, then as they stand. */
function sortRows(columns: DetailedRequests, start: number, end: number, base: number): void {
  const keys = new Uint32Array(end - start);
  for (let row = 0; row < keys.length; row++) keys[row] = columns.time[start + row] - base;
  const order = radixOrder(keys);
  arrange(columns.time, start, order);
  arrange(columns.customer, start, order);
  arrange(columns.file, start, order);
  arrange(columns.bytes, start, order);
  arrange(columns.status, start, order);
  arrange(columns.visit, start, order);
}

function arrange(
  column: Float64Array | Uint32Array | Uint16Array,
  start: number,
  order: Uint32Array,
): void {
  const before = column.slice(start, start + order.length);
  for (let row = 0; row < order.length; row++) column[start + row] = before[order[row]];
}
