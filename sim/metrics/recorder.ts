import { quantileSorted } from "d3-array";
import { type AttemptEnd, type Observer, type RequestEnd, SERVER_NODE } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { SystemSpec } from "../model/system.ts";
import type { LinkClass } from "../model/topology.ts";
import { startupDelay } from "../network/http/transport.ts";
import type { DispatchView } from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { BeliefErrors } from "./belief-errors.ts";
import { type ClairvoyantBound, clairvoyantBound } from "./clairvoyant.ts";
import { Column } from "./column.ts";
import { Course, type CourseRecord } from "./course.ts";
import { jainIndex, maxOverMean } from "./fairness.ts";
import { checkAccount, checkCapacity } from "./invariants.ts";
import type { MetricName } from "./metric.ts";
import { type SyncDays, SyncHours } from "./sync-hours.ts";

/** Shares at which the delay distribution is kept: 0, 0.5 %, … 100 %. */
export const DELAY_SHARES: readonly number[] = Array.from({ length: 201 }, (_, i) => i / 200);

/** What one run of one cell leaves behind. Plain data: it travels between threads. */
export interface RunRecord extends CourseRecord {
  readonly metrics: Readonly<Record<MetricName, number | null>>;
  /** Mean rate of the server in each bin of the window, in bytes per second. */
  readonly serverRate: Float64Array;
  /** Delay in seconds at each of `DELAY_SHARES`; empty when no request completed. */
  readonly delays: Float64Array;
  /** Share of each volunteer's uplink that deliveries used over the measured time. */
  readonly loads: Float64Array;
  /** Hours that volunteers synchronised on each whole day of the window. */
  readonly syncDays: SyncDays;
  /** How often the dispatch policy gave each reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface RecorderOptions {
  /** Requests asked, and bytes sent, before this time are warm-up. Seconds. */
  readonly from: number;
  /** Width of a bin, and the interval of `sampled`, in seconds. */
  readonly bin: number;
  /** Whether beliefs of transfers in flight are compared with the truth, which costs time. */
  readonly beliefs?: boolean;
}

const LINK_CLASSES = [
  "serverUplink",
  "volunteerUplink",
  "volunteerDownlink",
  "customerDownlink",
  "customerUplink",
] as const satisfies readonly LinkClass[];

const GIGABYTE = 1e9;

/** Watches one run, checks its invariants and turns it into rows. It never steers. */
export class Recorder implements Observer {
  readonly #world: World;
  readonly #system: SystemSpec;
  readonly #workload: Workload;
  readonly #options: RecorderOptions;

  // From the start of the run, for the account.
  #received = 0;
  #lost = 0;
  #pulled = 0;
  #exchanged = 0;
  #returned = 0;
  #audited = 0;
  #ended = 0;
  #wrongAccepted = 0;

  // In the measured time.
  readonly #delays: Column;
  #slowdowns = 0;
  #asked = 0;
  #failed = 0;
  #retried = 0;
  #digestFailed = 0;
  #wasted = 0;
  #fromServer = 0;
  #fromOthers = 0;
  readonly #syncHours: SyncHours;
  #staleSeconds = 0;
  #staleMost = 0;
  #fetched = 0;
  #syncSeconds = 0;
  readonly #delivered: Float64Array;
  readonly #reasons: Record<string, number> = {};

  /** Told of what a policy sees at each decision; absent unless that is measured. */
  readonly considered?: (view: DispatchView) => void;
  readonly #beliefs: BeliefErrors;
  readonly #course: Course;
  readonly #serverBytes: number[] = [];
  #before: Readonly<Record<LinkClass, number>> | null = null;

  constructor(world: World, system: SystemSpec, workload: Workload, options: RecorderOptions) {
    this.#world = world;
    this.#system = system;
    this.#workload = workload;
    this.#options = options;
    this.#delays = new Column(workload.trace.requests);
    this.#syncHours = new SyncHours(world.volunteers.count, workload.window);
    this.#delivered = new Float64Array(world.volunteers.count);
    this.#course = new Course(world, workload, options.bin);
    this.#beliefs = new BeliefErrors(world.volunteers.count);
    if (options.beliefs === true) {
      this.considered = (view) => {
        if (view.now >= options.from) this.#beliefs.look(view);
      };
    }
  }

  dispatched(_request: number, _node: number, reason: string): void {
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
  }

  fetching(request: number, node: number): void {
    if (this.considered !== undefined) this.#beliefs.begun(request, node);
  }

  attempted(request: number, node: number, end: AttemptEnd, sent: number): void {
    this.#beliefs.ended(request);
    if (end === "delivered") this.#received += sent;
    else this.#lost += sent;
    if (!this.#isMeasured(request)) return;
    if (this.#isVolunteer(node)) this.#delivered[node] += sent;
    if (end === "delivered") {
      if (node === SERVER_NODE) this.#fromServer += sent;
      else this.#fromOthers += sent;
      return;
    }
    this.#wasted += sent;
    if (end === "wrong-digest") this.#digestFailed++;
    if (end !== "abandoned") this.#retried++;
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    this.#ended++;
    if (end === "deceived") this.#wrongAccepted++;
    if (!this.#isMeasured(request)) return;
    this.#asked++;
    if (end === "failed") {
      this.#failed++;
      return;
    }
    const delay = this.#world.engine.now - asked;
    this.#delays.push(delay);
    this.#slowdowns += delay / this.#idleDelay(request);
  }

  synchronised(volunteer: number, seconds: number): void {
    this.#syncSeconds += seconds;
    this.#syncHours.add(volunteer, this.#world.engine.now - seconds, this.#world.engine.now);
  }

  exchanged(_volunteer: number, _from: number, bytes: number): void {
    this.#exchanged += bytes;
  }

  returned(_volunteer: number, bytes: number): void {
    this.#returned += bytes;
  }

  audited(_volunteer: number, bytes: number): void {
    this.#audited += bytes;
  }

  fetched(_volunteer: number, _file: number, publishedAt: number): void {
    if (publishedAt === Number.NEGATIVE_INFINITY) return; // It was taken away and given again.
    const seconds = this.#world.engine.now - publishedAt;
    this.#fetched++;
    this.#staleSeconds += seconds;
    this.#staleMost = Math.max(this.#staleMost, seconds);
  }

  pulled(_volunteer: number, bytes: number): void {
    this.#pulled += bytes;
  }

  sampled(now: number): void {
    checkCapacity(this.#world);
    this.#course.sampled(now, this.#ended);
    this.#serverBytes.push(this.#world.network.carried(this.#world.topology.server));
    if (this.#before === null && now >= this.#options.from) this.#before = this.#carried();
  }

  /** The rows of the run. Throws if an invariant does not hold. */
  finish(): RunRecord {
    checkAccount(this.#world, this.#workload, {
      received: this.#received,
      lost: this.#lost,
      pulled: this.#pulled,
      exchanged: this.#exchanged,
      returned: this.#returned,
      audited: this.#audited,
      headers: this.#world.http.headerBytes,
      requestsEnded: this.#ended,
      wrongAccepted: this.#wrongAccepted,
    });
    const { window } = this.#workload;
    const { from, bin } = this.#options;
    const serverRate = Float64Array.from(
      { length: Math.floor(window / bin) },
      (_, i) => (this.#serverBytes[i + 1] - this.#serverBytes[i]) / bin,
    );
    const measuredRates = serverRate.subarray(Math.ceil(from / bin));
    const delays = this.#delays.sorted();
    const quantile = (share: number) =>
      quantileSorted(delays as ArrayLike<number> as number[], share) ?? null;
    const mean = (column: Column) => (column.length === 0 ? null : column.sum() / column.length);
    const loads = this.#loads();
    const carried = this.#carried();
    const bytes = (of: LinkClass) => carried[of] - (this.#before?.[of] ?? 0);
    const deliveredBytes = this.#fromServer + this.#fromOthers;
    const days = window / 86_400;
    const bound = this.#bound();
    const meanDelay = mean(this.#delays);

    return {
      metrics: {
        "server.bytes": bytes("serverUplink"),
        "server.bound": bound.serverBytes,
        "server.peakRate": measuredRates.reduce((peak, rate) => Math.max(peak, rate), 0),
        "server.share": deliveredBytes === 0 ? null : this.#fromServer / deliveredBytes,
        "delay.mean": meanDelay,
        "delay.bound": bound.meanDelay,
        "delay.gap":
          meanDelay === null || bound.meanDelay === null ? null : meanDelay / bound.meanDelay,
        "delay.p50": quantile(0.5),
        "delay.p95": quantile(0.95),
        "delay.p99": quantile(0.99),
        "slowdown.mean": delays.length === 0 ? null : this.#slowdowns / delays.length,
        "requests.total": this.#asked,
        "requests.failed": this.#failed,
        "requests.retried": this.#retried,
        "requests.digestFailed": this.#digestFailed,
        "requests.wrongAccepted": this.#wrongAccepted,
        "bytes.wasted": this.#wasted,
        "volunteers.jain": jainIndex(loads),
        "volunteers.maxOverMean": maxOverMean(loads),
        "sync.hours": loads.length === 0 ? null : this.#syncSeconds / 3600 / days / loads.length,
        "bytes.serverUplink": bytes("serverUplink"),
        "bytes.volunteerUplink": bytes("volunteerUplink"),
        "bytes.volunteerDownlink": bytes("volunteerDownlink"),
        "bytes.customerDownlink": bytes("customerDownlink"),
        "bytes.customerUplink": bytes("customerUplink"),
        "cost.total": this.#cost(carried),
        "trust.auditBytes": this.#audited,
        "sync.maxHours": this.#syncHours.most(),
        "sync.minHours": this.#syncHours.least(),
        "sync.serverBytes": this.#pulled,
        "sync.peerBytes": this.#exchanged,
        "sync.wireBytes": this.#pulled + this.#exchanged + this.#returned,
        "sync.age": this.#fetched === 0 ? null : this.#staleSeconds / this.#fetched,
        "sync.lastAge": this.#fetched === 0 ? null : this.#staleMost,
        "belief.transfers": this.#beliefs.ratio,
        "belief.busyAsIdle": this.#beliefs.busyAsIdle,
        "belief.idleAsBusy": this.#beliefs.idleAsBusy,
      },
      serverRate,
      delays: Float64Array.from(
        delays.length === 0 ? [] : DELAY_SHARES,
        (share) => quantile(share) ?? Number.NaN,
      ),
      loads,
      ...this.#course.record(),
      syncDays: this.#syncHours.days(),
      reasons: this.#reasons,
    };
  }

  #bound(): ClairvoyantBound {
    const { topology, network } = this.#world;
    const { connection } = this.#system.transport.causes;
    const trips = !connection ? 0 : this.#system.customers.keepAlive ? 1 : 2;
    const uplinks = [...topology.links("serverUplink"), ...topology.links("volunteerUplink")];
    return clairvoyantBound({
      workload: this.#workload,
      from: this.#options.from,
      uplinks: [...uplinks.map((link) => network.capacity(link)), ...this.#customerUplinks()],
      downlinkOf: (customer) => network.capacity(topology.customers[customer]),
      opening: () => trips * this.#system.customers.rtt,
    });
  }

  /** What each customer could send on, where customers do. */
  #customerUplinks(): number[] {
    const { uploads } = this.#system.customers;
    return uploads === null ? [] : new Array(this.#workload.customers).fill(uploads.uplink);
  }

  #isVolunteer(node: number): boolean {
    return node !== SERVER_NODE && node < this.#delivered.length;
  }

  #isMeasured(request: number): boolean {
    return this.#workload.trace.time[request] >= this.#options.from;
  }

  /** Seconds the request would take from the server if nothing else moved. */
  #idleDelay(request: number): number {
    const { topology } = this.#world;
    const { customer, bytes } = this.#workload.trace;
    const { data, roundTrip } = topology.delivery(SERVER_NODE, customer[request]);
    const rate = topology.idleRate(data);
    const { connection, slowStart } = this.#system.transport.causes;
    const direct = { redirected: false };
    const startup = startupDelay(bytes[request], rate, roundTrip, direct);
    const opening = 2 * roundTrip;
    return (connection ? opening : 0) + (slowStart ? startup - opening : 0) + bytes[request] / rate;
  }

  /** What deliveries took of each volunteer's uplink. */
  #loads(): Float64Array {
    const seconds = Math.max(this.#workload.window - this.#options.from, 1);
    const { topology, network } = this.#world;
    return this.#delivered.map(
      (bytes, v) => bytes / seconds / network.capacity(topology.volunteers[v].uplink),
    );
  }

  /** What was sent, at the prices of the experiment. */
  #cost(carried: Readonly<Record<LinkClass, number>>): number {
    const { server, customers } = this.#system;
    const { topology, network, volunteers } = this.#world;
    const sent = volunteers.classes.map(
      ({ price }, v) => price * network.carried(topology.volunteers[v].uplink),
    );
    const uploads = (customers.uploads?.price ?? 0) * carried.customerUplink;
    const all = server.price * carried.serverUplink + uploads;
    return sent.reduce((sum, cost) => sum + cost, all) / GIGABYTE;
  }

  #carried(): Record<LinkClass, number> {
    const { network, topology } = this.#world;
    const total = (of: LinkClass) =>
      topology.links(of).reduce((sum, link) => sum + network.carried(link), 0);
    const [server, up, down, customers, uploads] = LINK_CLASSES.map(total);
    return {
      serverUplink: server,
      volunteerUplink: up,
      volunteerDownlink: down,
      customerDownlink: customers,
      customerUplink: uploads,
    };
  }
}
