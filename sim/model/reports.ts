import type { Report } from "../coordinator/index.ts";
import type { Engine } from "../engine/engine.ts";
import type { RequestTrace } from "../workload/workload.ts";
import type { Disks } from "./disks.ts";
import type { Meters } from "./meters.ts";
import { Receipts } from "./receipts.ts";
import type { Sources } from "./sources.ts";
import type { Pulls } from "./sync/pulls.ts";
import type { TransferReports } from "./system.ts";
import type { Volunteers } from "./volunteers.ts";

/** What a volunteer tells of its deliveries, beside the totals. */
export type TellOfDeliveries = (volunteer: number) => Pick<Report, "active" | "receipts">;

/** What volunteers say of themselves when they announce, true or not. */
export class Reports {
  readonly #volunteers: Volunteers;
  readonly #meters: Meters;
  readonly #disks: Disks;
  readonly #pulls: Pulls;
  readonly #tellOfDeliveries: TellOfDeliveries;

  constructor(
    volunteers: Volunteers,
    meters: Meters,
    disks: Disks,
    pulls: Pulls,
    tellOfDeliveries: TellOfDeliveries,
  ) {
    this.#volunteers = volunteers;
    this.#meters = meters;
    this.#disks = disks;
    this.#pulls = pulls;
    this.#tellOfDeliveries = tellOfDeliveries;
  }

  /**
   * The report of a volunteer; when it has `started`, with all that it holds. Files and receipts that
   * it tells of are not told again.
   */
  take(volunteer: number, started: boolean): Report {
    const { reports } = this.#volunteers.classes[volunteer].conduct;
    return {
      uploaded: reports * this.#meters.sent(volunteer),
      downloaded: reports * this.#meters.received(volunteer),
      left: this.#pulls.left(volunteer),
      completed: this.#pulls.takeCompleted(volunteer),
      dropped: this.#disks.takeDropped(volunteer),
      started,
      ...(started && { holds: { bitmap: this.#claims(volunteer) } }),
      ...this.#tellOfDeliveries(volunteer),
    };
  }

  /** What the volunteer says that it holds: a bit for each file. */
  #claims(volunteer: number): Uint32Array {
    const claimed = this.#volunteers.holds.row(volunteer);
    if (this.#volunteers.classes[volunteer].conduct.stale) {
      for (const file of this.#pulls.pending(volunteer)) claimed[file >>> 5] |= 1 << (file & 31);
    }
    return claimed;
  }
}

/** What volunteers tell of their deliveries by the system's rule. */
export function deliveriesToldBy(
  rule: TransferReports,
  engine: Engine,
  volunteers: Volunteers,
  sources: Sources,
  trace: RequestTrace,
): TellOfDeliveries {
  switch (rule) {
    case "totals":
      return () => ({});
    case "active":
      return (volunteer) => {
        const { reports } = volunteers.classes[volunteer].conduct;
        return { active: Math.round(reports * sources.sending(volunteer)) };
      };
    case "receipts": {
      const receipts = new Receipts(engine, volunteers, sources, trace);
      return (volunteer) => ({ receipts: receipts.take(volunteer) });
    }
  }
}
