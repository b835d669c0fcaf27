import {
  type Belief,
  type Candidate,
  PLAIN_VOLUNTEER,
  type VolunteerFacts,
} from "../policies/index.ts";
import { ALL_FILES, type FileSet, membership } from "./file-set.ts";
import { type InFlight, NO_LOAD, type Progress, type UplinkLoad } from "./in-flight/in-flight.ts";
import { Latency } from "./latency.ts";
import { ANY_REACH, type Reach, reachBits } from "./reach.ts";
import type { Report } from "./report.ts";

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** What a volunteer offers when it registers. Bytes, bytes per second. */
export interface Offer {
  /** What it says it can send. */
  readonly uplink: number;
  /** What the line carries that its deliveries and its synchronisation share; absent: no limit known. */
  readonly shared?: number;
  /** What the operator knows of it; absent fields are those of `PLAIN_VOLUNTEER`. */
  readonly facts?: Partial<VolunteerFacts>;
  /** Whether it fetches what it does not hold, and so can be asked for everything. */
  readonly caches?: boolean;
  /** What files it is told to hold may take; absent: no limit. */
  readonly disk?: number;
  /** Whether it comes and goes, and the share of time that it is on line; absent: always there. */
  readonly volatile?: boolean;
  readonly availability?: number;
  /** Files that it may be told to hold; absent: all. */
  readonly covers?: FileSet;
  /** Over what it can be reached; absent: over everything. */
  readonly reach?: Reach;
}

/** What a decision is about: what it makes candidates tell depends on it. */
export interface Question {
  now: number;
  size: number;
}

/** One volunteer as the server knows it; lives as long as the host and is updated in place. */
export class Volunteer implements Candidate {
  readonly node: number;
  /** What it is believed to be sending. */
  uplinkLoad: UplinkLoad = NO_LOAD;
  uplink = 0;
  shared = Number.POSITIVE_INFINITY;
  caches = false;
  disk = Number.POSITIVE_INFINITY;
  volatile = false;
  availability = 1;
  covers: (file: number) => boolean = () => true;
  /** Bits of `Reach`. */
  reach = ANY_REACH;
  belief: Belief = "listed";
  facts: Mutable<VolunteerFacts> = { ...PLAIN_VOLUNTEER };
  reportedAt = Number.NEGATIVE_INFINITY;
  uploadRate = 0;
  syncRate = 0;
  left = 0;
  uploaded = 0;
  pending = 0;
  redirected = 0;
  given = 0;
  /** Somebody found that it does not answer, and it has not announced itself since. */
  suspected = false;
  /** It has said good-bye. */
  hasLeft = false;
  #downloaded = 0;
  /** Bytes that were redirected here and do not count before the next report: see `Sources`. */
  #untold = 0;
  #offer: Offer = { uplink: 0 };
  readonly #latency = new Latency();
  readonly #inFlight: InFlight;
  readonly #question: Question;
  readonly #demandOf: (site: string) => number;

  /** `demandOf`: the share of recent requests that came from a site. */
  constructor(
    node: number,
    inFlight: InFlight,
    question: Question,
    demandOf: (site: string) => number,
  ) {
    this.node = node;
    this.#inFlight = inFlight;
    this.#question = question;
    this.#demandOf = demandOf;
  }

  register(offer: Offer, now: number): void {
    const { uplink, shared, facts, caches, disk, volatile: comesAndGoes, availability } = offer;
    const { joinedAt, failures, failedAt } = this.facts;
    this.#offer = offer;
    this.uplink = uplink;
    this.shared = shared ?? Number.POSITIVE_INFINITY;
    this.caches = caches ?? false;
    this.disk = disk ?? Number.POSITIVE_INFINITY;
    this.volatile = comesAndGoes ?? false;
    this.availability = availability ?? 1;
    this.covers = membership(offer.covers ?? ALL_FILES);
    this.reach = offer.reach === undefined ? ANY_REACH : reachBits(offer.reach);
    const site = facts?.site ?? "";
    const demandOf = this.#demandOf;
    this.facts = {
      ...{ ...PLAIN_VOLUNTEER, ...facts, joinedAt, failures, failedAt, latency: this.#latency },
      get demand() {
        return demandOf(site);
      },
    };
    this.#inFlight.register(this.node, uplink, now);
    this.uplinkLoad = this.#inFlight.at(this.node);
  }

  get transfers(): number {
    return this.uplinkLoad.transfers;
  }
  get foreign(): number {
    return this.uplinkLoad.foreign;
  }
  get backlog(): number {
    return this.uplinkLoad.ahead(Number.POSITIVE_INFINITY, this.#question.now);
  }
  get ahead(): number {
    return this.uplinkLoad.ahead(this.#question.size, this.#question.now);
  }
  get rate(): number {
    return this.uplinkLoad.rate;
  }

  /** Whether it is believed to answer; `timeout` seconds after its last announce it is not. */
  isThere(now: number, timeout: number): boolean {
    return !this.suspected && !this.hasLeft && now - this.reportedAt <= timeout;
  }

  /** The volunteer has announced itself. */
  report(report: Report, now: number): void {
    const { reports } = this.#inFlight.sources;
    const progress = reports ? this.#heed(report, now) : this.#presume(report, now);
    if (report.started) this.facts.joinedAt = now;
    this.reportedAt = now;
    this.suspected = false;
    this.hasLeft = false;
    this.#inFlight.report(this.node, report, progress, now);
  }

  /** What it says of its load. Returns what became of it since the last report, if that is known. */
  #heed(report: Report, now: number): Progress | null {
    const since = this.reportedAt;
    const seconds = now - since;
    const uploaded = report.uploaded - this.uploaded;
    const isKnown = Number.isFinite(seconds) && seconds > 0 && uploaded >= 0;
    this.given += this.#untold;
    this.redirected += this.#untold;
    this.#untold = 0;
    this.uploadRate = isKnown ? uploaded / seconds : 0;
    this.syncRate = isKnown ? Math.max(0, report.downloaded - this.#downloaded) / seconds : 0;
    // Nothing uploaded in a whole interval: what was pending before it will never be fetched.
    const before = isKnown && uploaded === 0 ? 0 : this.pending;
    const uploads = isKnown ? uploaded : 0;
    this.pending = report.started ? 0 : Math.max(0, before + this.redirected - uploads);
    this.redirected = 0;
    this.uploaded = report.uploaded;
    this.#downloaded = report.downloaded;
    this.left = report.left;
    return isKnown ? { uploaded, seconds, since } : null;
  }

  /** Nothing that it says of its load is heeded: it is presumed to send at the rate that it has shown. */
  #presume({ started }: Report, now: number): null {
    const sent = this.rate * (now - this.reportedAt);
    this.pending = started ? 0 : Math.max(0, this.pending + this.redirected - sent);
    this.redirected = 0;
    return null;
  }

  /** A customer was sent here for so many bytes. */
  send(bytes: number): void {
    if (!this.#inFlight.sources.redirects) {
      this.#untold += bytes;
      return;
    }
    this.redirected += bytes;
    this.given += bytes;
    this.#latency.redirects++;
  }

  /** So many bytes that were redirected here are not pending any more. */
  settle(bytes: number): void {
    const recent = Math.min(bytes, this.redirected);
    this.redirected -= recent;
    this.pending = Math.max(0, this.pending - (bytes - recent));
  }

  /** A customer, a probe or an audit showed that it works, or does not. */
  show(works: boolean, now: number): void {
    this.facts.failures = works ? 0 : this.facts.failures + 1;
    if (!works) this.facts.failedAt = now;
  }

  /** A probe was answered after so many seconds, or not at all: null. */
  probe(seconds: number | null, now: number): void {
    this.show(seconds !== null, now);
    if (seconds === null) {
      this.suspected = true;
      return;
    }
    this.uplinkLoad.refresh(now);
    this.#latency.add(seconds, this.transfers, now);
  }

  save() {
    const { reportedAt, uploadRate, syncRate, left, uploaded, pending, redirected, given } = this;
    const { suspected, hasLeft } = this;
    const { joinedAt, failures, failedAt } = this.facts;
    return {
      offer: this.#offer,
      ...{ reportedAt, uploadRate, syncRate, left, uploaded, pending, redirected, given },
      ...{ suspected, hasLeft, joinedAt, failures, failedAt },
      downloaded: this.#downloaded,
      untold: this.#untold,
      latency: this.#latency.save(),
    };
  }

  load(saved: ReturnType<Volunteer["save"]>): void {
    const { offer, downloaded, untold, latency, joinedAt, failures, failedAt, ...fields } = saved;
    this.register(offer, this.reportedAt);
    Object.assign(this, fields);
    Object.assign(this.facts, { joinedAt, failures, failedAt });
    this.#downloaded = downloaded;
    this.#untold = untold;
    this.#latency.load(latency);
  }
}
