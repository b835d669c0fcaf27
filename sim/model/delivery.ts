import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET } from "../engine/event-queue.ts";
import type { Stream } from "../engine/random.ts";
import type { Http, TransferId } from "../network/http.ts";
import {
  type Bound,
  type Dispatch,
  type DispatchEvent,
  type DispatchView,
  SERVER,
} from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { Connections } from "./connections.ts";
import type { Disks } from "./disks.ts";
import { type AttemptEnd, type Observer, SERVER_NODE } from "./events.ts";
import type { SystemSpec } from "./system.ts";
import type { CustomerLine, Topology } from "./topology.ts";
import type { Tracker } from "./tracker.ts";
import { DispatchViews } from "./views.ts";
import type { Volunteers } from "./volunteers.ts";

const NO_TRANSFER = -1;
const NO_REQUEST = -1;

/**
 * Customers ask the server, are redirected, download the whole file and check its digest.
 *
 * A customer runs `parallel` downloads at once; further requests wait their turn with it. When an
 * attempt at a volunteer fails, the customer comes back and the server delivers itself.
 */
export class Delivery {
  readonly #engine: Engine;
  readonly #http: Http;
  readonly #topology: Topology;
  readonly #volunteers: Volunteers;
  readonly #disks: Disks;
  readonly #tracker: Tracker;
  readonly #system: SystemSpec;
  readonly #workload: Workload;
  readonly #lines: readonly CustomerLine[];
  readonly #dispatch: Bound<DispatchView, Dispatch, DispatchEvent>;
  readonly #random: Stream;
  readonly #observer: Observer;
  readonly #views: DispatchViews;

  readonly #arrive: Kind;
  readonly #retry: Kind;
  readonly #giveUp: Kind;
  readonly #purpose: number;
  readonly #connections: Connections;

  // By request.
  readonly #asked: Float64Array;
  readonly #node: Int32Array;
  readonly #attempts: Uint8Array;
  readonly #transfer: Int32Array;
  /** 1 while its source is sending it. */
  readonly #isSent: Uint8Array;
  readonly #next: Float64Array;
  readonly #patience: Float64Array;
  readonly #following: Int32Array;

  // By customer: downloads under way, and the requests that wait.
  readonly #busy: Uint16Array;
  readonly #firstWaiting: Int32Array;
  readonly #lastWaiting: Int32Array;

  /** Requests that each volunteer is sending, in order of their start. */
  readonly #sending: readonly Set<number>[];
  #arrived = 0;
  #ended = 0;

  constructor(world: {
    readonly engine: Engine;
    readonly http: Http;
    readonly topology: Topology;
    readonly volunteers: Volunteers;
    readonly disks: Disks;
    readonly tracker: Tracker;
    readonly system: SystemSpec;
    readonly workload: Workload;
    /** Of each customer. */
    readonly lines: readonly CustomerLine[];
    readonly dispatch: Bound<DispatchView, Dispatch, DispatchEvent>;
    readonly random: Stream;
    readonly observer: Observer;
  }) {
    const { engine, http, workload } = world;
    this.#engine = engine;
    this.#http = http;
    this.#topology = world.topology;
    this.#volunteers = world.volunteers;
    this.#disks = world.disks;
    this.#tracker = world.tracker;
    this.#system = world.system;
    this.#workload = workload;
    this.#lines = world.lines;
    this.#dispatch = world.dispatch;
    this.#random = world.random;
    this.#observer = world.observer;
    this.#views = new DispatchViews(world.system.server.uplink, workload, world.tracker);

    this.#arrive = engine.kind("request.arrive", (request) => this.#arrival(request));
    this.#retry = engine.kind("request.retry", (request) => this.#attempt(request));
    this.#giveUp = engine.kind("request.give-up", (request) => this.#abandon(request));
    this.#purpose = http.purpose(
      (request) => this.#finish(request),
      (request) => this.#serves(request),
    );
    this.#connections = new Connections(world.system.customers.keepAlive);

    const requests = workload.trace.requests;
    this.#asked = new Float64Array(requests);
    this.#node = new Int32Array(requests);
    this.#attempts = new Uint8Array(requests);
    this.#transfer = new Int32Array(requests).fill(NO_TRANSFER);
    this.#isSent = new Uint8Array(requests);
    this.#next = new Float64Array(requests).fill(NO_TICKET);
    this.#patience = new Float64Array(requests).fill(NO_TICKET);
    this.#following = new Int32Array(requests).fill(NO_REQUEST);
    this.#busy = new Uint16Array(workload.customers);
    this.#firstWaiting = new Int32Array(workload.customers).fill(NO_REQUEST);
    this.#lastWaiting = new Int32Array(workload.customers).fill(NO_REQUEST);
    this.#sending = world.volunteers.classes.map(() => new Set());
    world.volunteers.whenLeaving((volunteer) => this.#breakOff(volunteer));
  }

  /** Schedules the first request; each arrival schedules the next. */
  start(): void {
    this.#scheduleArrival();
  }

  /** Requests of the trace that have not ended. */
  get open(): number {
    return this.#workload.trace.requests - this.#ended;
  }

  #scheduleArrival(): void {
    const { requests, time } = this.#workload.trace;
    if (this.#arrived < requests) this.#engine.at(time[this.#arrived], this.#arrive, this.#arrived);
  }

  #arrival(request: number): void {
    this.#arrived++;
    this.#scheduleArrival();
    const customer = this.#workload.trace.customer[request];
    if (this.#busy[customer] < this.#system.customers.parallel) this.#ask(request, customer);
    else this.#wait(request, customer);
  }

  #wait(request: number, customer: number): void {
    const last = this.#lastWaiting[customer];
    if (last === NO_REQUEST) this.#firstWaiting[customer] = request;
    else this.#following[last] = request;
    this.#lastWaiting[customer] = request;
  }

  #ask(request: number, customer: number): void {
    this.#busy[customer]++;
    this.#asked[request] = this.#engine.now;
    const { patience } = this.#system.customers;
    this.#patience[request] = this.#engine.after(patience, this.#giveUp, request);
    this.#attempt(request);
  }

  /** The server answers: first as the policy says, later by delivering itself. */
  #attempt(request: number): void {
    this.#next[request] = NO_TICKET;
    const first = this.#attempts[request]++ === 0;
    const { customer, bytes } = this.#workload.trace;
    if (!first) this.#tracker.asked(customer[request]);
    const node = first ? this.#redirect(request) : SERVER_NODE;
    this.#node[request] = node;
    const who = customer[request];
    const route = this.#topology.delivery(node, who);
    this.#transfer[request] = this.#http.start({
      route,
      bytes: bytes[request],
      ...(node !== SERVER_NODE && {
        redirector: this.#topology.delivery(SERVER_NODE, who),
        cap: this.#volunteers.classes[node].transferRate,
      }),
      connection: this.#connections.of(who, node, this.#engine.now),
      receiveWindow: this.#lines[who].receiveWindow,
      purpose: this.#purpose,
      owner: request,
    });
  }

  #redirect(request: number): number {
    const { customer, bytes } = this.#workload.trace;
    this.#tracker.asked(customer[request]);
    const view = this.#views.of(request, this.#engine.now);
    const { to, reason } = this.#dispatch.decide(view, this.#random);
    const node = to === SERVER ? SERVER_NODE : view.candidates[to].node;
    if (node !== SERVER_NODE) {
      this.#tracker.redirected(node, customer[request], bytes[request]);
    }
    this.#dispatch.observe({ kind: "redirected", node });
    this.#engine.fingerprint.add(node);
    this.#observer.dispatched(request, node, reason);
    return node;
  }

  /** The request has reached its source: whether that is there and has the file. */
  #serves(request: number): boolean {
    const node = this.#node[request];
    const { file } = this.#workload.trace;
    if (node !== SERVER_NODE) {
      const isOnline = this.#volunteers.isOnline(node);
      if (!isOnline || !this.#volunteers.holds.has(node, file[request])) {
        this.#transfer[request] = NO_TRANSFER;
        this.#fail(request, isOnline ? "missing" : "gone", 0);
        return false;
      }
      this.#sending[node].add(request);
      this.#disks.used(node, file[request], this.#engine.now);
    } else this.#views.sending++;
    this.#isSent[request] = 1;
    return true;
  }

  #finish(request: number): void {
    this.#stopSending(request);
    const { file, bytes } = this.#workload.trace;
    const node = this.#node[request];
    const authentic = this.#workload.catalogue.digest[file[request]];
    const spoilt = node !== SERVER_NODE && this.#volunteers.corrupts(node);
    const received = spoilt ? ~authentic : authentic;
    if (!digestMatches(received, authentic)) {
      this.#fail(request, "wrong-digest", bytes[request]);
      return;
    }
    this.#observer.attempted(request, node, "delivered", bytes[request]);
    this.#end(request, true, received !== authentic);
  }

  /** An attempt failed: the customer comes back to the server, at once or after its timeout. */
  #fail(request: number, how: AttemptEnd, sent: number): void {
    const node = this.#node[request];
    this.#observer.attempted(request, node, how, sent);
    this.#learn(request, node, how);
    const { attempts, timeout } = this.#system.customers;
    if (this.#attempts[request] >= attempts) {
      this.#end(request, false, false);
      return;
    }
    this.#next[request] = this.#engine.after(how === "gone" ? timeout : 0, this.#retry, request);
  }

  /** What the server learns from a customer that comes back. Wrong bytes were uploaded all the same. */
  #learn(request: number, node: number, how: AttemptEnd): void {
    if (node === SERVER_NODE) return;
    const { bytes, file } = this.#workload.trace;
    if (how === "gone") this.#tracker.silent(node, bytes[request]);
    if (how === "missing") this.#tracker.disproved(node, file[request], bytes[request]);
  }

  #abandon(request: number): void {
    this.#patience[request] = NO_TICKET;
    this.#engine.cancel(this.#next[request]);
    const sent = this.#breakTransfer(request);
    this.#observer.attempted(request, this.#node[request], "abandoned", sent);
    this.#end(request, false, false);
  }

  #end(request: number, accepted: boolean, wrong: boolean): void {
    this.#engine.cancel(this.#patience[request]);
    this.#ended++;
    this.#observer.ended(request, this.#asked[request], accepted, wrong);
    const customer = this.#workload.trace.customer[request];
    this.#busy[customer]--;
    const next = this.#firstWaiting[customer];
    if (next === NO_REQUEST) return;
    this.#firstWaiting[customer] = this.#following[next];
    if (this.#following[next] === NO_REQUEST) this.#lastWaiting[customer] = NO_REQUEST;
    this.#ask(next, customer);
  }

  #stopSending(request: number): void {
    this.#transfer[request] = NO_TRANSFER;
    if (this.#isSent[request] === 0) return;
    this.#isSent[request] = 0;
    const node = this.#node[request];
    if (node === SERVER_NODE) this.#views.sending--;
    else this.#sending[node].delete(request);
  }

  /** Ends the transfer of a request early, if there is one; returns the bytes that had come. */
  #breakTransfer(request: number): number {
    const transfer: TransferId = this.#transfer[request];
    if (transfer === NO_TRANSFER) return 0;
    const sent = this.#workload.trace.bytes[request] - this.#http.abort(transfer);
    this.#stopSending(request);
    return sent;
  }

  /** The volunteer has left: its customers lose what they had. */
  #breakOff(volunteer: number): void {
    for (const request of [...this.#sending[volunteer]]) {
      this.#fail(request, "gone", this.#breakTransfer(request));
    }
  }
}

/** The customer's check: what it computed against what the server told it. */
function digestMatches(computed: number, authentic: number): boolean {
  return computed === authentic;
}
