import type { Complaint } from "../coordinator/index.ts";
import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET } from "../engine/event-queue.ts";
import type { Http, Reply, TransferId } from "../network/http/http.ts";
import type { Workload } from "../workload/workload.ts";
import { Connections } from "./connections.ts";
import type { Coordination } from "./coordination.ts";
import { CustomerQueues } from "./customer-queues.ts";
import { type AttemptEnd, type Observer, SERVER_NODE } from "./events.ts";
import { NO_TRANSFER, OpenRequests } from "./open-requests.ts";
import type { Receipts } from "./receipts.ts";
import type { RepositoryServer } from "./server.ts";
import type { Sources } from "./sources.ts";
import type { SystemSpec } from "./system.ts";
import type { CustomerLine, Topology } from "./topology.ts";
import type { Treatment } from "./volunteers.ts";

/** What sources do with requests, by their numbers in a column. */
const TREATMENTS: readonly Treatment[] = ["honest", "corrupt", "truncate"];
const CORRUPT = TREATMENTS.indexOf("corrupt");
const TRUNCATE = TREATMENTS.indexOf("truncate");

/** What customers complain of. */
const COMPLAINTS: Readonly<Partial<Record<AttemptEnd, Complaint>>> = {
  gone: "gone",
  missing: "missing",
  "wrong-digest": "wrong",
  "cut-short": "cut-short",
};

/** Part of a file that arrives before a volunteer cuts it short. */
const CUT_SHARE = 0.5;

export interface DeliveryWorld {
  readonly engine: Engine;
  readonly http: Http;
  readonly topology: Topology;
  readonly server: RepositoryServer;
  readonly coordination: Coordination;
  readonly receipts: Receipts;
  readonly system: SystemSpec;
  readonly workload: Workload;
  /** Of each customer. */
  readonly lines: readonly CustomerLine[];
  readonly observer: Observer;
  readonly sources: Sources;
}

/**
 * Customers ask the server, are redirected, download the whole file and check its digest.
 *
 * A customer runs `parallel` downloads at once; further requests wait their turn with it. When an
 * attempt at a volunteer fails, the customer comes back and the server delivers itself. While the
 * server does not answer, customers ask again after their timeout until they lose patience.
 */
export class Delivery {
  readonly #world: DeliveryWorld;
  readonly #engine: Engine;
  readonly #trace: Workload["trace"];
  readonly #observer: Observer;
  readonly #queues: CustomerQueues;
  readonly #connections: Connections;
  readonly #sources: Sources;
  /** Whether volunteers write down what they have sent. */
  readonly #logs: boolean;

  readonly #arrive: Kind;
  readonly #retry: Kind;
  readonly #giveUp: Kind;
  readonly #purpose: number;

  readonly #open: OpenRequests;

  #arrived = 0;
  #ended = 0;

  constructor(world: DeliveryWorld) {
    const { engine, http, system, workload, sources } = world;
    this.#world = world;
    this.#engine = engine;
    this.#trace = workload.trace;
    this.#observer = world.observer;
    this.#arrive = engine.kind("request.arrive", (request) => this.#arrival(request));
    this.#retry = engine.kind("request.retry", (request) => this.#attempt(request));
    this.#giveUp = engine.kind("request.give-up", (request) => this.#abandon(request));
    this.#purpose = http.purpose(
      (request) => this.#finish(request),
      (request) => this.#serves(request),
    );

    const { requests } = workload.trace;
    const { parallel, keepAlive } = system.customers;
    this.#queues = new CustomerQueues(parallel, workload.customers, requests);
    this.#connections = new Connections(keepAlive);
    this.#open = new OpenRequests(requests);
    this.#sources = sources;
    this.#logs = system.tracker.reports === "receipts";
    sources.serve({
      broken: (request) => this.#fail(request, "gone", this.#breakTransfer(request)),
      ready: (request) => http.resume(this.#open.transfer[this.#open.at(request)]),
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
    const { patience } = this.#world.system.customers;
    this.#open.patience[at] = this.#engine.after(patience, this.#giveUp, request);
    this.#attempt(request);
  }

  /** The server answers: first as the policy says, later by delivering itself. */
  #attempt(request: number): void {
    this.#open.next[this.#open.at(request)] = NO_TICKET;
    if (!this.#world.server.isUp) {
      const { timeout } = this.#world.system.customers;
      this.#open.next[this.#open.at(request)] = this.#engine.after(timeout, this.#retry, request);
      this.#observer.unanswered?.(request);
      return;
    }
    const isFirst = this.#open.attempts[this.#open.at(request)]++ === 0;
    if (isFirst) this.#redirect(request);
    else this.#fetch(request, SERVER_NODE);
  }

  #redirect(request: number): void {
    const { coordination, topology } = this.#world;
    const customer = this.#trace.customer[request];
    const file = this.#trace.file[request];
    const peer = this.#sources.peerFor(file, customer);
    if (peer !== null) {
      this.#dispatched(request, peer, "a peer");
      this.#fetch(request, peer);
      return;
    }
    this.#observer.deciding?.(request);
    const bytes = this.#trace.bytes[request];
    const where = topology.whereabouts(customer);
    const { kind, volunteer, reason, retryAfter } = coordination.ask(customer, file, bytes, where);
    this.#dispatched(request, volunteer, reason);
    if (kind !== "later") {
      this.#fetch(request, volunteer);
      return;
    }
    const at = this.#open.at(request);
    this.#open.attempts[at] = 0;
    this.#open.next[at] = this.#engine.after(retryAfter, this.#retry, request);
  }

  #dispatched(request: number, node: number, reason: string): void {
    this.#engine.tell("asking", request);
    this.#engine.note("dispatch", node);
    this.#observer.dispatched(request, node, reason);
  }

  /** The customer asks the node, by way of the server's redirect if that is another. */
  #fetch(request: number, node: number): void {
    const { http, topology, lines } = this.#world;
    const customer = this.#trace.customer[request];
    const at = this.#open.at(request);
    this.#open.node[at] = node;
    const treatment = this.#sources.treat(node, this.#trace.file[request]);
    this.#open.treatment[at] = TREATMENTS.indexOf(treatment);
    const isDirect = node === SERVER_NODE;
    // A plain record: this is done for each of millions of requests.
    const transfer = http.start({
      route: topology.delivery(node, customer),
      bytes: this.#bytesToCome(request),
      redirector: isDirect ? undefined : topology.delivery(SERVER_NODE, customer),
      cap: isDirect ? undefined : this.#sources.capOf(node),
      connection: this.#connections.of(customer, node, this.#engine.now),
      receiveWindow: lines[customer].receiveWindow,
      purpose: this.#purpose,
      owner: request,
    });
    this.#open.transfer[at] = transfer;
    this.#observer.fetching?.(request, node, transfer);
  }

  /** Bytes that the source will send: all, or less where it cuts the file short. */
  #bytesToCome(request: number): number {
    const share = this.#open.treatment[this.#open.at(request)] === TRUNCATE ? CUT_SHARE : 1;
    return share * this.#trace.bytes[request];
  }

  /** The request has reached its source. */
  #serves(request: number): Reply {
    const node = this.#open.node[this.#open.at(request)];
    const answer = this.#sources.answer(node, request, this.#trace.file[request]);
    if (answer === "refuses" || answer === "is gone") {
      this.#open.transfer[this.#open.at(request)] = NO_TRANSFER;
      this.#fail(request, answer === "refuses" ? "missing" : "gone", 0);
      return "refuses";
    }
    this.#sources.begin(node, request);
    if (node === SERVER_NODE) this.#world.coordination.beginDelivery();
    this.#open.isSent[this.#open.at(request)] = 1;
    return answer;
  }

  #finish(request: number): void {
    this.#stopSending(request, this.#bytesToCome(request));
    const node = this.#open.node[this.#open.at(request)];
    const bytes = this.#trace.bytes[request];
    if (this.#open.treatment[this.#open.at(request)] === TRUNCATE) {
      this.#fail(request, "cut-short", this.#bytesToCome(request));
      return;
    }
    const authentic = this.#world.workload.catalogue.digest[this.#trace.file[request]];
    const received =
      this.#open.treatment[this.#open.at(request)] === CORRUPT ? ~authentic : authentic;
    if (!digestMatches(received, authentic)) {
      this.#fail(request, "wrong-digest", bytes);
      return;
    }
    this.#observer.attempted(request, node, "delivered", bytes);
    this.#sources.delivered(this.#trace.customer[request], this.#trace.file[request]);
    this.#end(request, true, received !== authentic);
  }

  /** An attempt failed: the customer comes back to the server, at once or after its timeout. */
  #fail(request: number, how: AttemptEnd, sent: number): void {
    const node = this.#open.node[this.#open.at(request)];
    this.#observer.attempted(request, node, how, sent);
    this.#learn(request, node, how);
    const { attempts, timeout } = this.#world.system.customers;
    if (this.#open.attempts[this.#open.at(request)] >= attempts) {
      this.#end(request, false, false);
      return;
    }
    this.#open.next[this.#open.at(request)] = this.#engine.after(
      how === "gone" ? timeout : 0,
      this.#retry,
      request,
    );
  }

  /** What the server learns from a customer that comes back. Wrong bytes were uploaded all the same. */
  #learn(request: number, node: number, how: AttemptEnd): void {
    if (!this.#sources.isVolunteer(node)) return;
    const { coordination } = this.#world;
    const { customer, file, bytes } = this.#trace;
    const complaint = COMPLAINTS[how];
    if (complaint === undefined) return;
    coordination.complain(customer[request], file[request], node, complaint, bytes[request]);
  }

  #abandon(request: number): void {
    this.#open.patience[this.#open.at(request)] = NO_TICKET;
    this.#engine.cancel(this.#open.next[this.#open.at(request)]);
    const sent = this.#breakTransfer(request);
    this.#observer.attempted(request, this.#open.node[this.#open.at(request)], "abandoned", sent);
    this.#end(request, false, false);
  }

  #end(request: number, accepted: boolean, wrong: boolean): void {
    this.#engine.cancel(this.#open.patience[this.#open.at(request)]);
    this.#ended++;
    this.#observer.ended(request, this.#open.asked[this.#open.at(request)], accepted, wrong);
    this.#open.end(request);
    const next = this.#queues.end(this.#trace.customer[request]);
    if (next !== null) this.#ask(next);
  }

  /** The request's source sends no more of it, after so many bytes. */
  #stopSending(request: number, bytes: number): void {
    const at = this.#open.at(request);
    this.#open.transfer[at] = NO_TRANSFER;
    if (this.#open.isSent[at] === 0) return;
    this.#open.isSent[at] = 0;
    const node = this.#open.node[at];
    this.#sources.end(node, request);
    if (node === SERVER_NODE) this.#world.coordination.endDelivery();
    else if (this.#logs && this.#sources.isVolunteer(node)) {
      const endedAt = this.#engine.now;
      const { customer, file } = this.#trace;
      const receipt = { customer: customer[request], file: file[request], bytes, endedAt };
      this.#world.receipts.add(node, receipt);
    }
  }

  /** Ends the transfer of a request early, if there is one; returns the bytes that had come. */
  #breakTransfer(request: number): number {
    const transfer: TransferId = this.#open.transfer[this.#open.at(request)];
    if (transfer === NO_TRANSFER) return 0;
    const sent = this.#bytesToCome(request) - this.#world.http.abort(transfer);
    this.#stopSending(request, sent);
    return sent;
  }
}

/** The customer's check: what it computed against what the server told it. */
function digestMatches(computed: number, authentic: number): boolean {
  return computed === authentic;
}
