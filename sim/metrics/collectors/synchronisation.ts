import type { World } from "../../model/simulation.ts";
import { type SyncDays, SyncHours } from "../sync-hours.ts";
import type { Collector } from "./collector.ts";

export type SyncMetric =
  | "sync.hours"
  | "sync.maxHours"
  | "sync.minHours"
  | "sync.serverBytes"
  | "sync.peerBytes"
  | "sync.wireBytes"
  | "sync.age"
  | "sync.lastAge"
  | "trust.auditBytes";

/** What it takes to keep volunteers up to date, and how far behind they are. */
export class Synchronisations implements Collector<SyncMetric> {
  readonly #engine: World["engine"];
  readonly #volunteers: number;
  readonly #from: number;
  readonly #window: number;
  readonly #hours: SyncHours;
  #seconds = 0;
  #pulled = 0;
  #exchanged = 0;
  #returned = 0;
  #audited = 0;
  #fetched = 0;
  #ages = 0;
  #longestAge = 0;

  /** `from` and `window` in seconds: hours are those between them. */
  constructor({ engine, volunteers }: World, from: number, window: number) {
    this.#engine = engine;
    this.#volunteers = volunteers.count;
    this.#from = from;
    this.#window = window;
    this.#hours = new SyncHours(volunteers.count, from, window);
  }

  synchronised(volunteer: number, seconds: number): void {
    const end = Math.min(this.#engine.now, this.#window);
    const start = this.#engine.now - seconds;
    this.#seconds += Math.max(0, end - start);
    this.#hours.add(volunteer, start, end);
  }

  fetched(_volunteer: number, _file: number, publishedAt: number): void {
    if (publishedAt === Number.NEGATIVE_INFINITY) return; // It was taken away and given again.
    const seconds = this.#engine.now - publishedAt;
    this.#fetched++;
    this.#ages += seconds;
    this.#longestAge = Math.max(this.#longestAge, seconds);
  }

  pulled(_volunteer: number, bytes: number): void {
    this.#pulled += bytes;
  }

  exchanged(_volunteer: number, _from: number, bytes: number): void {
    this.#exchanged += bytes;
  }

  returned(_volunteer: number, bytes: number): void {
    this.#returned += bytes;
  }

  audited(_volunteer: number, bytes: number): void {
    this.#audited += bytes;
  }

  metrics() {
    const days = (this.#window - this.#from) / 86_400;
    const nobody = this.#volunteers === 0;
    return {
      "sync.hours": nobody ? null : this.#seconds / 3600 / days / this.#volunteers,
      "sync.maxHours": this.#hours.most(),
      "sync.minHours": this.#hours.least(),
      "sync.serverBytes": this.#pulled,
      "sync.peerBytes": this.#exchanged,
      "sync.wireBytes": this.#pulled + this.#exchanged + this.#returned,
      "sync.age": this.#fetched === 0 ? null : this.#ages / this.#fetched,
      "sync.lastAge": this.#fetched === 0 ? null : this.#longestAge,
      "trust.auditBytes": this.#audited,
    };
  }

  days(): SyncDays {
    return this.#hours.days();
  }
}
