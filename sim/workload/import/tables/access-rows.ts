import { ByteTable } from "./byte-table.ts";
import { FileTable } from "./file-table.ts";

/** Rows as columns; of each array the first `rows` values count. */
export interface AccessColumns {
  readonly rows: number;
  /** Seconds on the log's own clock. */
  readonly time: Float64Array;
  readonly customer: Uint32Array;
  readonly file: Uint32Array;
  /** Bytes sent; at least 1. */
  readonly bytes: Float64Array;
  readonly status: Uint16Array;
  /** What tells visits apart; 0 where a row does not say. */
  readonly visit: Uint32Array;
}

/** Downloads as importers find them, in the order of the log. */
export class AccessRows {
  /** Whether times are seconds since 1970; else they are since the start of the window. */
  isUnix = true;
  readonly customers = new ByteTable();
  readonly files = new FileTable();
  /** Names of visits as their sources have them, for numbers. */
  readonly visits = new ByteTable();
  #time = new Float64Array(1024);
  #customer = new Uint32Array(1024);
  #file = new Uint32Array(1024);
  #bytes = new Float64Array(1024);
  #status = new Uint16Array(1024);
  #visit = new Uint32Array(1024);
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  /** `status` is HTTP's, or 0 where the format has none; `visit` likewise, any number from 1. */
  add(
    time: number,
    customer: number,
    file: number,
    bytes: number,
    status: number,
    visit = 0,
  ): void {
    if (this.#rows === this.#time.length) this.#grow();
    const row = this.#rows++;
    this.#time[row] = time;
    this.#customer[row] = customer;
    this.#file[row] = file;
    this.#bytes[row] = bytes;
    this.#status[row] = status;
    this.#visit[row] = visit;
  }

  /** The rows so far, without a copy. */
  columns(): AccessColumns {
    return {
      rows: this.#rows,
      time: this.#time,
      customer: this.#customer,
      file: this.#file,
      bytes: this.#bytes,
      status: this.#status,
      visit: this.#visit,
    };
  }

  #grow(): void {
    const length = 2 * this.#rows;
    this.#time = copied(this.#time, new Float64Array(length));
    this.#customer = copied(this.#customer, new Uint32Array(length));
    this.#file = copied(this.#file, new Uint32Array(length));
    this.#bytes = copied(this.#bytes, new Float64Array(length));
    this.#status = copied(this.#status, new Uint16Array(length));
    this.#visit = copied(this.#visit, new Uint32Array(length));
  }
}

function copied<Values extends { set(from: Values): void }>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

/** The rows with these numbers, in their order. */
export function picked(rows: AccessColumns, order: Uint32Array): AccessColumns {
  const { length } = order;
  return {
    rows: length,
    time: pick(rows.time, order, new Float64Array(length)),
    customer: pick(rows.customer, order, new Uint32Array(length)),
    file: pick(rows.file, order, new Uint32Array(length)),
    bytes: pick(rows.bytes, order, new Float64Array(length)),
    status: pick(rows.status, order, new Uint16Array(length)),
    visit: pick(rows.visit, order, new Uint32Array(length)),
  };
}

/** The same rows in arrays of just their number, without a copy. */
export function trimmed({
  rows,
  time,
  customer,
  file,
  bytes,
  status,
  visit,
}: AccessColumns): AccessColumns {
  return {
    rows,
    time: time.subarray(0, rows),
    customer: customer.subarray(0, rows),
    file: file.subarray(0, rows),
    bytes: bytes.subarray(0, rows),
    status: status.subarray(0, rows),
    visit: visit.subarray(0, rows),
  };
}

/** A loop: `from` with a function takes ten times as long. */
function pick<Values extends { [row: number]: number }>(
  from: Values,
  order: Uint32Array,
  to: Values,
): Values {
  for (let at = 0; at < order.length; at++) to[at] = from[order[at]];
  return to;
}
