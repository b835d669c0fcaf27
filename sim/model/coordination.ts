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

/** Carries out what the coordinator asks for: the volunteer, and a file or another node. */
export type Act = (volunteer: number, subject: number) => void;

/**
 * Carries the coordinator through simulated time: tells it what happens, does what it says after each
 * event, and wakes it when something is due. While the server does not answer, nothing is due.
 */
export class Coordination {
  readonly #coordinator: Coordinator;
  readonly #engine: Engine;
  readonly #server: RepositoryServer;
  readonly #tick: Kind;
  #ticket: Ticket = NO_TICKET;
  #due = Number.POSITIVE_INFINITY;
  #isActing = false;
  readonly #acts = new Map<ActionKind, Act>();
  readonly #act = (kind: ActionKind, volunteer: number, subject: number): void =>
    this.#acts.get(kind)?.(volunteer, subject);

  constructor(engine: Engine, server: RepositoryServer, parts: CoordinatorParts) {
    this.#engine = engine;
    this.#server = server;
    this.#coordinator = new Coordinator(parts);
    this.#tick = engine.kind("coordinator.tick", () => this.#wake());
    server.whenReturning(() => this.#wake());
  }

  /** Who carries out actions of that kind. */
  when(kind: ActionKind, act: Act): void {
    this.#acts.set(kind, act);
  }

  /** Tells the coordinator of an event at this time, and does what it says. */
  tell<Result>(event: (coordinator: Coordinator, now: number) => Result): Result {
    const result = event(this.#coordinator, this.#engine.now);
    this.#follow();
    return result;
  }

  // The same for the events that every request brings, without a function for each.

  ask(customer: number, file: number, bytes: number, where: number): Answer {
    const answer = this.#coordinator.ask(customer, file, bytes, where, this.#engine.now);
    this.#follow();
    return answer;
  }

  complain(customer: number, file: number, node: number, how: Complaint, bytes: number): void {
    this.#coordinator.complain(customer, file, node, how, bytes, this.#engine.now);
    this.#follow();
  }

  beginDelivery(): void {
    this.#coordinator.beginDelivery(this.#engine.now);
  }

  endDelivery(): void {
    this.#coordinator.endDelivery(this.#engine.now);
  }

  /** The volunteer asks when to synchronise. */
  planSync(volunteer: number, look: SyncLook, notBefore: number): void {
    this.#coordinator.planSync(volunteer, look, notBefore, this.#engine.now);
    this.#follow();
  }

  #wake(): void {
    this.#ticket = NO_TICKET;
    this.#due = Number.POSITIVE_INFINITY;
    if (!this.#server.isUp) return;
    if (this.#coordinator.nextDue <= this.#engine.now) this.#coordinator.tick(this.#engine.now);
    this.#follow();
  }

  #follow(): void {
    if (this.#isActing) return; // What is added meanwhile is done behind what is there.
    if (this.#coordinator.actions.count > 0) {
      this.#isActing = true;
      this.#coordinator.actions.take(this.#act);
      this.#isActing = false;
    }
    const due = this.#coordinator.nextDue;
    if (due === this.#due || !this.#server.isUp) return;
    this.#engine.cancel(this.#ticket);
    this.#due = due;
    this.#ticket =
      due === Number.POSITIVE_INFINITY
        ? NO_TICKET
        : this.#engine.at(Math.max(due, this.#engine.now), this.#tick, 0);
  }
}
