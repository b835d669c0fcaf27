import type { SyncLook } from "../../coordinator/index.ts";
import type { Engine, Kind } from "../../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../../engine/event-queue.ts";
import { SERVER } from "../../policies/index.ts";
import type { Coordination } from "../coordination.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { Pulls } from "./pulls.ts";

/** A volunteer looks at itself and keeps to a rate. */
export interface ScheduleHost {
  lookAt(volunteer: number): SyncLook;
  /** Limits the volunteer's synchronisation to so many bytes per second from now on. */
  limit(volunteer: number, rate: number): void;
}

/** The times of day that a system sets; see `SynchronisationSpec`. */
export type Timetable = Pick<SynchronisationSpec, "every" | "spread" | "first">;

/** Begins a synchronisation from there; false if the volunteer cannot now. */
type Begin = (volunteer: number, from: number) => boolean;

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
  readonly #coordination: Coordination;
  readonly #timetable: Timetable | null;
  readonly #pulls: Pulls;
  readonly #host: ScheduleHost;
  readonly #start: Kind;
  readonly #rate: Kind;
  readonly #rateDue: Ticket[];
  /** Seconds between two starts of the timetable: others count from each one's next start on. */
  every: number;
  /** Those that have come later and have not yet been told to hold anything. */
  readonly #fresh = new Set<number>();
  #onDue: Begin = () => false;

  /** `timetable`: which volunteers keep; null if they ask the server. */
  constructor(
    engine: Engine,
    coordination: Coordination,
    timetable: Timetable | null,
    pulls: Pulls,
    host: ScheduleHost,
  ) {
    this.#engine = engine;
    this.#coordination = coordination;
    this.#timetable = timetable;
    this.#pulls = pulls;
    this.#host = host;
    this.every = timetable?.every ?? Number.POSITIVE_INFINITY;
    this.#rateDue = new Array<Ticket>(pulls.count).fill(NO_TICKET);
    this.#start = engine.kind("sync.start", (volunteer) => {
      if (timetable !== null) engine.after(this.every, this.#start, volunteer);
      this.#begin(volunteer, SERVER);
    });
    this.#rate = engine.kind("sync.rate", (volunteer) => this.#askRate(volunteer));
    coordination.when("synchronise", (volunteer, from) => this.#begin(volunteer, from));
  }

  /** What is to be done when a volunteer's time has come. */
  whenDue(begin: Begin): void {
    this.#onDue = begin;
  }

  /** Schedules the first synchronisation of the `count` volunteers that are there from the start. */
  start(count: number): void {
    for (let volunteer = 0; volunteer < count; volunteer++) {
      if (this.#timetable === null) {
        this.ask(volunteer);
        continue;
      }
      const { first, spread } = this.#timetable;
      const place = (volunteer + 0.5) / count;
      this.#engine.after(first + spread * place, this.#start, volunteer);
    }
  }

  /**
   * The volunteer is there from now on. With a timetable it has times of its own: from when it is told
   * to hold something.
   */
  join(volunteer: number): void {
    this.#fresh.add(volunteer);
  }

  /** Something has changed for the volunteer: it asks anew when to begin. */
  ask(volunteer: number, notBefore = 0): void {
    if (this.#timetable !== null && this.#isFirstTold(volunteer)) {
      this.#engine.after(0, this.#start, volunteer);
    }
    if (this.#timetable !== null || this.#isUnderWay(volunteer)) return;
    this.#coordination.planSync(volunteer, this.#host.lookAt(volunteer), notBefore);
  }

  #isFirstTold(volunteer: number): boolean {
    return this.#pulls.of(volunteer).wanted.length > 0 && this.#fresh.delete(volunteer);
  }

  /** A synchronisation has ended; `files` were fetched. */
  ended(volunteer: number, files: number): void {
    this.ask(volunteer, files > 0 ? 0 : this.#engine.now + PAUSE);
  }

  #begin(volunteer: number, from: number): void {
    if (this.#isUnderWay(volunteer)) return;
    if (!this.#onDue(volunteer, from)) {
      this.ask(volunteer, this.#engine.now + PAUSE);
      return;
    }
    if (this.#timetable !== null) return;
    this.#coordination.lead((coordinator, now) => coordinator.beganSync(volunteer, now));
    this.#askRate(volunteer);
  }

  #askRate(volunteer: number): void {
    this.#engine.cancel(this.#rateDue[volunteer]);
    if (!this.#isUnderWay(volunteer)) return;
    const look = this.#host.lookAt(volunteer);
    const rate = this.#coordination.lead((coordinator, now) =>
      coordinator.paceSync(volunteer, look, now),
    );
    this.#host.limit(volunteer, rate);
    if (rate < Number.POSITIVE_INFINITY) {
      this.#rateDue[volunteer] = this.#engine.after(RATE_INTERVAL, this.#rate, volunteer);
    }
  }

  #isUnderWay(volunteer: number): boolean {
    return this.#pulls.of(volunteer).since !== null;
  }
}
