import type { Observer } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { OpenTable, OpenTables } from "./open-table.ts";

/** Rows of what volunteers fetch and prove. */
export class VolunteerRows implements Observer {
  readonly #engine: World["engine"];
  readonly #synchronisations: OpenTable<"synchronisations"> | null;
  readonly #fetches: OpenTable<"fetches"> | null;
  readonly #copies: OpenTable<"copies"> | null;
  readonly #audits: OpenTable<"audits"> | null;

  constructor({ engine }: World, open: OpenTables) {
    this.#engine = engine;
    this.#synchronisations = open("synchronisations");
    this.#fetches = open("fetches");
    this.#copies = open("copies");
    this.#audits = open("audits");
  }

  synchronised(volunteer: number, seconds: number, files: number): void {
    const table = this.#synchronisations;
    if (table === null) return;
    const row = table.next();
    table.columns.volunteer[row] = volunteer;
    table.columns.start_s[row] = this.#engine.now - seconds;
    table.columns.end_s[row] = this.#engine.now;
    table.columns.files[row] = files;
  }

  fetched(volunteer: number, file: number, publishedAt: number): void {
    const table = this.#copies;
    if (table === null) return;
    const row = table.next();
    table.columns.volunteer[row] = volunteer;
    table.columns.file[row] = file;
    table.columns.held_s[row] = this.#engine.now;
    table.columns.published_s[row] = sinceStart(publishedAt);
  }

  pulled(volunteer: number, bytes: number): void {
    this.#moved(volunteer, "pulled", -1, bytes);
  }

  exchanged(volunteer: number, from: number, bytes: number): void {
    this.#moved(volunteer, "exchanged", from, bytes);
  }

  returned(volunteer: number, bytes: number): void {
    this.#moved(volunteer, "returned", -1, bytes);
  }

  audited(volunteer: number, bytes: number, passed: boolean): void {
    const table = this.#audits;
    if (table === null) return;
    const row = table.next();
    table.columns.volunteer[row] = volunteer;
    table.columns.end_s[row] = this.#engine.now;
    table.columns.sent_bytes[row] = bytes;
    table.columns.outcome.set(row, passed ? "passed" : "failed");
  }

  #moved(volunteer: number, way: string, peer: number, bytes: number): void {
    const table = this.#fetches;
    if (table === null) return;
    const row = table.next();
    table.columns.volunteer[row] = volunteer;
    table.columns.end_s[row] = this.#engine.now;
    table.columns.way.set(row, way);
    table.columns.peer[row] = peer;
    table.columns.moved_bytes[row] = bytes;
  }
}

/** Seconds, or none of what was there before the window began. */
export function sinceStart(seconds: number): number {
  return seconds === Number.NEGATIVE_INFINITY ? Number.NaN : seconds;
}
