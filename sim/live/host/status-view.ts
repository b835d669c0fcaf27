import type { Coordinator } from "../../coordinator/index.ts";
import type { JournalStore } from "../journal/journal-store.ts";
import type { CatalogueView } from "../parts.ts";
import type {
  CatalogueStatus,
  HostView,
  JournalStatus,
  StatusHost,
  VolunteerState,
  VolunteerStatus,
} from "../status/status-host.ts";
import { HoldingCounts } from "./holding-counts.ts";
import type { LiveHost } from "./live-host.ts";
import type { VolunteerNames } from "./volunteer-names.ts";
import type { Warnings } from "./warnings.ts";

export interface StatusViewParts {
  readonly host: LiveHost;
  readonly coordinator: Coordinator;
  readonly catalogue: CatalogueView;
  readonly names: VolunteerNames;
  readonly store: JournalStore;
  readonly warnings: Warnings;
  /** Seconds without an announce after which a volunteer is taken to be gone. */
  readonly timeout: number;
  readonly name: string;
  readonly version: string;
  readonly policies: readonly string[];
  readonly catalogueStatus: () => CatalogueStatus;
  /** The folder of the journal's segments. */
  readonly folder: string;
}

/** What the server tells of itself, put together when somebody looks. */
export class StatusView implements StatusHost {
  readonly #parts: StatusViewParts;
  readonly #started: number;
  readonly #holdings: HoldingCounts;

  constructor(parts: StatusViewParts) {
    this.#parts = parts;
    this.#started = parts.host.now();
    this.#holdings = new HoldingCounts(parts.coordinator);
  }

  now(): number {
    return this.#parts.host.now();
  }

  path(file: number): string {
    return this.#parts.catalogue.path(file);
  }

  size(file: number): number {
    return this.#parts.catalogue.size(file);
  }

  holders(file: number): number {
    const { coordinator } = this.#parts;
    const counts = new Uint32Array(32 * Math.ceil(Math.max(1, coordinator.survey.volunteers) / 32));
    coordinator.survey.countHoldings(file, file + 1, counts, new Uint32Array(counts.length));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Counts some more of what volunteers hold: to be called now and then. */
  step(): void {
    this.#holdings.step(this.#parts.catalogue.count);
  }

  view(): HostView {
    const { coordinator, warnings, name, version, policies, catalogueStatus } = this.#parts;
    const now = this.now();
    return {
      ...{ name, version, policies },
      uptime: now - this.#started,
      sending: coordinator.sending,
      volunteers: Array.from({ length: coordinator.survey.volunteers }, (_, volunteer) =>
        this.#volunteer(volunteer, now),
      ),
      journal: this.#journal(),
      catalogue: catalogueStatus(),
      warnings: warnings.told(now),
    };
  }

  #volunteer(volunteer: number, now: number): VolunteerStatus {
    const { coordinator, names, timeout } = this.#parts;
    const known = coordinator.volunteer(volunteer);
    const standing = coordinator.survey.standingOf(volunteer, now);
    const age = now - known.reportedAt;
    const isSilent = Number.isFinite(age) && age > timeout;
    return {
      volunteer,
      name: names.nameOf(volunteer),
      address: names.bases(volunteer)[0] ?? "",
      state: stateOf(standing, Number.isFinite(age), isSilent),
      excluded: standing,
      announceAge: Number.isFinite(age) ? age : null,
      believed: { transfers: known.transfers, backlog: known.backlog, rate: known.rate },
      told: {
        active: this.#parts.host.activeOf(volunteer),
        ...{ uploadRate: known.uploadRate, syncRate: known.syncRate, left: known.left },
      },
      uplink: known.uplink,
      files: this.#holdings.files(volunteer),
      verified: this.#holdings.verified(volunteer),
    };
  }

  #journal(): JournalStatus {
    const { store, folder } = this.#parts;
    const status = store.status;
    return {
      isRecording: status.isRecording,
      problem: status.isRecording ? null : (status.lastError ?? "it has not begun"),
      file: `${folder}/${String(status.segment).padStart(6, "0")}.journal`,
      records: status.records,
      bytes: status.bytes,
      unrecorded: status.unrecorded,
      queued: status.queued,
      syncAge: ageOf(status.lastSync),
      snapshotAge: ageOf(status.begun),
    };
  }
}

/** Seconds since a time of day, in milliseconds since 1970. */
function ageOf(at: number | null): number | null {
  return at === null ? null : Math.max(0, (Date.now() - at) / 1000);
}

function stateOf(
  excluded: string | null,
  hasAnnounced: boolean,
  isSilent: boolean,
): VolunteerState {
  if (excluded === null) return "ready";
  if (!hasAnnounced) return "new";
  if (excluded === "has left") return "left";
  if (excluded === "did not answer") return "unreachable";
  return isSilent ? "silent" : "excluded";
}
