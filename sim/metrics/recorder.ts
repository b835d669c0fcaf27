import type { AttemptEnd, Observer, RequestEnd } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { SystemSpec } from "../model/system.ts";
import type { DispatchView } from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { Account } from "./account.ts";
import { Attempts } from "./collectors/attempts.ts";
import { type BeliefCourse, BeliefErrors } from "./collectors/belief-errors.ts";
import { Decisions, type ReasonCourse } from "./collectors/decisions.ts";
import { Delays } from "./collectors/delays.ts";
import { idleDelayOf } from "./collectors/idle-delay.ts";
import { Links } from "./collectors/links.ts";
import { Load } from "./collectors/load.ts";
import { Synchronisations } from "./collectors/synchronisation.ts";
import { TimeSpent } from "./collectors/time-spent.ts";
import { Visits } from "./collectors/visits.ts";
import { Course, type CourseRecord } from "./course.ts";
import { Measured } from "./measured.ts";
import type { MetricName } from "./metric.ts";
import { newBytes } from "./new-bytes.ts";
import { ServerRate } from "./server-rate.ts";
import type { SyncDays } from "./sync-hours.ts";
import { TimeColumns } from "./time-columns.ts";

/** Shares at which distributions are kept: 0, 0.5 %, … 100 %. */
export const SHARES: readonly number[] = Array.from({ length: 201 }, (_, i) => i / 200);

/** What one run of one cell leaves behind. Plain data: it travels between threads. */
export interface RunRecord extends CourseRecord {
  readonly metrics: Readonly<Record<MetricName, number | null>>;
  /** Mean rate of the server in each bin of the window, in bytes per second. */
  readonly serverRate: Float64Array;
  /** Seconds of delay at each of `SHARES`, cut at the horizon; empty without requests. */
  readonly delays: Float64Array;
  /** Seconds of visits at each of `SHARES`, cut at the horizon; empty without visits. */
  readonly visits: Float64Array;
  /** Share of each volunteer's uplink that deliveries used while it could have served. */
  readonly loads: Float64Array;
  /** Seconds of the measured time for which each volunteer could have served. */
  readonly able: Float64Array;
  /** Hours that volunteers synchronised on each whole measured day. */
  readonly syncDays: SyncDays;
  /** How often the dispatch policy gave each reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The same over time. */
  readonly reasonCourse: ReasonCourse;
  /** What was believed of transfers in flight over time; absent unless that was measured. */
  readonly beliefCourse?: BeliefCourse;
}

export interface RecorderOptions {
  /** What came before this time is warm-up, in seconds from the start of the window. */
  readonly from: number;
  /** Seconds at which a visit, or a request, stands that has failed or takes longer. */
  readonly horizon: number;
  /** Width of a bin, and the interval of `sampled`, in seconds. */
  readonly bin: number;
  /** Whether beliefs of transfers in flight are compared with the truth, which costs time. */
  readonly beliefs?: boolean;
}

/**
 * Watches one run, checks its invariants and turns it into metrics and rows. It never steers.
 *
 * What is measured goes to one collector for each family of metrics, through `Measured`. The account,
 * the courses over the window, and what the truth of beliefs is, hear of everything.
 */
export class Recorder implements Observer {
  readonly #workload: Workload;
  readonly #options: RecorderOptions;
  readonly #account: Account;
  readonly #course: Course;
  readonly #serverRate: ServerRate;
  readonly #beliefs: BeliefErrors;
  readonly #measured: Measured;

  readonly #visits: Visits;
  readonly #delays: Delays;
  readonly #attempts = new Attempts();
  readonly #times: TimeSpent;
  readonly #load: Load;
  readonly #links: Links;
  readonly #synchronisations: Synchronisations;
  readonly #decisions: Decisions;

  /** Told of what a policy sees at each decision; absent unless that is measured. */
  readonly considered?: (view: DispatchView) => void;

  constructor(world: World, system: SystemSpec, workload: Workload, options: RecorderOptions) {
    const { engine, volunteers } = world;
    const { trace, window } = workload;
    const { from, horizon, bin } = options;
    this.#workload = workload;
    this.#options = options;
    this.#account = new Account(world, workload);
    this.#course = new Course(world, workload, bin);
    this.#serverRate = new ServerRate(world, { from, bin, window });
    const columns = new TimeColumns(window, bin);
    this.#beliefs = new BeliefErrors(volunteers.count, columns);
    this.#decisions = new Decisions(engine, columns);
    this.#visits = new Visits(world, trace, { from, horizon });
    this.#delays = new Delays(world, trace, { from, horizon }, idleDelayOf(world, system, trace));
    this.#times = new TimeSpent(world, trace);
    this.#load = new Load(world);
    this.#links = new Links(world, system);
    this.#synchronisations = new Synchronisations(world, from, window);
    const collectors = [
      this.#visits,
      this.#delays,
      this.#attempts,
      this.#times,
      this.#load,
      this.#links,
      this.#synchronisations,
      this.#decisions,
      ...(options.beliefs === true ? [this.#beliefs] : []),
    ];
    this.#measured = new Measured(collectors, { from, trace, engine });
    if (options.beliefs === true) this.considered = (view) => this.#measured.considered(view);
  }

  begun(request: number): void {
    this.#measured.begun(request);
  }

  unanswered(request: number): void {
    this.#measured.unanswered(request);
  }

  deciding(request: number): void {
    this.#measured.deciding(request);
  }

  dispatched(request: number, node: number, reason: string): void {
    this.#measured.dispatched(request, node, reason);
  }

  fetching(request: number, node: number, transfer: number): void {
    if (this.considered !== undefined) this.#beliefs.begins(request, node);
    this.#measured.fetching(request, node, transfer);
  }

  serving(request: number): void {
    this.#measured.serving(request);
  }

  attempted(request: number, node: number, end: AttemptEnd, sent: number): void {
    this.#beliefs.ends(request);
    this.#account.attempted(request, node, end, sent);
    this.#measured.attempted(request, node, end, sent);
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    this.#account.ended(request, asked, end);
    this.#measured.ended(request, asked, end);
  }

  synchronised(volunteer: number, seconds: number, files: number): void {
    this.#measured.synchronised(volunteer, seconds, files);
  }

  fetched(volunteer: number, file: number, publishedAt: number): void {
    this.#measured.fetched(volunteer, file, publishedAt);
  }

  pulled(volunteer: number, bytes: number): void {
    this.#account.pulled(volunteer, bytes);
    this.#measured.pulled(volunteer, bytes);
  }

  exchanged(volunteer: number, from: number, bytes: number): void {
    this.#account.exchanged(volunteer, from, bytes);
    this.#measured.exchanged(volunteer, from, bytes);
  }

  returned(volunteer: number, bytes: number): void {
    this.#account.returned(volunteer, bytes);
    this.#measured.returned(volunteer, bytes);
  }

  audited(volunteer: number, bytes: number, passed: boolean): void {
    this.#account.audited(volunteer, bytes);
    this.#measured.audited(volunteer, bytes, passed);
  }

  measuring(): void {
    this.#measured.measuring();
  }

  sampled(now: number): void {
    this.#account.sampled();
    this.#course.sampled(now, this.#account.requestsEnded);
    this.#serverRate.sampled();
    this.#measured.sampled(now);
  }

  /** The rows of the run. Throws if an invariant does not hold. */
  finish(): RunRecord {
    this.#account.check();
    const metrics: Record<MetricName, number | null> = {
      ...this.#links.metrics(),
      ...this.#serverRate.metrics(),
      ...this.#attempts.metrics(),
      ...this.#visits.metrics(),
      ...this.#delays.metrics(),
      ...this.#course.metrics(this.#options.from),
      ...this.#times.metrics(),
      ...this.#load.metrics(),
      ...this.#synchronisations.metrics(),
      ...this.#beliefs.metrics(),
      "server.bound": newBytes(this.#workload, this.#options.from),
      // Worked out afterwards, where they are asked for.
      "visit.bound": null,
      "visit.gap": null,
    };
    return {
      metrics,
      serverRate: this.#serverRate.rates(),
      delays: this.#delays.quantiles(SHARES),
      visits: this.#visits.quantiles(SHARES),
      loads: this.#load.loads(),
      able: this.#load.able(),
      ...this.#course.record(),
      syncDays: this.#synchronisations.days(),
      reasons: this.#decisions.reasons(),
      reasonCourse: this.#decisions.course(),
      ...(this.considered === undefined ? {} : { beliefCourse: this.#beliefs.course() }),
    };
  }
}
