import type { Candidate } from "../policies/index.ts";
import { BitTable } from "./bits.ts";
import type { TrackerSpec } from "./system.ts";
import { type Offer, VolunteerState } from "./volunteer-state.ts";

/** What a volunteer says of itself: the fields of a BitTorrent announce (BEP 3), as totals in bytes. */
export interface Announce {
  readonly uploaded: number;
  readonly downloaded: number;
  readonly left: number;
  /** Files that it has completed since its last announce. */
  readonly completed: readonly number[];
  /** Files that it has deleted since then. */
  readonly dropped: readonly number[];
  /** True when the volunteer has just come back: what it was sent before it left is lost. */
  readonly started: boolean;
}

/**
 * What the server knows of its volunteers: their announces, and its own redirects.
 *
 * The picture is as old as the last announce. A volunteer that has not announced itself for
 * `timeout` seconds is taken to be gone.
 */
export class Tracker {
  readonly #spec: TrackerSpec;
  readonly #states: VolunteerState[];
  /** By file, then volunteer: a request asks of one file and all volunteers. */
  readonly #listed: BitTable;
  /** Copies whose digest the server has compared; null as long as it has compared none. */
  #verified: BitTable | null = null;
  readonly #newTable: () => BitTable;
  readonly #candidates: Candidate[] = [];
  readonly #anyCaches: boolean;
  /** The volunteer each customer was last sent to, or `NOBODY`. */
  readonly #lastOf: Int32Array;

  constructor(
    spec: TrackerSpec,
    offers: readonly Offer[],
    sizes: { readonly files: number; readonly customers: number },
  ) {
    this.#spec = spec;
    this.#lastOf = new Int32Array(sizes.customers).fill(NOBODY);
    this.#states = offers.map((offer, node) => new VolunteerState(node, offer));
    this.#anyCaches = offers.some(({ caches }) => caches === true);
    this.#newTable = () => new BitTable(sizes.files, offers.length);
    this.#listed = this.#newTable();
  }

  announce(volunteer: number, { completed, dropped, ...totals }: Announce, now: number): void {
    for (const file of completed) this.#listed.add(file, volunteer);
    for (const file of dropped) this.forget(volunteer, file);
    this.#states[volunteer].report(totals, now);
  }

  /** The server knows from before that the volunteer holds the file. */
  believe(volunteer: number, file: number): void {
    this.#listed.add(file, volunteer);
  }

  /**
   * A customer asks for a file. Ordinary tools fetch one file after another, so what it was last
   * sent to a volunteer for is taken to be over. Returns that volunteer, or `NOBODY`.
   */
  asked(customer: number): number {
    const last = this.#lastOf[customer];
    if (last === NOBODY) return NOBODY;
    this.#states[last].underWay.end(customer);
    this.#lastOf[customer] = NOBODY;
    return last;
  }

  /** The server has sent the customer to the volunteer for this many bytes. */
  redirected(volunteer: number, customer: number, bytes: number): void {
    this.#states[volunteer].redirected += bytes;
    this.#states[volunteer].underWay.begin(customer, bytes);
    this.#lastOf[customer] = volunteer;
  }

  /** A customer came back because the volunteer does not answer: it is gone until it announces. */
  silent(volunteer: number, bytes: number): void {
    this.#states[volunteer].settle(bytes);
    this.#states[volunteer].suspected = true;
  }

  /** A customer came back without the file: the volunteer must announce it to be believed again. */
  disproved(volunteer: number, file: number, bytes: number): void {
    this.#states[volunteer].settle(bytes);
    this.forget(volunteer, file);
  }

  /** The volunteer is no longer believed to hold the file. */
  forget(volunteer: number, file: number): void {
    this.#listed.remove(file, volunteer);
    this.#verified?.remove(file, volunteer);
  }

  /** The server has compared the volunteer's copy with its digest. */
  compared(volunteer: number, file: number, isAuthentic: boolean): void {
    this.#verified ??= this.#newTable();
    if (isAuthentic) this.#verified.add(file, volunteer);
    else this.#verified.remove(file, volunteer);
  }

  /** A customer, a probe or an audit showed that the volunteer works, or does not. */
  showed(volunteer: number, works: boolean, now: number): void {
    this.#states[volunteer].showed(works, now);
  }

  /** A probe was answered after so many seconds, or not at all: null. */
  probed(volunteer: number, seconds: number | null, now: number): void {
    const state = this.#states[volunteer];
    state.showed(seconds !== null, now);
    if (seconds === null) state.suspected = true;
    else state.answered(seconds);
  }

  /**
   * The volunteers believed to hold the file and to be online, ordered by number. The array is
   * the tracker's own and changes with the next call.
   */
  candidates(file: number, now: number): readonly Candidate[] {
    const found = this.#candidates;
    const verified = this.#verified;
    let count = 0;
    for (let node = this.#holder(file, 0); node >= 0; node = this.#holder(file, node + 1)) {
      const state = this.#states[node];
      if (state.suspected || now - state.reportedAt > this.#spec.timeout) continue;
      state.belief = verified?.has(file, node) ? "verified" : "listed";
      found[count++] = state;
    }
    found.length = count;
    return found;
  }

  /** The first volunteer from `node` on that can be asked for the file, or -1. */
  #holder(file: number, node: number): number {
    if (!this.#anyCaches) return this.#listed.next(file, node);
    for (let at = node; at < this.#states.length; at++) {
      if (this.#states[at].caches || this.#listed.has(file, at)) return at;
    }
    return -1;
  }
}

/** No volunteer. */
export const NOBODY = -1;
