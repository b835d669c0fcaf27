import { type Belief, type Candidate, PLAIN_VOLUNTEER } from "../policies/index.ts";
import { BitTable } from "./bits.ts";
import type { TrackerSpec } from "./system.ts";
import { TransfersUnderWay } from "./transfers.ts";

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
  readonly #listed: BitTable;
  readonly #candidates: Candidate[] = [];
  /** The volunteer each customer was last sent to, or `NOBODY`. */
  readonly #lastOf: Int32Array;

  /** `uplinks`: what each volunteer offers, in bytes per second. */
  constructor(
    spec: TrackerSpec,
    uplinks: readonly number[],
    sizes: { readonly files: number; readonly customers: number },
  ) {
    this.#spec = spec;
    this.#lastOf = new Int32Array(sizes.customers).fill(NOBODY);
    this.#states = uplinks.map((uplink, node) => new VolunteerState(node, uplink));
    this.#listed = new BitTable(uplinks.length, sizes.files);
  }

  announce(volunteer: number, { completed, dropped, ...totals }: Announce, now: number): void {
    for (const file of completed) this.#listed.add(volunteer, file);
    for (const file of dropped) this.#listed.remove(volunteer, file);
    this.#states[volunteer].report(totals, now);
  }

  /** The server knows from before that the volunteer holds the file. */
  believe(volunteer: number, file: number): void {
    this.#listed.add(volunteer, file);
  }

  /**
   * A customer asks for a file. Ordinary tools fetch one file after another, so what it was last
   * sent to a volunteer for is taken to be over.
   */
  asked(customer: number): void {
    const last = this.#lastOf[customer];
    if (last === NOBODY) return;
    this.#states[last].underWay.end(customer);
    this.#lastOf[customer] = NOBODY;
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
    this.#listed.remove(volunteer, file);
  }

  /**
   * The volunteers believed to hold the file and to be online, ordered by number. The array is
   * the tracker's own and changes with the next call.
   */
  candidates(file: number, now: number): readonly Candidate[] {
    const found = this.#candidates;
    let count = 0;
    for (const state of this.#states) {
      if (state.suspected || now - state.reportedAt > this.#spec.timeout) continue;
      if (this.#listed.has(state.node, file)) found[count++] = state;
    }
    found.length = count;
    return found;
  }
}

const NOBODY = -1;

/** One volunteer as the tracker sees it; lives as long as the run and is updated in place. */
class VolunteerState implements Candidate {
  readonly node: number;
  readonly uplink: number;
  readonly belief: Belief = "listed";
  readonly facts = PLAIN_VOLUNTEER;
  reportedAt = Number.NEGATIVE_INFINITY;
  uploadRate = 0;
  syncRate = 0;
  left = 0;
  uploaded = 0;
  pending = 0;
  redirected = 0;
  suspected = false;
  readonly underWay = new TransfersUnderWay();
  #downloaded = 0;

  constructor(node: number, uplink: number) {
    this.node = node;
    this.uplink = uplink;
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
}
