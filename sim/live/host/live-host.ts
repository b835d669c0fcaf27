import type { IncomingMessage } from "node:http";
import type {
  ActionKind,
  AuditResult,
  Coordinator,
  Named,
  Offer,
  Report,
  SyncLook,
} from "../../coordinator/index.ts";
import type {
  Asker,
  CatalogueChange,
  CatalogueView,
  Decider,
  Decision,
  ExcludedVolunteer,
  VolunteerAddress,
} from "../parts.ts";
import type { Addresses, Origin } from "./addresses.ts";
import type { HostClock } from "./host-clock.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { VolunteerNames } from "./volunteer-names.ts";
import type { WhereaboutsTable } from "./whereabouts.ts";

/** Where what happens is written down. */
export interface Records {
  write(record: Named): void;
  written(then: () => void): void;
}

/** Who does what the coordinator says. */
export type Act = (kind: ActionKind, volunteer: number, subject: number) => void;

export interface HostParts {
  readonly coordinator: Coordinator;
  readonly clock: HostClock;
  readonly records: Records;
  readonly catalogue: CatalogueView;
  readonly addresses: Addresses;
  readonly whereabouts: WhereaboutsTable;
  readonly hash: KeyedHash;
  readonly names: VolunteerNames;
  /** Whether there is a policy of synchronisation. */
  readonly plansSync: boolean;
  readonly listener: HostListener;
}

/** Who counts what happens. */
export interface HostListener {
  decided(decision: Decision, file: number, bytes: number): void;
  /** A customer came back without the file. */
  complained(how: string): void;
  audited(volunteer: number, result: AuditResult): void;
  probed(isAnswered: boolean): void;
  announced(): void;
}

/** What the catalogue's version was when the coordinator was told of its changes last. */
export const CATALOGUE = "catalogue";

/** Who asks, with what of him is not for the coordinator. */
interface LiveAsker extends Asker {
  readonly origin: Origin;
}

/** Carries the coordinator through real time: tells it what happens and has done what it says. */
export class LiveHost implements Decider {
  readonly #parts: HostParts;
  readonly #others: number[] = [];
  /** By volunteer: downloads that it has told last to be sending. */
  readonly #active: (number | null)[] = [];
  /** What the last ask was about, whose other candidates are still known. */
  #asked: { asker: Asker | null; file: number } = { asker: null, file: -1 };
  #act: Act = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Number.POSITIVE_INFINITY;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** Host time, in seconds. */
  now(): number {
    return this.#parts.clock.now();
  }

  /**
   * From now on actions are done, and what is due is looked at in time. Those come first that a server
   * before this one left undone.
   */
  start(act: Act): void {
    this.#act = act;
    for (const { volunteer, file } of this.#parts.coordinator.survey.auditsUnderWay) {
      act("audit", volunteer, file);
    }
    this.#settle();
  }

  /**
   * After a restart: the server sends nothing any more, and nobody is there who has not announced itself
   * since. Until then it serves itself.
   */
  resume(): void {
    const { coordinator } = this.#parts;
    while (coordinator.sending > 0) coordinator.endDelivery(this.now());
    for (let volunteer = 0; volunteer < coordinator.survey.volunteers; volunteer++) {
      coordinator.leave(volunteer, this.now());
    }
  }

  /** Nothing is done any more. */
  stop(): void {
    this.#act = () => {};
    clearTimeout(this.#timer);
    this.#due = Number.NEGATIVE_INFINITY; // No timer is set before that.
  }

  /** Has done what the coordinator says and what is due, and wakes up for what will be. */
  #settle(): void {
    const { coordinator } = this.#parts;
    if (coordinator.nextDue <= this.now()) coordinator.tick(this.now());
    if (coordinator.actions.count > 0) coordinator.actions.take(this.#act);
    const due = coordinator.nextDue;
    if (due >= this.#due || due === Number.POSITIVE_INFINITY) return;
    clearTimeout(this.#timer);
    this.#due = due;
    const wait = Math.min(LONGEST_WAIT, Math.max(0, 1000 * (due - this.now())));
    this.#timer = setTimeout(this.#wake, wait);
    this.#timer.unref();
  }

  readonly #wake = (): void => {
    this.#due = Number.POSITIVE_INFINITY;
    this.#settle();
  };

  // What customers do.

  asker(request: IncomingMessage): LiveAsker {
    const { addresses, hash, whereabouts } = this.#parts;
    const origin = addresses.of(request);
    const customer = hash.customerOf(origin.address, request.headers["user-agent"] ?? "");
    return { customer, where: whereabouts.of(origin), origin };
  }

  ask(asker: Asker, file: number, bytes: number): Decision {
    const answer = this.#parts.coordinator.ask(
      asker.customer,
      file,
      bytes,
      asker.where,
      this.now(),
    );
    this.#asked.asker = asker;
    this.#asked.file = file;
    this.#parts.listener.decided(answer, file, bytes);
    if (this.#parts.coordinator.survey.doubted >= 0) this.#parts.listener.complained("asked again");
    this.#settle();
    return answer;
  }

  written(then: () => void): void {
    this.#parts.records.written(then);
  }

  delivering(): () => void {
    const { coordinator } = this.#parts;
    coordinator.beginDelivery(this.now());
    let isUnderWay = true;
    return () => {
      if (isUnderWay) coordinator.endDelivery(this.now());
      isUnderWay = false;
    };
  }

  alternatives(asker: Asker, file: number, most: number): readonly VolunteerAddress[] {
    const { coordinator } = this.#parts;
    if (this.#asked.asker === asker && this.#asked.file === file) {
      coordinator.survey.others(most, this.#others);
      return this.#others.map((volunteer) => this.address(volunteer, asker));
    }
    const excluded = coordinator.survey.exclusions(file, this.now(), asker.customer, asker.where);
    const { volunteers } = coordinator.survey;
    // Each customer's list begins elsewhere: whoever is first in a metalink gets the download.
    const first = asker.customer % Math.max(1, volunteers);
    return Array.from({ length: volunteers }, (_, at) => (first + at) % volunteers)
      .filter((volunteer) => !excluded.some((each) => each.volunteer === volunteer))
      .slice(0, most)
      .map((volunteer) => this.address(volunteer, asker));
  }

  address(volunteer: number, asker: Asker): VolunteerAddress {
    const { isSecure } = (asker as LiveAsker).origin;
    return this.#parts.names.addressOf(volunteer, isSecure);
  }

  /** Where all of the files can be had by whoever comes by http, up to `most` volunteers. */
  mirrorsOf(files: readonly number[], most = 20): string[] {
    const { coordinator, names } = this.#parts;
    const excluded = new Set<number>();
    for (const file of files) {
      for (const { volunteer } of coordinator.survey.exclusions(file, this.now()))
        excluded.add(volunteer);
    }
    return Array.from({ length: coordinator.survey.volunteers }, (_, volunteer) => volunteer)
      .filter((volunteer) => !excluded.has(volunteer))
      .slice(0, most)
      .map((volunteer) => names.addressOf(volunteer, false).base);
  }

  exclusions({ customer, where }: Asker, file: number): readonly ExcludedVolunteer[] {
    return this.#parts.coordinator.survey
      .exclusions(file, this.now(), customer, where)
      .map(({ volunteer, reason }) => ({ name: this.#parts.names.nameOf(volunteer), reason }));
  }

  // What volunteers do.

  get plansSync(): boolean {
    return this.#parts.plansSync;
  }

  addressOf(request: IncomingMessage): string {
    return this.#parts.addresses.of(request).address;
  }

  customerOf(address: string, agent: string): number {
    return this.#parts.hash.customerOf(address, agent);
  }

  numberOf(name: string): number {
    return this.#parts.names.find(name);
  }

  bases(volunteer: number): readonly string[] {
    return this.#parts.names.bases(volunteer);
  }

  register(name: string, offer: Offer, bases: readonly string[]): number {
    const { names, records, coordinator } = this.#parts;
    for (const record of names.register(name, bases)) records.write(record);
    const volunteer = names.find(name);
    coordinator.register(volunteer, offer, this.now());
    this.#settle();
    return volunteer;
  }

  announce(volunteer: number, report: Report): void {
    this.#parts.coordinator.announce(volunteer, report, this.now());
    this.#active[volunteer] = report.active ?? null;
    this.#parts.listener.announced();
    this.#settle();
  }

  /** Downloads that it has told last to be sending; null where it has not. */
  activeOf(volunteer: number): number | null {
    return this.#active[volunteer] ?? null;
  }

  leave(volunteer: number): void {
    this.#parts.coordinator.leave(volunteer, this.now());
    this.#settle();
  }

  audited(volunteer: number, file: number, result: AuditResult): void {
    this.#parts.coordinator.audited(volunteer, file, result, this.now());
    this.#parts.listener.audited(volunteer, result);
    this.#settle();
  }

  /** Somebody has had wrong bytes of the files from some volunteer: whoever holds one is audited. */
  doubtHolders(files: readonly number[]): void {
    const { coordinator, listener } = this.#parts;
    listener.complained("corrupt bytes in a swarm");
    for (const file of files.slice(0, MOST_DOUBTED)) {
      const excluded = coordinator.survey.exclusions(file, this.now());
      for (let volunteer = 0; volunteer < coordinator.survey.volunteers; volunteer++) {
        if (excluded.some((each) => each.volunteer === volunteer)) continue;
        coordinator.doubt(volunteer, file, this.now());
      }
    }
    this.#settle();
  }

  probed(volunteer: number, seconds: number | null): void {
    this.#parts.coordinator.probed(volunteer, seconds, this.now());
    this.#parts.listener.probed(seconds !== null);
    this.#settle();
  }

  planSync(volunteer: number, look: SyncLook, notBefore: number): void {
    this.#parts.coordinator.planSync(volunteer, look, notBefore, this.now());
    this.#settle();
  }

  paceSync(volunteer: number, look: SyncLook): number {
    return this.#parts.coordinator.paceSync(volunteer, look, this.now());
  }

  beganSync(volunteer: number): void {
    this.#parts.coordinator.beganSync(volunteer, this.now());
  }

  // What becomes of the repository.

  /** The files have changed, and the catalogue with them. */
  changed(changes: readonly CatalogueChange[]): void {
    const { coordinator, catalogue, records } = this.#parts;
    const now = this.now();
    for (const { kind, file } of changes) {
      if (kind === "removed") coordinator.removeFile(file, now);
      else if (kind === "changed") coordinator.changeFile(file, catalogue.size(file), now);
      else coordinator.addFile(file, catalogue.size(file), this.#releasedAt(file), now);
    }
    records.write({
      kind: "named",
      what: CATALOGUE,
      number: catalogue.count,
      name: `${catalogue.version}`,
    });
    this.#settle();
  }

  /** Host time at which a file that has come counts as released: as old as its bytes are. */
  #releasedAt(file: number): number {
    const { clock, catalogue } = this.#parts;
    const at = catalogue.modified(file) - clock.epoch / 1000;
    return this.now() - at > NEW ? Number.NEGATIVE_INFINITY : Math.min(at, this.now());
  }
}

/** Files of a swarm whose holders are audited: a torrent may have thousands. */
const MOST_DOUBTED = 4;

/** What timers can wait for at most is 24 days; looking earlier does no harm. */
const LONGEST_WAIT = 86_400_000;

/** Seconds after which a file that the server meets for the first time is none that was just released. */
const NEW = 7 * 86_400;
