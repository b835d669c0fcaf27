import type { AttemptEnd, Observer, RequestEnd } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { Workload } from "../workload/workload.ts";
import type { BlockSink } from "./block.ts";
import { fileRows } from "./file-rows.ts";
import { LinkRows } from "./link-rows.ts";
import { OpenTable, type OpenTables } from "./open-table.ts";
import { PresenceRows } from "./presence-rows.ts";
import { RequestRows } from "./request-rows.ts";
import type { TableName } from "./tables.ts";
import { VolunteerRows } from "./volunteer-rows.ts";

/** The tables that are wanted of a run, and who takes the rows of each. */
export type RowSinks = ReadonlyMap<TableName, BlockSink>;

/**
 * Writes down what happens in a run, a row for each thing, from its start to its end: nothing is left
 * out for `measure.from`. It never steers.
 */
export class RowRecorder implements Observer {
  readonly #world: World;
  readonly #workload: Workload;
  readonly #open: OpenTable<TableName>[] = [];
  readonly #requests: RequestRows;
  readonly #volunteers: VolunteerRows;
  readonly #links: LinkRows | null;
  readonly #runs: OpenTable<"runs"> | null;
  readonly #files: OpenTable<"files"> | null;
  readonly #presenceTable: OpenTable<"presence"> | null;
  #presence: PresenceRows | null = null;

  constructor(world: World, workload: Workload, sinks: RowSinks) {
    const open: OpenTables = (name) => {
      const sink = sinks.get(name);
      if (sink === undefined) return null;
      const table = new OpenTable(name, sink);
      this.#open.push(table as unknown as OpenTable<TableName>);
      return table;
    };
    this.#world = world;
    this.#workload = workload;
    this.#requests = new RequestRows(world, workload.trace, open);
    this.#volunteers = new VolunteerRows(world, open);
    const links = open("links");
    this.#links = links && new LinkRows(links, world);
    this.#runs = open("runs");
    this.#files = open("files");
    this.#presenceTable = open("presence");
  }

  begun(request: number): void {
    this.#requests.begun(request);
  }

  dispatched(request: number, node: number, reason: string): void {
    this.#requests.dispatched(request, node, reason);
  }

  fetching(request: number, node: number): void {
    this.#requests.fetching(request, node);
  }

  serving(request: number): void {
    this.#requests.serving(request);
  }

  attempted(request: number, node: number, end: AttemptEnd, sent: number): void {
    this.#requests.attempted(request, node, end, sent);
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    this.#requests.ended(request, asked, end);
  }

  synchronised(volunteer: number, seconds: number, files: number): void {
    this.#volunteers.synchronised(volunteer, seconds, files);
  }

  fetched(volunteer: number, file: number, publishedAt: number): void {
    this.#volunteers.fetched(volunteer, file, publishedAt);
  }

  pulled(volunteer: number, bytes: number): void {
    this.#volunteers.pulled(volunteer, bytes);
  }

  exchanged(volunteer: number, from: number, bytes: number): void {
    this.#volunteers.exchanged(volunteer, from, bytes);
  }

  returned(volunteer: number, bytes: number): void {
    this.#volunteers.returned(volunteer, bytes);
  }

  audited(volunteer: number, bytes: number, passed: boolean): void {
    this.#volunteers.audited(volunteer, bytes, passed);
  }

  measuring(): void {
    this.#links?.look();
  }

  sampled(): void {
    // The first sample is at 0, when all volunteers have been started.
    if (this.#presence === null && this.#presenceTable !== null) {
      this.#presence = new PresenceRows(this.#presenceTable, this.#world);
    }
    this.#links?.look();
  }

  /** Passes on what is left. For use when the run has ended. */
  finish(): void {
    this.#presence?.finish();
    this.#links?.look();
    if (this.#runs !== null) runRow(this.#runs, this.#workload, this.#world.engine.now);
    if (this.#files !== null) fileRows(this.#files, this.#workload);
    for (const table of this.#open) table.flush();
  }
}

function runRow(table: OpenTable<"runs">, { window, trace }: Workload, end: number): void {
  const { columns } = table;
  const row = table.next();
  columns.window_s[row] = window;
  columns.end_s[row] = end;
  columns.requests[row] = trace.requests;
  columns.visits[row] = trace.visits;
}
