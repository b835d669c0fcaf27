import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET } from "../engine/event-queue.ts";
import type { Stream } from "../engine/random.ts";
import type { FlowId, Network } from "../network/network.ts";
import { startupDelay } from "../network/transport.ts";
import {
  type Bound,
  type Dispatch,
  type DispatchEvent,
  type DispatchView,
  SERVER,
} from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { type AttemptEnd, type Observer, SERVER_NODE } from "./events.ts";
import type { SystemSpec } from "./system.ts";
import type { Topology } from "./topology.ts";
import type { Tracker } from "./tracker.ts";
import { DispatchViews } from "./views.ts";
import type { Volunteers } from "./volunteers.ts";

const NO_FLOW = -1;
const NO_REQUEST = -1;

/**
 * Customers ask the server, are redirected, download the whole file and check its digest.
 *
 * A customer runs `parallel` downloads at once; further requests wait their turn with it. When an
 * attempt at a volunteer fails, the customer comes back and the server delivers itself.
 */
export class Delivery {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #topology: Topology;
  readonly #volunteers: Volunteers;
  readonly #tracker: Tracker;
  readonly #system: SystemSpec;
  readonly #workload: Workload;
  readonly #dispatch: Bound<DispatchView, Dispatch, DispatchEvent>;
  readonly #random: Stream;
  readonly #observer: Observer;
  readonly #views: DispatchViews;

  readonly #arrive: Kind;
  readonly #begin: Kind;
  readonly #retry: Kind;
  readonly #giveUp: Kind;
  readonly #purpose: number;

  // By request.
  readonly #asked: Float64Array;
  readonly #node: Int32Array;
  readonly #attempts: Uint8Array;
  readonly #flow: Int32Array;
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
    readonly network: Network;
    readonly topology: Topology;
    readonly volunteers: Volunteers;
    readonly tracker: Tracker;
    readonly system: SystemSpec;
    readonly workload: Workload;
    readonly dispatch: Bound<DispatchView, Dispatch, DispatchEvent>;
    readonly random: Stream;
    readonly observer: Observer;
  }) {
    const { engine, network, workload } = world;
    this.#engine = engine;
    this.#network = network;
    this.#topology = world.topology;
    this.#volunteers = world.volunteers;
    this.#tracker = world.tracker;
    this.#system = world.system;
    this.#workload = workload;
    this.#dispatch = world.dispatch;
    this.#random = world.random;
    this.#observer = world.observer;
    this.#views = new DispatchViews(world.system.server.uplink, workload, world.tracker);

    this.#arrive = engine.kind("request.arrive", (request) => this.#arrival(request));
    this.#begin = engine.kind("request.begin", (request) => this.#transfer(request));
    this.#retry = engine.kind("request.retry", (request) => this.#attempt(request));
    this.#giveUp = engine.kind("request.give-up", (request) => this.#abandon(request));
    this.#purpose = network.purpose((request) => this.#finish(request));

    const requests = workload.trace.requests;
    this.#asked = new Float64Array(requests);
    this.#node = new Int32Array(requests);
    this.#attempts = new Uint8Array(requests);
    this.#flow = new Int32Array(requests).fill(NO_FLOW);
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
    const { customers, transport } = this.#system;
    const idle = this.#topology.idleRate(this.#topology.delivery(node, customer[request]));
    const delay = transport.startup
      ? startupDelay(bytes[request], idle, customers.rtt, { redirected: node !== SERVER_NODE })
      : 0;
    this.#next[request] = this.#engine.after(delay, this.#begin, request);
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

  #transfer(request: number): void {
    this.#next[request] = NO_TICKET;
    const node = this.#node[request];
    const { customer, file, bytes } = this.#workload.trace;
    if (node !== SERVER_NODE) {
      if (!this.#volunteers.isOnline(node)) {
        this.#fail(request, "gone", 0);
        return;
      }
      if (!this.#volunteers.holds.has(node, file[request])) {
        this.#fail(request, "missing", 0);
        return;
      }
      this.#sending[node].add(request);
    } else this.#views.sending++;
    this.#flow[request] = this.#network.start({
      path: this.#topology.delivery(node, customer[request]),
      bytes: bytes[request],
      weight: 1,
      cap: Number.POSITIVE_INFINITY,
      purpose: this.#purpose,
      owner: request,
    });
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
    const left = this.#flow[request] === NO_FLOW ? null : this.#network.abort(this.#flow[request]);
    const sent = left === null ? 0 : this.#workload.trace.bytes[request] - left;
    if (left !== null) this.#stopSending(request);
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
    this.#flow[request] = NO_FLOW;
    const node = this.#node[request];
    if (node === SERVER_NODE) this.#views.sending--;
    else this.#sending[node].delete(request);
  }

  /** The volunteer has left: its customers lose what they had. */
  #breakOff(volunteer: number): void {
    for (const request of [...this.#sending[volunteer]]) {
      const flow: FlowId = this.#flow[request];
      const sent = this.#workload.trace.bytes[request] - this.#network.abort(flow);
      this.#stopSending(request);
      this.#fail(request, "gone", sent);
    }
  }
}

/** The customer's check: what it computed against what the server told it. */
function digestMatches(computed: number, authentic: number): boolean {
  return computed === authentic;
}
