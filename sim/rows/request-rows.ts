import { type AttemptEnd, type Observer, type RequestEnd, SERVER_NODE } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { RequestTrace } from "../workload/workload.ts";
import type { OpenTable, OpenTables } from "./open-table.ts";
import { SourceColumns } from "./source-columns.ts";
import { VisitRows } from "./visit-rows.ts";

/** A request that has begun and not ended. */
interface Underway {
  turned: number;
  firstByte: number;
  node: number;
  attempts: number;
  isFetching: boolean;
  reason: string | null;
}

/** Rows of requests, their attempts and their visits, each written at its end. */
export class RequestRows implements Observer {
  readonly #engine: World["engine"];
  readonly #requests: RequestTable | null;
  readonly #attempts: AttemptTable | null;
  readonly #visits: VisitRows | null;
  /** By request: the place of its record. Places are used again, as few requests are under way. */
  readonly #places: Int32Array;
  readonly #records: Underway[] = [];
  readonly #free: number[] = [];

  constructor({ engine, topology, volunteers }: World, trace: RequestTrace, open: OpenTables) {
    this.#engine = engine;
    this.#places = new Int32Array(trace.requests);
    const siteOf = topology.customers.map(
      (_, customer) => topology.customerSite(customer)?.facts.site ?? null,
    );
    const [requests, attempts, visits] = [open("requests"), open("attempts"), open("visits")];
    this.#requests = requests && new RequestTable(requests, trace, siteOf, volunteers.count);
    this.#attempts = attempts && new AttemptTable(attempts, trace, volunteers.count);
    this.#visits = visits && new VisitRows(visits, trace, siteOf);
  }

  begun(request: number): void {
    const place = this.#free.pop() ?? this.#records.push({} as Underway) - 1;
    this.#places[request] = place;
    const record = this.#records[place];
    record.turned = Number.NaN;
    record.firstByte = Number.NaN;
    record.node = SERVER_NODE;
    record.attempts = 0;
    record.isFetching = false;
    record.reason = null;
  }

  dispatched(request: number, _node: number, reason: string): void {
    this.#recordOf(request).reason = reason;
  }

  fetching(request: number, node: number): void {
    const record = this.#recordOf(request);
    record.turned = this.#engine.now;
    record.firstByte = Number.NaN;
    record.node = node;
    record.attempts++;
    record.isFetching = true;
  }

  serving(request: number): void {
    this.#recordOf(request).firstByte = this.#engine.now;
  }

  attempted(request: number, _node: number, end: AttemptEnd, sent: number): void {
    const record = this.#recordOf(request);
    this.#attempts?.add(request, record, this.#engine.now, end, sent);
    record.isFetching = false;
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    const { now } = this.#engine;
    this.#requests?.add(request, this.#recordOf(request), asked, now, end);
    this.#visits?.ended(request, now, end);
    this.#free.push(this.#places[request]);
  }

  #recordOf(request: number): Underway {
    return this.#records[this.#places[request]];
  }
}

class RequestTable {
  readonly #table: OpenTable<"requests">;
  readonly #trace: RequestTrace;
  readonly #siteOf: readonly (string | null)[];
  readonly #source: SourceColumns;

  constructor(
    table: OpenTable<"requests">,
    trace: RequestTrace,
    siteOf: readonly (string | null)[],
    volunteers: number,
  ) {
    this.#table = table;
    this.#trace = trace;
    this.#siteOf = siteOf;
    this.#source = new SourceColumns(table.columns, volunteers);
  }

  add(request: number, record: Underway, asked: number, now: number, end: RequestEnd): void {
    const { columns } = this.#table;
    const { visit, customer, file, bytes, time } = this.#trace;
    const row = this.#table.next();
    columns.request[row] = request;
    columns.visit[row] = visit[request];
    columns.customer[row] = customer[request];
    columns.site.set(row, this.#siteOf[customer[request]]);
    columns.file[row] = file[request];
    columns.wanted_bytes[row] = bytes[request];
    columns.arrival_s[row] = time[request];
    columns.asked_s[row] = asked;
    columns.turned_s[row] = record.turned;
    columns.first_byte_s[row] = record.firstByte;
    columns.end_s[row] = now;
    if (record.attempts === 0) this.#source.setNone(row);
    else this.#source.set(row, record.node);
    columns.attempts[row] = record.attempts;
    columns.outcome.set(row, end);
    columns.reason.set(row, record.reason);
  }
}

class AttemptTable {
  readonly #table: OpenTable<"attempts">;
  readonly #trace: RequestTrace;
  readonly #source: SourceColumns;

  constructor(table: OpenTable<"attempts">, trace: RequestTrace, volunteers: number) {
    this.#table = table;
    this.#trace = trace;
    this.#source = new SourceColumns(table.columns, volunteers);
  }

  add(request: number, record: Underway, now: number, end: AttemptEnd, sent: number): void {
    const { columns } = this.#table;
    const { isFetching, node, attempts, turned, firstByte } = record;
    const row = this.#table.next();
    columns.request[row] = request;
    columns.attempt[row] = attempts;
    columns.arrival_s[row] = this.#trace.time[request];
    if (isFetching) this.#source.set(row, node);
    else this.#source.setNone(row);
    columns.start_s[row] = isFetching ? turned : Number.NaN;
    columns.first_byte_s[row] = isFetching ? firstByte : Number.NaN;
    columns.end_s[row] = now;
    columns.sent_bytes[row] = sent;
    columns.outcome.set(row, end);
  }
}
