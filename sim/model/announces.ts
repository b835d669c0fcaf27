import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { Coordination } from "./coordination.ts";
import type { Disks } from "./disks.ts";
import type { Reports } from "./reports.ts";
import type { RepositoryServer } from "./server.ts";
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
  readonly #isLost: () => boolean;

  /** `isLost` says of one announce after the other whether it is lost on its way. */
  constructor(
    server: RepositoryServer,
    coordination: Coordination,
    disks: Disks,
    reports: Reports,
    isLost: () => boolean,
  ) {
    this.#server = server;
    this.#coordination = coordination;
    this.#disks = disks;
    this.#reports = reports;
    this.#isLost = isLost;
  }

  /** The volunteer announces itself; when it has `started`, it tells all that it holds. */
  announce(volunteer: number, started: boolean): void {
    this.#disks.evict(volunteer);
    if (!this.#server.isUp || this.#isLost()) return;
    const report = this.#reports.take(volunteer, started);
    this.#coordination.tell((coordinator, now) => coordinator.announce(volunteer, report, now));
  }
}

/** Each time lost with that probability. */
export function lostBy(share: number, random: Stream): () => boolean {
  return () => share > 0 && random() < share;
}

/**
 * Volunteers announce themselves when they come on line and then every `interval` seconds, each at
 * times of its own, which `phase` draws.
 */
export function announceRegularly(
  announces: Announces,
  engine: Engine,
  volunteers: Volunteers,
  interval: number,
  phase: Stream,
): void {
  const due = engine.kind("tracker.announce", (volunteer) => {
    if (volunteers.isOnline(volunteer)) announces.announce(volunteer, false);
    engine.after(interval, due, volunteer);
  });
  const first = engine.kind("tracker.first", (volunteer) => {
    if (volunteers.isOnline(volunteer)) announces.announce(volunteer, true);
  });
  volunteers.whenReturning((volunteer) => announces.announce(volunteer, true));
  for (let volunteer = 0; volunteer < volunteers.count; volunteer++) {
    engine.at(0, first, volunteer);
    engine.at(interval * (1 - phase()), due, volunteer);
  }
}
