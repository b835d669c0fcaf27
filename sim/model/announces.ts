import type { Engine, Kind } from "../engine/engine.ts";
import type { Coordination } from "./coordination.ts";
import type { Disks } from "./disks.ts";
import type { Offers } from "./offers.ts";
import type { Reports } from "./reports.ts";
import type { RepositoryServer } from "./server.ts";
import type { TrackerSpec } from "./system.ts";
import type { Volunteers } from "./volunteers.ts";

/**
 * Volunteers tidy their disks and announce themselves. An announce that is lost is lost with its
 * totals, not with its files and receipts: those are told of again.
 */
export class Announces {
  readonly #server: RepositoryServer;
  readonly #coordination: Coordination;
  readonly #disks: Disks;
  readonly #reports: Reports;
  readonly #offers: Offers;
  readonly #isLost: (volunteer: number) => boolean;

  /** `isLost` says of one announce of a volunteer after the other whether it is lost on its way. */
  constructor(
    server: RepositoryServer,
    coordination: Coordination,
    disks: Disks,
    reports: Reports,
    offers: Offers,
    isLost: (volunteer: number) => boolean,
  ) {
    this.#server = server;
    this.#coordination = coordination;
    this.#disks = disks;
    this.#reports = reports;
    this.#offers = offers;
    this.#isLost = isLost;
  }

  /** The volunteer announces itself; when it has `started`, it tells all that it holds. */
  announce(volunteer: number, started: boolean): void {
    this.#disks.evict(volunteer);
    if (!this.#server.isUp || this.#isLost(volunteer)) return;
    this.#offers.renew(volunteer);
    const report = this.#reports.take(volunteer, started);
    this.#coordination.tell((coordinator, now) => coordinator.announce(volunteer, report, now));
  }
}

/** Each volunteer's announces are lost with that probability, as it draws. */
export function lostBy(share: number, volunteers: Volunteers): (volunteer: number) => boolean {
  if (share === 0) return () => false;
  const draws = volunteers.machines.map((_, at) => volunteers.chance(at, "lost announces"));
  return (volunteer) => draws[volunteer]() < share;
}

/**
 * Volunteers announce themselves when they come on line and then every `interval` seconds: all
 * `together`, or each at times of its own, which it draws.
 */
export class AnnounceTimes {
  /** Seconds from an announce to the next: another interval counts from each one's next announce on. */
  interval: number;
  readonly #engine: Engine;
  readonly #volunteers: Volunteers;
  readonly #together: boolean;
  readonly #due: Kind;
  readonly #first: Kind;

  constructor(
    announces: Announces,
    engine: Engine,
    volunteers: Volunteers,
    { interval, together }: Pick<TrackerSpec, "interval" | "together">,
  ) {
    this.interval = interval;
    this.#together = together;
    this.#engine = engine;
    this.#volunteers = volunteers;
    this.#due = engine.kind("tracker.announce", (volunteer) => {
      if (volunteers.isOnline(volunteer)) announces.announce(volunteer, false);
      engine.after(this.interval, this.#due, volunteer);
    });
    this.#first = engine.kind("tracker.first", (volunteer) => {
      if (volunteers.isOnline(volunteer)) announces.announce(volunteer, true);
    });
    volunteers.whenReturning((volunteer) => announces.announce(volunteer, true));
  }

  /** Begins with those that are there from the start. */
  start(): void {
    for (let volunteer = 0; volunteer < this.#volunteers.initial; volunteer++) {
      this.#engine.at(0, this.#first, volunteer);
      this.join(volunteer);
    }
  }

  /** The volunteer is there from now on. */
  join(volunteer: number): void {
    const phase = this.#together
      ? (this.#engine.now / this.interval) % 1 // Who comes later waits for the others' next time.
      : this.#volunteers.chance(volunteer, "announce phase")();
    this.#engine.after(this.interval * (1 - phase), this.#due, volunteer);
  }
}
