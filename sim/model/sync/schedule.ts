import type { SyncLook } from "../../coordinator/index.ts";
import type { Engine, Kind } from "../../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../../engine/event-queue.ts";
import { SERVER } from "../../policies/index.ts";
import type { Coordination } from "../coordination.ts";
import type { SynchronisationSpec } from "../system.ts";

/** What the schedule needs to know of the volunteers and do with them. */
export interface ScheduleHost {
  readonly volunteers: number;
  /** The volunteer's own look at itself. */
  look(volunteer: number): SyncLook;
  /** Begins a synchronisation from there; false if the volunteer cannot now. */
  begin(volunteer: number, from: number): boolean;
  isUnderWay(volunteer: number): boolean;
  /** Limits the volunteer's synchronisation to so many bytes per second from now on. */
  limit(volunteer: number, rate: number): void;
}

/** Seconds between two questions about the rate while a synchronisation is under way. */
const RATE_INTERVAL = 60;

/** Seconds from a synchronisation that came to nothing to the next, at least. */
const PAUSE = 60;

/**
 * When each volunteer synchronises: by the system's timetable, or when the server says, which each
 * asks when a synchronisation has ended, when files are to be fetched, and when it comes on line.
 */
export class SyncSchedule {
  readonly #engine: Engine;
  readonly #spec: SynchronisationSpec;
  readonly #coordination: Coordination;
  readonly #isTimetable: boolean;
  readonly #host: ScheduleHost;
  readonly #start: Kind;
  readonly #rate: Kind;
  readonly #rateDue: Ticket[];

  /** `isTimetable`: whether volunteers keep the system's timetable and do not ask the server. */
  constructor(
    engine: Engine,
    spec: SynchronisationSpec,
    coordination: Coordination,
    isTimetable: boolean,
    host: ScheduleHost,
  ) {
    this.#engine = engine;
    this.#spec = spec;
    this.#coordination = coordination;
    this.#isTimetable = isTimetable;
    this.#host = host;
    this.#rateDue = new Array<Ticket>(host.volunteers).fill(NO_TICKET);
    this.#start = engine.kind("sync.start", (volunteer) => {
      engine.after(spec.every, this.#start, volunteer);
      this.#begin(volunteer, SERVER);
    });
    this.#rate = engine.kind("sync.rate", (volunteer) => this.#askRate(volunteer));
    coordination.when("synchronise", (volunteer, from) => this.#begin(volunteer, from));
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

  /** Something has changed for the volunteer: it asks anew when to begin. */
  ask(volunteer: number, notBefore = 0): void {
    if (this.#isTimetable || this.#host.isUnderWay(volunteer)) return;
    this.#coordination.planSync(volunteer, this.#host.look(volunteer), notBefore);
  }

  /** A synchronisation has ended; `files` were fetched. */
  ended(volunteer: number, files: number): void {
    this.ask(volunteer, files > 0 ? 0 : this.#engine.now + PAUSE);
  }

  #begin(volunteer: number, from: number): void {
    if (this.#host.isUnderWay(volunteer)) return;
    if (!this.#host.begin(volunteer, from)) {
      this.ask(volunteer, this.#engine.now + PAUSE);
      return;
    }
    if (this.#isTimetable) return;
    this.#coordination.tell((coordinator, now) => coordinator.beganSync(volunteer, now));
    this.#askRate(volunteer);
  }

  #askRate(volunteer: number): void {
    this.#engine.cancel(this.#rateDue[volunteer]);
    if (!this.#host.isUnderWay(volunteer)) return;
    const look = this.#host.look(volunteer);
    const rate = this.#coordination.tell((coordinator, now) =>
      coordinator.paceSync(volunteer, look, now),
    );
    this.#host.limit(volunteer, rate);
    if (rate < Number.POSITIVE_INFINITY) {
      this.#rateDue[volunteer] = this.#engine.after(RATE_INTERVAL, this.#rate, volunteer);
    }
  }
}
