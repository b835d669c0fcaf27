import type { Engine } from "../engine/engine.ts";
import type { AttemptEnd, Observer, RequestEnd } from "../model/events.ts";
import type { DispatchView } from "../policies/index.ts";
import type { RequestTrace } from "../workload/workload.ts";

/** The measured time, which begins `from` seconds after the start of the window. */
export interface MeasuredTime {
  readonly from: number;
  readonly trace: RequestTrace;
  readonly engine: Pick<Engine, "now">;
}

/**
 * Passes on to collectors what belongs to the measured time, so that none of them has to ask: requests
 * that arrive in it, with all that befalls them; what volunteers have done in it, and of a
 * synchronisation that it found under way, the part since; and samples.
 *
 * Decisions are those on such requests, and a fetch or an audit counts when it ends.
 */
export class Measured implements Observer {
  readonly #time: MeasuredTime;
  readonly #begun: readonly Hearing<"begun">[];
  readonly #unanswered: readonly Hearing<"unanswered">[];
  readonly #deciding: readonly Hearing<"deciding">[];
  readonly #considered: readonly Hearing<"considered">[];
  readonly #dispatched: readonly Hearing<"dispatched">[];
  readonly #fetching: readonly Hearing<"fetching">[];
  readonly #serving: readonly Hearing<"serving">[];
  readonly #attempted: readonly Hearing<"attempted">[];
  readonly #ended: readonly Hearing<"ended">[];
  readonly #synchronised: readonly Hearing<"synchronised">[];
  readonly #fetched: readonly Hearing<"fetched">[];
  readonly #pulled: readonly Hearing<"pulled">[];
  readonly #exchanged: readonly Hearing<"exchanged">[];
  readonly #returned: readonly Hearing<"returned">[];
  readonly #audited: readonly Hearing<"audited">[];
  readonly #measuring: readonly Hearing<"measuring">[];
  readonly #sampled: readonly Hearing<"sampled">[];
  #isDecidedOn = false;

  constructor(collectors: readonly Observer[], time: MeasuredTime) {
    this.#time = time;
    this.#begun = thoseWho(collectors, "begun");
    this.#unanswered = thoseWho(collectors, "unanswered");
    this.#deciding = thoseWho(collectors, "deciding");
    this.#considered = thoseWho(collectors, "considered");
    this.#dispatched = thoseWho(collectors, "dispatched");
    this.#fetching = thoseWho(collectors, "fetching");
    this.#serving = thoseWho(collectors, "serving");
    this.#attempted = thoseWho(collectors, "attempted");
    this.#ended = thoseWho(collectors, "ended");
    this.#synchronised = thoseWho(collectors, "synchronised");
    this.#fetched = thoseWho(collectors, "fetched");
    this.#pulled = thoseWho(collectors, "pulled");
    this.#exchanged = thoseWho(collectors, "exchanged");
    this.#returned = thoseWho(collectors, "returned");
    this.#audited = thoseWho(collectors, "audited");
    this.#measuring = thoseWho(collectors, "measuring");
    this.#sampled = thoseWho(collectors, "sampled");
  }

  /** Whether a view of each decision is wanted, which costs time. */
  get considers(): boolean {
    return this.#considered.length > 0;
  }

  begun(request: number): void {
    if (!this.#arrives(request)) return;
    for (const each of this.#begun) each.begun(request);
  }

  unanswered(request: number): void {
    if (!this.#arrives(request)) return;
    for (const each of this.#unanswered) each.unanswered(request);
  }

  deciding(request: number): void {
    this.#isDecidedOn = this.#arrives(request);
    if (!this.#isDecidedOn) return;
    for (const each of this.#deciding) each.deciding(request);
  }

  considered(view: DispatchView): void {
    if (!this.#isDecidedOn) return;
    for (const each of this.#considered) each.considered(view);
  }

  dispatched(request: number, node: number, reason: string): void {
    if (!this.#arrives(request)) return;
    for (const each of this.#dispatched) each.dispatched(request, node, reason);
  }

  fetching(request: number, node: number, transfer: number): void {
    if (!this.#arrives(request)) return;
    for (const each of this.#fetching) each.fetching(request, node, transfer);
  }

  serving(request: number): void {
    if (!this.#arrives(request)) return;
    for (const each of this.#serving) each.serving(request);
  }

  attempted(request: number, node: number, end: AttemptEnd, sent: number): void {
    if (!this.#arrives(request)) return;
    for (const each of this.#attempted) each.attempted(request, node, end, sent);
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    if (!this.#arrives(request)) return;
    for (const each of this.#ended) each.ended(request, asked, end);
  }

  synchronised(volunteer: number, seconds: number, files: number): void {
    const since = Math.min(seconds, this.#time.engine.now - this.#time.from);
    if (since < 0) return;
    for (const each of this.#synchronised) each.synchronised(volunteer, since, files);
  }

  fetched(volunteer: number, file: number, publishedAt: number): void {
    if (!this.#isBegun) return;
    for (const each of this.#fetched) each.fetched(volunteer, file, publishedAt);
  }

  pulled(volunteer: number, bytes: number): void {
    if (!this.#isBegun) return;
    for (const each of this.#pulled) each.pulled(volunteer, bytes);
  }

  exchanged(volunteer: number, from: number, bytes: number): void {
    if (!this.#isBegun) return;
    for (const each of this.#exchanged) each.exchanged(volunteer, from, bytes);
  }

  returned(volunteer: number, bytes: number): void {
    if (!this.#isBegun) return;
    for (const each of this.#returned) each.returned(volunteer, bytes);
  }

  audited(volunteer: number, bytes: number, passed: boolean): void {
    if (!this.#isBegun) return;
    for (const each of this.#audited) each.audited(volunteer, bytes, passed);
  }

  measuring(): void {
    for (const each of this.#measuring) each.measuring();
  }

  sampled(now: number): void {
    if (!this.#isBegun) return;
    for (const each of this.#sampled) each.sampled(now);
  }

  #arrives(request: number): boolean {
    return this.#time.trace.time[request] >= this.#time.from;
  }

  get #isBegun(): boolean {
    return this.#time.engine.now >= this.#time.from;
  }
}

/** Hears of one thing at least. */
type Hearing<Name extends keyof Observer> = Required<Pick<Observer, Name>>;

function thoseWho<Name extends keyof Observer>(collectors: readonly Observer[], name: Name) {
  return collectors.filter(
    (each): each is Observer & Hearing<Name> => each[name] !== undefined,
  ) as readonly Hearing<Name>[];
}
