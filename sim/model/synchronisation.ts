import type { Engine } from "../engine/engine.ts";
import { SERVER } from "../policies/index.ts";
import type { Observer } from "./events.ts";
import type { RepositoryServer } from "./server.ts";
import type { ExactSwarms } from "./sync/exact-swarms.ts";
import type { Fetches } from "./sync/fetches.ts";
import type { Openings } from "./sync/opening.ts";
import type { Pulls } from "./sync/pulls.ts";
import type { SyncSchedule } from "./sync/schedule.ts";
import type { Volunteers } from "./volunteers.ts";

/** What synchronisation consists of; `sync/make.ts` puts it together. */
export interface SynchronisationParts {
  readonly pulls: Pulls;
  readonly schedule: SyncSchedule;
  readonly openings: Openings;
  readonly fetches: Fetches;
  readonly swarms: ExactSwarms;
}

/**
 * Volunteers fetch what they are to hold, file by file, by the method of the system.
 *
 * Each starts at its own time of day or when its policy says, walks the list of files while that is
 * on its way, then fetches what is missing. A file travels in chunks that are checked one by one: an
 * interrupted fetch keeps the chunks that are complete and goes on behind them at the next
 * synchronisation. One whose source leaves goes on at once, from others.
 */
export class Synchronisation {
  /** What each volunteer is to fetch, and how far it has come. */
  readonly pulls: Pulls;
  readonly #engine: Engine;
  readonly #server: RepositoryServer;
  readonly #volunteers: Volunteers;
  readonly #schedule: SyncSchedule;
  readonly #openings: Openings;
  readonly #fetches: Fetches;
  readonly #swarms: ExactSwarms;
  readonly #observer: Observer;

  constructor(
    engine: Engine,
    server: RepositoryServer,
    volunteers: Volunteers,
    { pulls, schedule, openings, fetches, swarms }: SynchronisationParts,
    observer: Observer,
  ) {
    this.pulls = pulls;
    this.#engine = engine;
    this.#server = server;
    this.#volunteers = volunteers;
    this.#schedule = schedule;
    this.#openings = openings;
    this.#fetches = fetches;
    this.#swarms = swarms;
    this.#observer = observer;
    schedule.whenDue((volunteer, from) => this.#begin(volunteer, from));
    openings.whenOpen((volunteer) => this.#next(volunteer));
    fetches.whenDone((volunteer) => {
      this.#release(volunteer);
      this.#next(volunteer);
    });
    volunteers.whenLeaving((volunteer) => this.#interrupt(volunteer));
    volunteers.whenReturning((volunteer) => {
      swarms.comeBack(volunteer);
      schedule.ask(volunteer);
    });
    server.whenFailing(() => this.#serverFailed());
    server.whenReturning(() => swarms.comeBack(SERVER));
  }

  start(): void {
    this.#schedule.start(this.#volunteers.initial);
  }

  /** The volunteer is there from now on. */
  join(volunteer: number): void {
    this.#schedule.join(volunteer);
  }

  /** Seconds between two synchronisations of a volunteer by the timetable, from its next one on. */
  keepEvery(seconds: number): void {
    this.#schedule.every = seconds;
  }

  /** The volunteer is to hold the file; it will fetch it when it next synchronises. */
  want(volunteer: number, file: number, publishedAt: number): void {
    const pull = this.pulls.of(volunteer);
    if (pull.discards.delete(file) || pull.wants(file)) return;
    const { stale } = this.#volunteers.classes[volunteer].conduct;
    this.pulls.add(volunteer, file);
    if (stale) pull.completed.push(file); // It will say that it has the file, though it has not.
    pull.releasedAt = Math.max(pull.releasedAt, publishedAt);
    this.#schedule.ask(volunteer);
  }

  /** The volunteer is not to fetch the file after all; it is not fetching it. */
  unwant(volunteer: number, file: number): void {
    this.pulls.remove(volunteer, file);
    this.#swarms.forget(volunteer, file);
  }

  #begin(volunteer: number, from: number): boolean {
    if (!this.#volunteers.isOnline(volunteer) || !this.#server.isUp) return false;
    const pull = this.pulls.of(volunteer);
    pull.since = this.#engine.now;
    pull.files = 0;
    pull.from = from;
    this.#openings.begin(volunteer, from);
    return true;
  }

  /** The volunteer fetches its next file, waits for another's copy, or is at the end. */
  #next(volunteer: number): void {
    const pull = this.pulls.of(volunteer);
    pull.awaits = null;
    if (pull.next === pull.wanted.length || !this.#server.isUp) {
      this.#end(volunteer);
      return;
    }
    const file = pull.wanted[pull.next];
    if (pull.from >= 0 && !this.#volunteers.holds.has(pull.from, file)) {
      if (this.pulls.isComingTo(pull.from, file)) {
        pull.awaits = pull.from;
        this.pulls.mayWait = true;
        return;
      }
      pull.from = SERVER; // The parent will not have it: the rest comes from the server.
    }
    this.#fetches.start(volunteer);
  }

  /** Those that only waited for the volunteer's copy have theirs, or can fetch it now. */
  #release(volunteer: number): void {
    if (!this.pulls.mayWait) return;
    for (const [other, { fetch, awaits }] of this.pulls.entries()) {
      const isReady = fetch !== null && fetch.plan.behind === volunteer && fetch.flows.size === 0;
      if (isReady) this.#fetches.finish(other);
      else if (awaits === volunteer) this.#next(other);
    }
  }

  #end(volunteer: number): void {
    const pull = this.pulls.of(volunteer);
    if (pull.since === null) return;
    this.#observer.synchronised?.(volunteer, this.#engine.now - pull.since, pull.files);
    pull.since = null;
    if (this.pulls.mayWait) {
      for (const [other, { awaits }] of this.pulls.entries()) {
        if (awaits === volunteer) this.#next(other);
      }
    }
    this.#schedule.ended(volunteer, pull.files);
  }

  /** The volunteer has left. Complete chunks stay; the one under way is lost. */
  #interrupt(volunteer: number): void {
    this.#swarms.leave(volunteer);
    this.#stop(volunteer);
  }

  /** The server does not answer: what comes from it breaks off; what comes from others goes on. */
  #serverFailed(): void {
    this.#swarms.leave(SERVER);
    for (const [volunteer, { since, fetch }] of this.pulls.entries()) {
      const needsIt = this.#openings.isUnderWay(volunteer) || fetch?.takesFrom(SERVER);
      if (since !== null && needsIt) this.#stop(volunteer);
    }
  }

  #stop(volunteer: number): void {
    const pull = this.pulls.of(volunteer);
    this.#openings.stop(volunteer);
    pull.awaits = null;
    const { fetch } = pull;
    const progress = this.#fetches.progress(volunteer);
    if (fetch !== null) this.#fetches.breakOff(volunteer, fetch, this.#fetches.ahead(fetch.plan));
    this.#end(volunteer);
    for (const [other, { fetch: its }] of this.pulls.entries()) {
      if (!its?.takesFrom(volunteer)) continue;
      this.#fetches.breakOff(other, its, its.plan.behind === volunteer ? progress : 1);
      this.#next(other);
    }
  }
}
