import type { Catalogue, RequestTrace, Workload } from "../workload.ts";
import { Column } from "./column.ts";
import { detach } from "./detach.ts";
import { parseLine } from "./line.ts";
import { NameTable } from "./name-table.ts";

/** How many lines that do not parse are kept in full; all are counted. */
const MOST_KEPT = 1000;

/** Lines of a log that do not parse. */
export interface Rejected {
  readonly count: number;
  /** The first ones, in order. */
  readonly lines: readonly RejectedLine[];
}

export interface RejectedLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

/**
 * Takes an access log line by line; every line is a download, ignored for a reason or rejected.
 *
 * Hosts become customers and paths files. A file's size is the most bytes ever sent for it: an
 * interrupted or partial answer is smaller. Times count from the earliest download.
 */
export class LogReader {
  readonly #hosts = new NameTable();
  readonly #paths = new NameTable();
  readonly #sizes = new Column();
  readonly #time = new Column();
  readonly #customer = new Column();
  readonly #file = new Column();
  readonly #bytes = new Column();
  readonly #ignored = new Map<string, number>();
  readonly #rejectedLines: RejectedLine[] = [];
  #rejected = 0;
  #lines = 0;
  #backward = 0;

  read(text: string): void {
    this.#lines++;
    const line = parseLine(text);
    if (line.kind === "bad") this.#reject(line.reason, text);
    else if (line.kind === "ignored") {
      this.#ignored.set(line.reason, (this.#ignored.get(line.reason) ?? 0) + 1);
    } else this.#download(line.host, line.time, line.path, line.bytes);
  }

  get lines(): number {
    return this.#lines;
  }

  get downloads(): number {
    return this.#time.length;
  }

  /** How many lines were ignored for each reason, by reason. */
  get ignored(): ReadonlyMap<string, number> {
    return new Map([...this.#ignored].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  get rejected(): Rejected {
    return { count: this.#rejected, lines: this.#rejectedLines };
  }

  /** There must be a download. */
  workload(): Workload {
    const trace = this.#trace();
    return {
      catalogue: this.#catalogue(),
      trace,
      customers: this.#hosts.size,
      window: trace.time[trace.requests - 1] + 1, // A log's clock ticks in seconds.
      notes: this.#notes(),
    };
  }

  #download(host: string, time: number, path: string, bytes: number): void {
    const file = this.#paths.number(path);
    if (file === this.#sizes.length) this.#sizes.push(bytes);
    else if (bytes > this.#sizes.get(file)) this.#sizes.set(file, bytes);
    const previous = this.#time.length - 1;
    if (previous >= 0 && time < this.#time.get(previous)) this.#backward++;
    this.#time.push(time);
    this.#customer.push(this.#hosts.number(host));
    this.#file.push(file);
    this.#bytes.push(bytes);
  }

  #reject(reason: string, text: string): void {
    this.#rejected++;
    if (this.#rejectedLines.length === MOST_KEPT) return;
    this.#rejectedLines.push({ line: this.#lines, reason, text: detach(text) });
  }

  #catalogue(): Catalogue {
    const names = this.#paths.names;
    return {
      files: names.length,
      size: this.#sizes.values.slice(),
      digest: Uint32Array.from(names.keys()),
      release: new Float64Array(names.length).fill(Number.NEGATIVE_INFINITY),
      path: (file) => names[file],
    };
  }

  #trace(): RequestTrace {
    const time = this.#time.values;
    const order = Uint32Array.from(time.keys());
    if (this.#backward > 0) order.sort((a, b) => time[a] - time[b] || a - b);
    const first = time[order[0]];
    return {
      requests: time.length,
      time: Float64Array.from(order, (row) => time[row] - first),
      customer: Uint32Array.from(order, (row) => this.#customer.get(row)),
      file: Uint32Array.from(order, (row) => this.#file.get(row)),
      bytes: Float64Array.from(order, (row) => this.#bytes.get(row)),
    };
  }

  #notes(): string[] {
    const notes = [`${this.downloads} of ${this.#lines} lines are downloads`];
    for (const [reason, count] of this.ignored) notes.push(`${count} ignored: ${reason}`);
    if (this.#rejected > 0) notes.push(`${this.#rejected} rejected: not a line of an access log`);
    if (this.#backward > 0) notes.push(`${this.#backward} out of order: sorted by time`);
    return notes;
  }
}
