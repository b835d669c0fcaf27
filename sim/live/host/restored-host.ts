import type { Report } from "../../coordinator/index.ts";
import {
  type ActionKind,
  bindPolicies,
  Coordinator,
  type Event,
  type Named,
  type OwnMembers,
  seededChance,
} from "../../coordinator/index.ts";
import type { RestoringHost } from "../journal/restore.ts";
import type { Deciding } from "../journal/segment-head.ts";
import { CATALOGUE } from "./live-host.ts";
import type { VolunteerNames } from "./volunteer-names.ts";

/** How far the coordinator has been told of the catalogue: its version, and numbers that it had given. */
export interface CatalogueMark {
  readonly version: number;
  readonly count: number;
}

/** What a snapshot keeps of the host, beside the coordinator. */
export interface KeptHost {
  /** Time of day at host time 0, in milliseconds since 1970. */
  readonly epoch: number;
  readonly catalogue: CatalogueMark;
  readonly names: readonly Named[];
  readonly desk: unknown;
}

/** What volunteers are to be told, and have been. */
export interface KeptDesk {
  take(kind: ActionKind, volunteer: number, subject: number): void;
  settle(volunteer: number, report: Report): void;
  load(saved: never): void;
}

export interface RestoredParts {
  readonly wanted: RestoringHost["wanted"];
  readonly own: OwnMembers;
  readonly names: VolunteerNames;
  readonly desk: KeptDesk;
  readonly pathOf: (file: number) => string;
  readonly onEvent: (event: Event) => void;
}

/** The host while its journal is told again: what it keeps of it. */
export class RestoredHost implements RestoringHost {
  readonly wanted: RestoringHost["wanted"];
  readonly own: OwnMembers;
  /** Null where nothing was kept. */
  epoch: number | null = null;
  catalogue: CatalogueMark = { version: 0, count: 0 };
  readonly #parts: RestoredParts;

  constructor(parts: RestoredParts) {
    this.#parts = parts;
    this.wanted = parts.wanted;
    this.own = parts.own;
  }

  make({ settings, policies, seed }: Deciding): Coordinator {
    const { own, pathOf, onEvent } = this.#parts;
    const chance = seededChance(seed);
    return new Coordinator({
      settings,
      policies: bindPolicies(policies, own),
      chance,
      pathOf,
      onEvent,
    });
  }

  load(kept: unknown): void {
    const { epoch, catalogue, names, desk } = kept as KeptHost;
    this.epoch = epoch;
    this.catalogue = catalogue;
    for (const record of names) this.#parts.names.recall(record);
    this.#parts.desk.load(desk as never);
  }

  heard(record: Named | Event): void {
    const { names, desk } = this.#parts;
    if (record.kind === "announced") desk.settle(record.volunteer, record.report);
    if (record.kind !== "named") return;
    if (record.what === CATALOGUE) {
      this.catalogue = { version: Number(record.name), count: record.number };
    } else names.recall(record);
  }

  /** Audits that were not done are asked for again; probes are not. */
  act(kind: ActionKind, volunteer: number, subject: number): void {
    if (kind !== "audit" && kind !== "probe") this.#parts.desk.take(kind, volunteer, subject);
  }
}
