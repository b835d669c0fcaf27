import { NOWHERE, type Whereabouts } from "./clients.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Exclusion, Redirector } from "./redirector.ts";
import type { Audit } from "./standing.ts";

/** What hosts show to people, or tell customers, of what a coordinator knows. Nothing here changes it. */
export class Survey {
  readonly #known: Knowledge;
  readonly #redirector: Redirector;

  constructor(known: Knowledge, redirector: Redirector) {
    this.#known = known;
    this.#redirector = redirector;
  }

  /**
   * Why each volunteer that is no candidate for the file is none, as it would be decided now for a
   * customer, -1 for one that is not known, from there. Chance that a trust policy draws is left out.
   */
  exclusions(file: number, now: number, customer = -1, where = NOWHERE): Exclusion[] {
    return this.#redirector.exclusions(file, now, customer, where);
  }

  /**
   * The audits that were among the actions and of which nothing has been told: a host that was started
   * anew has them to do again, or to tell that there was no answer.
   */
  get auditsUnderWay(): Audit[] {
    return this.#known.standing.auditsUnderWay;
  }

  /** How many volunteers have registered: their numbers are below it. */
  get volunteers(): number {
    return this.#known.volunteers.length;
  }

  /** What was located, from number 1 on. */
  get whereabouts(): readonly Whereabouts[] {
    return this.#known.clients.whereabouts;
  }

  /** The volunteer of which the customer of the last `ask` complained by asking again, or -1. */
  get doubted(): number {
    return this.#redirector.doubted;
  }

  /**
   * Those whom the last `ask` could have sent to instead, up to `most`, into the list: only
   * of whom it is believed that they have the file, beginning behind the one that was chosen.
   */
  others(most: number, into: number[]): void {
    this.#redirector.others(most, into);
  }

  /** Why nobody is sent to the volunteer, whatever he asks for; null if somebody may be. */
  standingOf(volunteer: number, now: number): string | null {
    return this.#redirector.standingOf(volunteer, now);
  }

  /**
   * For the files from `from` to before `to`, adds one to each volunteer's count that has announced one,
   * and in `verified` to that of each whose copy has been compared. The arrays have room for all.
   */
  countHoldings(from: number, to: number, listed: Uint32Array, verified: Uint32Array): void {
    this.#known.beliefs.count(from, to, listed, verified);
  }
}
