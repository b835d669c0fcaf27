import {
  type Belief,
  type Candidate,
  type LatencyFacts,
  PLAIN_VOLUNTEER,
  type VolunteerFacts,
} from "../policies/index.ts";
import type { Announce } from "./tracker.ts";
import { TransfersUnderWay } from "./transfers.ts";

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** What the server knows of a volunteer before the run: what it offers, and where it is. */
export interface Offer {
  /** Bytes per second. */
  readonly uplink: number;
  readonly where: Partial<VolunteerFacts>;
  /** Whether it fetches what it does not hold, and so can be asked for everything. */
  readonly caches?: boolean;
}

/** One volunteer as the tracker sees it; lives as long as the run and is updated in place. */
export class VolunteerState implements Candidate {
  readonly node: number;
  readonly uplink: number;
  readonly caches: boolean;
  belief: Belief = "listed";
  readonly facts: Mutable<VolunteerFacts>;
  reportedAt = Number.NEGATIVE_INFINITY;
  uploadRate = 0;
  syncRate = 0;
  left = 0;
  uploaded = 0;
  pending = 0;
  redirected = 0;
  suspected = false;
  readonly underWay = new TransfersUnderWay();
  readonly #latency = new Latency();
  #downloaded = 0;

  constructor(node: number, { uplink, where, caches = false }: Offer) {
    this.node = node;
    this.uplink = uplink;
    this.caches = caches;
    this.facts = { ...PLAIN_VOLUNTEER, ...where, latency: this.#latency };
  }

  get transfers(): number {
    return this.underWay.count;
  }

  report(now: Omit<Announce, "completed" | "dropped">, time: number): void {
    const seconds = time - this.reportedAt;
    const uploaded = now.uploaded - this.uploaded;
    const known = Number.isFinite(seconds) && seconds > 0;
    this.uploadRate = known ? uploaded / seconds : 0;
    this.syncRate = known ? (now.downloaded - this.#downloaded) / seconds : 0;
    // Nothing uploaded in a whole interval: what was pending before it will never be fetched. The
    // server is not told when a customer gives up, so it would otherwise be counted for ever.
    const forgotten = now.started || (known && uploaded === 0);
    const before = forgotten ? 0 : this.pending;
    if (now.started) this.underWay.clear();
    else this.underWay.progress(uploaded);
    if (now.started) this.facts.joinedAt = time;
    this.pending = now.started ? 0 : Math.max(0, before + this.redirected - uploaded);
    this.redirected = 0;
    this.uploaded = now.uploaded;
    this.#downloaded = now.downloaded;
    this.left = now.left;
    this.reportedAt = time;
    this.suspected = false;
  }

  settle(bytes: number): void {
    const recent = Math.min(bytes, this.redirected);
    this.redirected -= recent;
    this.pending = Math.max(0, this.pending - (bytes - recent));
  }

  /** Something that shows that it works, or does not. */
  showed(works: boolean, now: number): void {
    this.facts.failures = works ? 0 : this.facts.failures + 1;
    if (!works) this.facts.failedAt = now;
  }

  /** A probe was answered after so many seconds. */
  answered(seconds: number): void {
    this.#latency.add(seconds);
  }
}

/** Probes that latency is told by: the last sixteen. */
const WINDOW = 16;

/** Seconds to the first bytes, over the last probes. */
class Latency implements LatencyFacts {
  readonly #last: number[] = [];
  #mean = 0;
  #deviation = 0;
  #median = 0;

  get samples(): number {
    return this.#last.length;
  }
  get last(): number {
    return this.#last.at(-1) ?? 0;
  }
  get mean(): number {
    return this.#mean;
  }
  get deviation(): number {
    return this.#deviation;
  }
  get median(): number {
    return this.#median;
  }

  add(seconds: number): void {
    if (this.#last.push(seconds) > WINDOW) this.#last.shift();
    const { length } = this.#last;
    const average = (of: (value: number) => number) =>
      this.#last.reduce((sum, value) => sum + of(value), 0) / length;
    this.#mean = average((value) => value);
    this.#deviation = Math.sqrt(average((value) => (value - this.#mean) ** 2));
    this.#median = this.#last.toSorted((a, b) => a - b)[length >> 1];
  }
}
