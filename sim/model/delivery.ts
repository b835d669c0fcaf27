import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET } from "../engine/event-queue.ts";
import type { RequestTrace } from "../workload/workload.ts";
import { CustomerQueues } from "./customer-queues.ts";
import type { Customers } from "./customers.ts";
import type { Downloads } from "./downloads.ts";
import { type AttemptEnd, type Observer, type RequestEnd, SERVER_NODE } from "./events.ts";
import type { OpenRequests } from "./open-requests.ts";
import type { Redirects } from "./redirects.ts";
import type { CustomersSpec } from "./system.ts";

/**
 * Customers ask the server, are redirected, download the whole file and check its digest.
 *
 * A customer runs `parallel` downloads at once; further requests wait their turn with it. When an
 * attempt at a volunteer fails, the customer comes back and the server delivers itself. While the
 * server does not answer, customers ask again after their timeout until they lose patience.
 */
export class Delivery {
  readonly #engine: Engine;
  readonly #spec: CustomersSpec;
  readonly #trace: RequestTrace;
  readonly #redirects: Redirects;
  readonly #downloads: Downloads;
  readonly #observer: Observer;
  readonly #queues: CustomerQueues;
  readonly #open: OpenRequests;

  readonly #arrive: Kind;
  readonly #retry: Kind;
  readonly #giveUp: Kind;

  #arrived = 0;
  #ended = 0;

  constructor(
    engine: Engine,
    customers: Customers,
    redirects: Redirects,
    downloads: Downloads,
    observer: Observer,
  ) {
    const { spec, workload } = customers;
    this.#engine = engine;
    this.#spec = spec;
    this.#trace = workload.trace;
    this.#redirects = redirects;
    this.#downloads = downloads;
    this.#observer = observer;
    this.#queues = new CustomerQueues(spec.parallel, workload.customers, workload.trace.requests);
    this.#open = customers.open;
    this.#arrive = engine.kind("request.arrive", (request) => this.#arrival(request));
    this.#retry = engine.kind("request.retry", (request) => this.#attempt(request));
    this.#giveUp = engine.kind("request.give-up", (request) => this.#abandon(request));
    downloads.serve({
      serving: (request) => observer.serving?.(request),
      delivered: (request, sent, end) => this.#delivered(request, sent, end),
      failed: (request, how, sent) => this.#fail(request, how, sent),
    });
  }

  /** Schedules the first request; each arrival schedules the next. */
  start(): void {
    this.#scheduleArrival();
  }

  /** Requests of the trace that have not ended. */
  get open(): number {
    return this.#trace.requests - this.#ended;
  }

  #scheduleArrival(): void {
    const { requests, time } = this.#trace;
    if (this.#arrived < requests) this.#engine.at(time[this.#arrived], this.#arrive, this.#arrived);
  }

  #arrival(request: number): void {
    this.#arrived++;
    this.#scheduleArrival();
    if (this.#queues.begin(this.#trace.customer[request], request)) this.#ask(request);
  }

  #ask(request: number): void {
    const at = this.#open.begin(request);
    this.#open.asked[at] = this.#engine.now;
    this.#observer.begun?.(request);
    this.#open.patience[at] = this.#engine.after(this.#spec.patience, this.#giveUp, request);
    this.#attempt(request);
  }

  /** The server answers: first as the policy says, later by delivering itself. */
  #attempt(request: number): void {
    const at = this.#open.at(request);
    this.#open.next[at] = NO_TICKET;
    if (!this.#redirects.isUp) {
      this.#open.next[at] = this.#engine.after(this.#spec.timeout, this.#retry, request);
      this.#observer.unanswered?.(request);
      return;
    }
    const isFirst = this.#open.attempts[at]++ === 0;
    if (isFirst) this.#redirect(request, at);
    else this.#fetch(request, SERVER_NODE);
  }

  #redirect(request: number, at: number): void {
    const peer = this.#redirects.peerFor(request);
    if (peer !== null) {
      this.#dispatched(request, peer, "a peer");
      this.#fetch(request, peer);
      return;
    }
    this.#observer.deciding?.(request);
    const { kind, volunteer, reason, retryAfter } = this.#redirects.decide(request);
    this.#dispatched(request, volunteer, reason);
    if (kind !== "later") {
      this.#fetch(request, volunteer);
      return;
    }
    this.#open.attempts[at] = 0;
    this.#open.next[at] = this.#engine.after(retryAfter, this.#retry, request);
  }

  #dispatched(request: number, node: number, reason: string): void {
    this.#engine.tell("asking", request);
    this.#engine.note("dispatch", node);
    this.#observer.dispatched?.(request, node, reason);
  }

  #fetch(request: number, node: number): void {
    const transfer = this.#downloads.start(request, node);
    this.#observer.fetching?.(request, node, transfer);
  }

  #delivered(request: number, sent: number, end: RequestEnd): void {
    this.#observer.attempted?.(request, this.#nodeOf(request), "delivered", sent);
    this.#end(request, end);
  }

  /** An attempt failed: the customer comes back to the server, at once or after its timeout. */
  #fail(request: number, how: AttemptEnd, sent: number): void {
    const at = this.#open.at(request);
    const node = this.#open.node[at];
    this.#observer.attempted?.(request, node, how, sent);
    this.#redirects.complain(request, node, how);
    if (this.#open.attempts[at] >= this.#spec.attempts) {
      this.#end(request, "failed");
      return;
    }
    const pause = how === "gone" ? this.#spec.timeout : 0;
    this.#open.next[at] = this.#engine.after(pause, this.#retry, request);
  }

  #abandon(request: number): void {
    const at = this.#open.at(request);
    this.#open.patience[at] = NO_TICKET;
    this.#engine.cancel(this.#open.next[at]);
    const sent = this.#downloads.stop(request);
    this.#observer.attempted?.(request, this.#nodeOf(request), "abandoned", sent);
    this.#end(request, "failed");
  }

  #end(request: number, end: RequestEnd): void {
    const at = this.#open.at(request);
    this.#engine.cancel(this.#open.patience[at]);
    this.#ended++;
    this.#observer.ended?.(request, this.#open.asked[at], end);
    this.#open.end(request);
    const next = this.#queues.end(this.#trace.customer[request]);
    if (next !== null) this.#ask(next);
  }

  #nodeOf(request: number): number {
    return this.#open.node[this.#open.at(request)];
  }
}
