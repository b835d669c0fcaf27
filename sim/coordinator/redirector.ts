import {
  type Bound,
  type Dispatch,
  type DispatchEvent,
  type DispatchView,
  type Random,
  SERVER,
} from "../policies/index.ts";
import { AskedAgain, type Tried } from "./asked-again.ts";
import { NOWHERE } from "./clients.ts";
import type { Knowledge } from "./knowledge.ts";
import type { CoordinatorSettings } from "./parts.ts";
import { lackOf } from "./reach.ts";
import type { Volunteer } from "./volunteer.ts";

export type BoundDispatch = Bound<DispatchView, Dispatch, DispatchEvent>;

/** What a customer is answered. The coordinator's own object, which the next answer changes. */
export interface Answer {
  readonly kind: "redirect" | "serve" | "later";
  /** Whom the customer is sent to, or `SERVER`. */
  readonly volunteer: number;
  /** A short fixed phrase. */
  readonly reason: string;
  /** Seconds after which the customer is to come back; 0 unless the kind is `later`. */
  readonly retryAfter: number;
}

/** Why a volunteer was no candidate for a file. */
export interface Exclusion {
  readonly volunteer: number;
  readonly reason: string;
}

/** Of a customer that asks for the first time. */
const NOBODY_TRIED: Tried = { complained: -1, first: -1, second: -1 };

/** Whoever has tried two volunteers in vain gets the file from the server. */
const RESCUED: Dispatch = { to: SERVER, reason: "rescued by the server" };

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** Where a request goes: who may be asked, what the policy sees of them, and what is kept of it. */
export class Redirector {
  /** What decides; another one may take over, by the same chance. */
  policy: BoundDispatch;
  readonly #random: Random;
  readonly #timeout: number;
  readonly #known: Knowledge;
  readonly #again: AskedAgain;
  readonly #candidates: Volunteer[] = [];
  /** Where the one that the last request was sent to stands among them; -1 for the server. */
  #chosen = SERVER;
  #doubted = -1;
  readonly #view: Mutable<DispatchView>;
  readonly #event: Mutable<DispatchEvent> = {
    ...{ kind: "redirected", node: SERVER, customer: 0, file: 0, size: 0, at: 0 },
  };
  readonly #answer: Mutable<Answer> = {
    ...{ kind: "serve", volunteer: SERVER, reason: "", retryAfter: 0 },
  };

  /** `timeout`: seconds without an announce after which a volunteer is taken to be gone. */
  constructor(
    policy: BoundDispatch,
    random: Random,
    { timeout, again = 0 }: Pick<CoordinatorSettings, "timeout" | "again">,
    known: Knowledge,
  ) {
    this.policy = policy;
    this.#random = random;
    this.#timeout = timeout;
    this.#known = known;
    this.#again = new AskedAgain(again);
    this.#view = {
      ...{ now: 0, file: 0, size: 0, customer: 0, count: 0 },
      client: known.clients.describe(known.customers, undefined, NOWHERE, 0),
      candidates: this.#candidates,
      server: known.server,
    };
  }

  /**
   * A customer asks for so many bytes of a file. `onPassed` is told of the volunteers whose transfers
   * it has moved on from without a complaint.
   */
  ask(
    customer: number,
    file: number,
    bytes: number,
    where: number,
    now: number,
    onPassed: (volunteer: number) => void,
  ): Answer {
    const { customers, inFlight, clients, standing, catalogue } = this.#known;
    const place = customers.meet(customer, now);
    const isPart = bytes < catalogue.sizeOf(file);
    const tried = bytes > 0 ? this.#again.ask(customer, file, isPart, now) : NOBODY_TRIED;
    this.#doubted = tried.complained;
    if (tried.complained >= 0) this.#doubt(place, file, bytes, tried.complained, now);
    inFlight.asked(place, file, now, onPassed);
    const believed = this.#consider(file, clients.needs(where), tried, now);
    const view = this.#viewOf(customer, place, file, bytes, where, now);
    view.count = standing.filter(this.#candidates, believed, file, now);
    const isRescued = tried.second >= 0;
    const { to, reason, retryAfter } = isRescued ? RESCUED : this.policy.decide(view, this.#random);
    const node = to === SERVER ? SERVER : this.#candidates[to].node;
    this.#chosen = to;
    clients.count(where, now);
    if (retryAfter === undefined) this.#send(place, node, view);
    if (bytes > 0) this.#again.sentTo(node);
    const answer = this.#answer;
    answer.kind = retryAfter !== undefined ? "later" : node === SERVER ? "serve" : "redirect";
    answer.volunteer = node;
    answer.reason = reason;
    answer.retryAfter = retryAfter ?? 0;
    return answer;
  }

  /** The volunteer of which the last customer has complained by asking again, or -1. */
  get doubted(): number {
    return this.#doubted;
  }

  /** The customer comes back from the volunteer without a word: weak evidence, so it is looked into. */
  #doubt(place: number, file: number, bytes: number, node: number, now: number): void {
    const { inFlight, volunteers, standing, beliefs } = this.#known;
    inFlight.failed(place, file, node, now);
    volunteers[node].settle(bytes);
    const belief = beliefs.of(node, file);
    if (belief === "listed" || belief === "verified") standing.doubt(node, file);
  }

  /** The customer is sent to the node, for what the view is about. */
  #send(place: number, node: number, { customer, file, size, now }: DispatchView): void {
    const { demand, inFlight, volunteers, customers, standing } = this.#known;
    demand.add(file, node === SERVER);
    if (node !== SERVER) {
      inFlight.begin(place, file, size, node, now);
      volunteers[node].send(size);
      customers.sent(place, node, now);
      standing.chose(node, file);
    }
    const event = this.#event;
    event.node = node;
    event.customer = customer;
    event.file = file;
    event.size = size;
    event.at = now;
    this.policy.observe(event);
  }

  /**
   * Leaves in the first places of `#candidates` the volunteers of which something is believed about
   * the file, which are believed to be there, and which the customer can reach and has not tried, ordered
   * by number, with their estimates up to date; returns how many.
   */
  #consider(file: number, needs: number, { first, second }: Tried, now: number): number {
    const { beliefs, volunteers } = this.#known;
    const { words } = beliefs;
    let count = 0;
    for (let word = 0; word < words; word++) {
      const listed = beliefs.listed(file, word);
      for (let left = beliefs.believed(file, word); left !== 0; left &= left - 1) {
        const bit = left & -left;
        const volunteer = volunteers[32 * word + 31 - Math.clz32(bit)];
        if (!volunteer.isThere(now, this.#timeout) || (needs & ~volunteer.reach) !== 0) continue;
        if (volunteer.node === first || volunteer.node === second) continue;
        volunteer.belief = (listed & bit) !== 0 ? "listed" : beliefs.of(volunteer.node, file);
        volunteer.uplinkLoad.refresh(now);
        this.#candidates[count++] = volunteer;
      }
    }
    return count;
  }

  #viewOf(
    customer: number,
    place: number,
    file: number,
    size: number,
    where: number,
    now: number,
  ): Mutable<DispatchView> {
    const { clients, customers, question } = this.#known;
    clients.describe(customers, place, where, now);
    question.now = now;
    question.size = size;
    const view = this.#view;
    view.now = now;
    view.file = file;
    view.size = size;
    view.customer = customer;
    return view;
  }

  /**
   * The candidates of the last request but whom it was sent to, up to `most`, into the list: those that
   * come after that one, in a ring, so that nobody is everybody's second choice.
   */
  others(most: number, into: number[]): void {
    into.length = 0;
    const { count } = this.#view;
    const all = this.#chosen === SERVER ? count + 1 : count;
    for (let step = 1; step < all && into.length < most; step++) {
      const { node, belief } = this.#candidates[(this.#chosen + step) % count];
      if (belief !== "stale" && belief !== "partial") into.push(node);
    }
  }

  /**
   * Why each volunteer that is no candidate for the file is none, for a customer from there. Changes
   * nothing.
   */
  exclusions(file: number, now: number, customer: number, where: number): Exclusion[] {
    const needs = this.#known.clients.needs(where);
    const tried = this.#again.triedBy(customer, file, now);
    return this.#known.volunteers.flatMap((volunteer) => {
      const isTried = tried.includes(volunteer.node);
      const reason =
        this.#exclusionOf(volunteer, file, now) ??
        lackOf(needs, volunteer.reach) ??
        (isTried ? "the customer came back from it" : null);
      return reason === null ? [] : [{ volunteer: volunteer.node, reason }];
    });
  }

  /** Plain data: who has asked lately. */
  save() {
    return this.#again.save();
  }

  load(saved: ReturnType<Redirector["save"]>): void {
    this.#again.load(saved);
  }

  #exclusionOf(volunteer: Volunteer, file: number, now: number): string | null {
    const { beliefs, standing } = this.#known;
    const { node } = volunteer;
    const believed = beliefs.believed(file, node >> 5);
    if ((believed & (1 << (node & 31))) === 0) return "does not have the file";
    const absence = this.#absenceOf(volunteer, now);
    if (absence !== null) return absence;
    const judged = standing.judge(node, beliefs.of(node, file), now);
    return judged === null || judged.serve ? null : judged.reason;
  }

  #absenceOf(volunteer: Volunteer, now: number): string | null {
    if (volunteer.hasLeft) return "has left";
    if (volunteer.suspected) return "did not answer";
    return volunteer.isThere(now, this.#timeout) ? null : "has not announced itself";
  }

  /** Why nobody is sent to the volunteer, whatever he asks for; null if somebody may be. */
  standingOf(node: number, now: number): string | null {
    const { volunteers, standing } = this.#known;
    const absence = this.#absenceOf(volunteers[node], now);
    if (absence !== null) return absence;
    const judged = standing.judge(node, "verified", now);
    return judged === null || judged.serve ? null : judged.reason;
  }
}
