import type { Report } from "../coordinator/index.ts";
import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { Network } from "../network/network.ts";
import type { Coordination } from "./coordination.ts";
import type { Disks } from "./disks.ts";
import type { Receipts } from "./receipts.ts";
import type { RepositoryServer } from "./server.ts";
import type { Synchronisation } from "./synchronisation.ts";
import type { TrackerSpec } from "./system.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

export interface AnnouncesWorld {
  readonly engine: Engine;
  readonly network: Network;
  readonly topology: Topology;
  readonly server: RepositoryServer;
  readonly volunteers: Volunteers;
  readonly disks: Disks;
  readonly synchronisation: Synchronisation;
  readonly coordination: Coordination;
  readonly receipts: Receipts;
  /** Downloads that the volunteer is sending. */
  readonly sending: (volunteer: number) => number;
  readonly spec: TrackerSpec;
  readonly streams: (name: string) => Stream;
}

/**
 * Volunteers announce themselves at intervals, and when they come on line with all that they hold. An
 * announce that is lost is lost with its totals, not with its files and receipts: those are told of
 * again.
 */
export class Announces {
  readonly #world: AnnouncesWorld;
  readonly #lost: Stream;

  constructor(world: AnnouncesWorld) {
    this.#world = world;
    this.#lost = world.streams("lost announces");
  }

  start(): void {
    const { engine, volunteers, spec, streams } = this.#world;
    const phase = streams("announce phases");
    const due = engine.kind("tracker.announce", (volunteer) => {
      if (volunteers.isOnline(volunteer)) this.#announce(volunteer, false);
      engine.after(spec.interval, due, volunteer);
    });
    const first = engine.kind("tracker.first", (volunteer) => {
      if (volunteers.isOnline(volunteer)) this.#announce(volunteer, true);
    });
    volunteers.whenReturning((volunteer) => this.#announce(volunteer, true));
    for (let volunteer = 0; volunteer < volunteers.count; volunteer++) {
      engine.at(0, first, volunteer);
      engine.at(spec.interval * (1 - phase()), due, volunteer);
    }
  }

  #announce(volunteer: number, started: boolean): void {
    const { engine, server, disks, spec, coordination } = this.#world;
    disks.evict(volunteer, engine.now);
    if (!server.isUp || (spec.lost > 0 && this.#lost() < spec.lost)) return;
    const report = this.#reportOf(volunteer, started);
    coordination.tell((coordinator, now) => coordinator.announce(volunteer, report, now));
  }

  #reportOf(volunteer: number, started: boolean): Report {
    const { network, topology, volunteers, disks, synchronisation, spec, receipts } = this.#world;
    const { uplink, downlink } = topology.volunteers[volunteer];
    const { reports } = volunteers.classes[volunteer].conduct;
    const active = Math.round(reports * this.#world.sending(volunteer));
    return {
      uploaded: reports * network.carried(uplink),
      downloaded: reports * network.carried(downlink),
      left: synchronisation.left(volunteer),
      completed: synchronisation.takeCompleted(volunteer),
      dropped: disks.takeDropped(volunteer),
      started,
      ...(started && { holds: { bitmap: this.#claims(volunteer) } }),
      ...(spec.reports === "active" && { active }),
      ...(spec.reports === "receipts" && { receipts: receipts.take(volunteer) }),
    };
  }

  /** What the volunteer says that it holds: a bit for each file. */
  #claims(volunteer: number): Uint32Array {
    const { volunteers, synchronisation } = this.#world;
    const claimed = volunteers.holds.row(volunteer);
    if (volunteers.classes[volunteer].conduct.stale) {
      for (const file of synchronisation.pending(volunteer))
        claimed[file >>> 5] |= 1 << (file & 31);
    }
    return claimed;
  }
}
