import type { Engine, Kind } from "../../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../../engine/event-queue.ts";
import { type Bound, SERVER, type Sync, type SyncView } from "../../policies/index.ts";
import type { SynchronisationSpec } from "../system.ts";

/** One policy for each volunteer; null for the system's own timetable. */
export type BindSync = (() => Bound<SyncView, Sync, never>) | null;

/** What the schedule needs to know of the volunteers and do with them. */
export interface ScheduleHost {
  readonly volunteers: number;
  /** The volunteer's own look at itself, but for the times that the schedule knows. */
  look(volunteer: number): Omit<SyncView, "node" | "now" | "timeOfDay" | "lastSync">;
  /** Begins a synchronisation from there; false if the volunteer cannot now. */
  begin(volunteer: number, from: number): boolean;
  isUnderWay(volunteer: number): boolean;
  /** Limits the volunteer's synchronisation to so many bytes per second from now on. */
  limit(volunteer: number, rate: number): void;
}

const DAY = 86_400;

/** Seconds between two questions about the rate while a synchronisation is under way. */
const RATE_INTERVAL = 60;

/** Seconds from a synchronisation that came to nothing to the next, at least. */
const PAUSE = 60;

/**
 * When each volunteer synchronises: by the system's timetable, or by a policy that is asked when a
 * synchronisation has ended, when files are to be fetched, and when the volunteer comes on line.
 */
export class SyncSchedule {
  readonly #engine: Engine;
  readonly #spec: SynchronisationSpec;
  readonly #policies: readonly Bound<SyncView, Sync, never>[];
  readonly #host: ScheduleHost;
  readonly #start: Kind;
  readonly #rate: Kind;
  readonly #due: Ticket[];
  readonly #rateDue: Ticket[];
  readonly #from: number[];
  readonly #lastSync: number[];

  constructor(engine: Engine, spec: SynchronisationSpec, bindSync: BindSync, host: ScheduleHost) {
    this.#engine = engine;
    this.#spec = spec;
    this.#host = host;
    this.#policies = bindSync === null ? [] : Array.from({ length: host.volunteers }, bindSync);
    this.#due = new Array<Ticket>(host.volunteers).fill(NO_TICKET);
    this.#rateDue = new Array<Ticket>(host.volunteers).fill(NO_TICKET);
    this.#from = new Array<number>(host.volunteers).fill(SERVER);
    this.#lastSync = new Array<number>(host.volunteers).fill(Number.NEGATIVE_INFINITY);
    this.#start = engine.kind("sync.start", (volunteer) => this.#begin(volunteer));
    this.#rate = engine.kind("sync.rate", (volunteer) => this.#askRate(volunteer));
  }

  get #isTimetable(): boolean {
    return this.#policies.length === 0;
  }

  /** Schedules the first synchronisation of every volunteer. */
  start(): void {
    const { first, spread } = this.#spec;
    for (let volunteer = 0; volunteer < this.#host.volunteers; volunteer++) {
      const place = (volunteer + 0.5) / this.#host.volunteers;
      if (this.#isTimetable) this.#engine.after(first + spread * place, this.#start, volunteer);
      else this.ask(volunteer);
    }
  }

  /** Something has changed for the volunteer: the policy says anew when to begin. */
  ask(volunteer: number, notBefore = 0): void {
    if (this.#isTimetable || this.#host.isUnderWay(volunteer)) return;
    this.#engine.cancel(this.#due[volunteer]);
    this.#due[volunteer] = NO_TICKET;
    const { at, from } = this.#decide(volunteer);
    this.#from[volunteer] = from;
    if (at === Number.POSITIVE_INFINITY) return;
    const time = Math.max(at, this.#engine.now, notBefore);
    this.#due[volunteer] = this.#engine.at(time, this.#start, volunteer);
  }

  /** A synchronisation has ended; `files` were fetched. */
  ended(volunteer: number, files: number): void {
    this.ask(volunteer, files > 0 ? 0 : this.#engine.now + PAUSE);
  }

  #begin(volunteer: number): void {
    this.#due[volunteer] = NO_TICKET;
    if (this.#isTimetable) this.#engine.after(this.#spec.every, this.#start, volunteer);
    if (this.#host.isUnderWay(volunteer)) return;
    if (!this.#host.begin(volunteer, this.#from[volunteer])) {
      this.ask(volunteer, this.#engine.now + PAUSE);
      return;
    }
    this.#lastSync[volunteer] = this.#engine.now;
    if (!this.#isTimetable) this.#askRate(volunteer);
  }

  #askRate(volunteer: number): void {
    this.#engine.cancel(this.#rateDue[volunteer]);
    if (!this.#host.isUnderWay(volunteer)) return;
    const { rate } = this.#decide(volunteer);
    this.#host.limit(volunteer, rate);
    if (rate < Number.POSITIVE_INFINITY) {
      this.#rateDue[volunteer] = this.#engine.after(RATE_INTERVAL, this.#rate, volunteer);
    }
  }

  #decide(volunteer: number): Sync {
    const { now } = this.#engine;
    const view = {
      node: volunteer,
      now,
      timeOfDay: now % DAY,
      lastSync: this.#lastSync[volunteer],
      ...this.#host.look(volunteer),
    };
    return this.#policies[volunteer].decide(view, () => 0);
  }
}
