import {
  type ActionKind,
  type Answer,
  type Complaint,
  Coordinator,
  type CoordinatorParts,
  type SyncLook,
} from "../coordinator/index.ts";
import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../engine/event-queue.ts";
import type { RepositoryServer } from "./server.ts";
import { unitHash } from "./volunteers.ts";

/** Carries out what the coordinator asks for: the volunteer, and a file or another node. */
export type Act = (volunteer: number, subject: number) => void;

/**
 * Carries the coordinators of the server's redirectors through simulated time: tells them what happens,
 * does what the first says after each event, and wakes it when something is due. While the server does
 * not answer, nothing is due.
 *
 * A customer asks and complains at one of them, always the same, as by a hash of its address; what
 * volunteers announce, what the server sends itself and what came of probes and audits reaches all. What
 * volunteers are to do the first alone decides: the others' actions are left undone, lest anybody be
 * told twice.
 */
export class Coordination {
  readonly #first: Coordinator;
  readonly #others: readonly Coordinator[];
  readonly #engine: Engine;
  readonly #server: RepositoryServer;
  readonly #tick: Kind;
  #ticket: Ticket = NO_TICKET;
  #due = Number.POSITIVE_INFINITY;
  #isActing = false;
  readonly #acts = new Map<ActionKind, Act>();
  readonly #act = (kind: ActionKind, volunteer: number, subject: number): void =>
    this.#acts.get(kind)?.(volunteer, subject);

  /** `first` decides what volunteers are to do; `others` share in the customers. */
  constructor(
    engine: Engine,
    server: RepositoryServer,
    first: CoordinatorParts,
    others: readonly CoordinatorParts[] = [],
  ) {
    this.#engine = engine;
    this.#server = server;
    this.#first = new Coordinator(first);
    this.#others = others.map((parts) => new Coordinator(parts));
    this.#tick = engine.kind("coordinator.tick", () => this.#wake());
    server.whenReturning(() => this.#wake());
  }

  /** Who carries out actions of that kind. */
  when(kind: ActionKind, act: Act): void {
    this.#acts.set(kind, act);
  }

  /** Tells all of an event at this time, and does what the first says. */
  tell(event: (coordinator: Coordinator, now: number) => void): void {
    const { now } = this.#engine;
    event(this.#first, now);
    for (const other of this.#others) event(other, now);
    this.#follow();
  }

  /** Tells the first alone of an event at this time, and does what it says. */
  lead<Result>(event: (coordinator: Coordinator, now: number) => Result): Result {
    const result = event(this.#first, this.#engine.now);
    this.#follow();
    return result;
  }

  // The same for the events that every request brings, without a function for each.

  ask(customer: number, file: number, bytes: number, where: number): Answer {
    const answer = this.#of(customer).ask(customer, file, bytes, where, this.#engine.now);
    this.#follow();
    return answer;
  }

  complain(customer: number, file: number, node: number, how: Complaint, bytes: number): void {
    this.#of(customer).complain(customer, file, node, how, bytes, this.#engine.now);
    this.#follow();
  }

  beginDelivery(): void {
    this.#first.beginDelivery(this.#engine.now);
    for (const other of this.#others) other.beginDelivery(this.#engine.now);
  }

  endDelivery(): void {
    this.#first.endDelivery(this.#engine.now);
    for (const other of this.#others) other.endDelivery(this.#engine.now);
  }

  /** The volunteer asks when to synchronise. */
  planSync(volunteer: number, look: SyncLook, notBefore: number): void {
    this.#first.planSync(volunteer, look, notBefore, this.#engine.now);
    this.#follow();
  }

  /** Whom the customer asks. */
  #of(customer: number): Coordinator {
    const { length } = this.#others;
    if (length === 0) return this.#first;
    const at = Math.floor((1 + length) * unitHash(REDIRECTION, customer));
    return at === 0 ? this.#first : this.#others[at - 1];
  }

  #wake(): void {
    this.#ticket = NO_TICKET;
    this.#due = Number.POSITIVE_INFINITY;
    if (!this.#server.isUp) return;
    if (this.#first.nextDue <= this.#engine.now) this.#first.tick(this.#engine.now);
    this.#follow();
  }

  #follow(): void {
    if (this.#isActing) return; // What is added meanwhile is done behind what is there.
    if (this.#first.actions.count > 0) {
      this.#isActing = true;
      this.#first.actions.take(this.#act);
      this.#isActing = false;
    }
    for (const { actions } of this.#others) actions.take(IGNORE);
    const due = this.#first.nextDue;
    if (due === this.#due || !this.#server.isUp) return;
    this.#engine.cancel(this.#ticket);
    this.#due = due;
    this.#ticket =
      due === Number.POSITIVE_INFINITY
        ? NO_TICKET
        : this.#engine.at(Math.max(due, this.#engine.now), this.#tick, 0);
  }
}

const IGNORE = (): void => {};

/** Stands in the place of a volunteer's number where customers are spread over redirectors. */
const REDIRECTION = 999_979;
