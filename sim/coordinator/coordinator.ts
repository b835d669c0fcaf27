import {
  type Bound,
  type Candidate,
  type Dispatch,
  type DispatchEvent,
  type DispatchView,
  type Random,
  SERVER,
} from "../policies/index.ts";
import { Actions } from "./actions.ts";
import { Beliefs } from "./beliefs.ts";
import { Catalogue } from "./catalogue.ts";
import { Clients, NOWHERE, type Whereabouts } from "./clients.ts";
import { Customers } from "./customers.ts";
import { RecentDemand } from "./demand.ts";
import { type AuditResult, type Complaint, type Event, LATER } from "./events.ts";
import { InFlightByNextRequest } from "./in-flight/by-next-request.ts";
import { InFlightByRequest } from "./in-flight/by-request.ts";
import type { InFlight, InFlightRule } from "./in-flight/in-flight.ts";
import { type BoundReplication, Placement } from "./placement.ts";
import { Probing } from "./probing.ts";
import type { Report } from "./report.ts";
import { type BindTrust, Standing } from "./standing.ts";
import { type BindSync, type SyncLook, SyncTiming } from "./sync-timing.ts";
import { type Offer, Volunteer } from "./volunteer.ts";

export { IN_FLIGHT_RULES, type InFlightRule } from "./in-flight/in-flight.ts";

export interface CoordinatorSettings {
  /** Bytes per second that the server itself can send. */
  readonly uplink: number;
  /** Seconds without an announce after which a volunteer is taken to be gone. */
  readonly timeout: number;
  readonly inFlight: InFlightRule;
  /** Seconds between two probes of a volunteer; `Infinity` for none. */
  readonly probeEvery: number;
  /** Seconds between two looks at who is to hold what; `Infinity` for none. */
  readonly placeEvery: number;
}

/** The policies that decide, bound to their params. They remember: bind them anew for each host. */
export interface CoordinatorPolicies {
  readonly dispatch: Bound<DispatchView, Dispatch, DispatchEvent>;
  readonly replication: BoundReplication;
  readonly trust: BindTrust;
  readonly sync: BindSync;
}

/** Where chance comes from. The driver injects it; the same seed gives the same decisions. */
export interface Chance {
  /** Uniform numbers on [0, 1): equal names give equal draws, from the start at each call. */
  stream(name: string): Random;
  /** The same for one decision: nobody draws from it later, so that its state need not be kept. */
  fresh(name: string): Random;
  /** The state of what `stream` has handed out, as plain data; `load` sets back the same streams. */
  save(): unknown;
  load(saved: unknown): void;
}

export interface CoordinatorParts {
  readonly settings: CoordinatorSettings;
  readonly policies: CoordinatorPolicies;
  readonly chance: Chance;
  /** The path of a file, which stands in a table beside the coordinator. */
  readonly pathOf: (file: number) => string;
  /** Hears of every event, once it has been applied: a journal. */
  readonly onEvent?: ((event: Event) => void) | undefined;
}

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

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/**
 * All that a server of files knows of its volunteers and customers, and all that it decides: a
 * deterministic state machine without clock and without I/O, in the manner of etcd's raft and
 * quinn-proto. Its host tells it what happens, with the time, and does what it says. The same events
 * with the same seed give the same decisions in a simulator, in a server and in a replay.
 *
 * Files, volunteers, customers and whereabouts are numbers from 0 that grow and are never used again.
 * After every event the host takes `actions`; at `nextDue` at the latest it calls `tick`.
 */
export class Coordinator {
  readonly actions = new Actions();
  readonly #settings: CoordinatorSettings;
  readonly #dispatch: CoordinatorPolicies["dispatch"];
  readonly #dispatchRandom: Random;
  readonly #chance: Chance;
  readonly #pathOf: (file: number) => string;
  readonly #onEvent: ((event: Event) => void) | undefined;

  readonly #catalogue = new Catalogue();
  readonly #beliefs = new Beliefs();
  readonly #volunteers: Volunteer[] = [];
  readonly #customers: Customers;
  readonly #inFlight: InFlight;
  readonly #clients = new Clients();
  readonly #demand = new RecentDemand();
  readonly #standing: Standing;
  readonly #placement: Placement;
  readonly #timing: SyncTiming;
  readonly #probing: Probing;
  #nextLook: number;

  readonly #question = { now: 0, size: 0 };
  readonly #candidates: Volunteer[] = [];
  readonly #server: { uplink: number; sending: number };
  readonly #view: Mutable<DispatchView>;
  readonly #event: Mutable<DispatchEvent> = {
    kind: "redirected",
    ...{ node: SERVER, customer: 0, file: 0, size: 0, at: 0 },
  };
  readonly #answer: Mutable<Answer> = {
    ...{ kind: "serve", volunteer: SERVER, reason: "", retryAfter: 0 },
  };
  #now = Number.NEGATIVE_INFINITY;

  constructor({ settings, policies, chance, pathOf, onEvent }: CoordinatorParts) {
    this.#settings = settings;
    this.#dispatch = policies.dispatch;
    this.#dispatchRandom = chance.stream("dispatch");
    this.#chance = chance;
    this.#pathOf = pathOf;
    this.#onEvent = onEvent;
    this.#customers = new Customers((customer) => this.#inFlight.forget(customer));
    this.#inFlight =
      settings.inFlight === "by-request"
        ? new InFlightByRequest(this.#customers)
        : new InFlightByNextRequest();
    this.#standing = new Standing(policies.trust, this.actions, chance.stream("trust"));
    const basis = {
      catalogue: this.#catalogue,
      beliefs: this.#beliefs,
      demand: this.#demand,
      volunteers: this.#volunteers,
      actions: this.actions,
    };
    const fresh = (name: string) => chance.fresh(name);
    this.#placement = new Placement(policies.replication, basis, pathOf, fresh);
    this.#timing = new SyncTiming(policies.sync, this.actions);
    this.#probing = new Probing(settings.probeEvery, this.actions);
    this.#nextLook = settings.placeEvery;
    this.#server = { uplink: settings.uplink, sending: 0 };
    this.#view = {
      ...{ now: 0, file: 0, size: 0, customer: 0, count: 0 },
      client: this.#clients.describe(this.#customers, undefined, NOWHERE, 0),
      candidates: this.#candidates,
      server: this.#server,
    };
  }

  /** Host time of the last event, in seconds. */
  get now(): number {
    return this.#now;
  }

  /** Host time at which `tick` is to be called at the latest, in seconds; `Infinity` for never. */
  get nextDue(): number {
    return Math.min(this.#timing.next, this.#probing.next, this.#nextLook);
  }

  /** Bytes that the tables of files take; an estimate that leaves out what grows with customers. */
  get bytes(): number {
    return this.#beliefs.bytes + this.#catalogue.bytes + this.#demand.bytes;
  }

  // The repository.

  /** Makes room for so many files, to spare copying. Changes nothing else. */
  reserve(files: number): void {
    this.#catalogue.reserve(files);
    this.#beliefs.reserve(files, this.#volunteers.length);
  }

  /** A file is in the repository: bytes, and host time of its release, `-Infinity` if long ago. */
  addFile(file: number, size: number, released: number, now: number): void {
    this.#advance(now);
    this.#catalogue.add(file, size, released);
    this.#placement.add(file, now);
    if (this.#onEvent === undefined) return;
    const path = this.#pathOf(file);
    this.#onEvent({ kind: "file-added", at: now, file, size, released, path });
  }

  /** The file has other bytes from now on: copies of it are out of date. */
  changeFile(file: number, size: number, now: number): void {
    this.#advance(now);
    this.#placement.resize(file, size);
    this.#catalogue.change(file, size);
    this.#beliefs.change(file);
    this.#onEvent?.({ kind: "file-changed", at: now, file, size });
  }

  /** The file is no longer in the repository; its number is not used again. */
  removeFile(file: number, now: number): void {
    this.#advance(now);
    this.#placement.remove(file);
    this.#beliefs.removeFile(file);
    this.#catalogue.remove(file);
    this.#onEvent?.({ kind: "file-removed", at: now, file });
  }

  // The volunteers.

  /** A volunteer offers its help, under the next number, or changes what it offers. */
  register(volunteer: number, offer: Offer, now: number): void {
    this.#advance(now);
    this.#enrol(volunteer, offer, now);
    this.#onEvent?.({ kind: "registered", at: now, volunteer, offer });
  }

  #enrol(volunteer: number, offer: Offer, now: number): void {
    if (volunteer > this.#volunteers.length) {
      throw new RangeError(
        `expected volunteer in [0, ${this.#volunteers.length}]; got ${volunteer}`,
      );
    }
    const isNew = volunteer === this.#volunteers.length;
    if (isNew) this.#volunteers.push(new Volunteer(volunteer, this.#inFlight, this.#question));
    const known = this.#volunteers[volunteer];
    known.register(offer);
    this.#beliefs.caches(volunteer, known.caches);
    this.#standing.register(volunteer);
    this.#placement.register(known);
    this.#timing.register(volunteer);
    this.#probing.register(volunteer, now);
  }

  /** The volunteer tells of itself. */
  announce(volunteer: number, report: Report, now: number): void {
    this.#advance(now);
    const { count } = this.#catalogue;
    if (report.holds !== undefined) this.#beliefs.listAll(volunteer, report.holds, count);
    for (const file of report.completed) {
      if (this.#catalogue.has(file)) this.#beliefs.list(volunteer, file);
    }
    for (const file of report.dropped) {
      this.#placement.dropped(volunteer, file);
      this.#beliefs.forget(volunteer, file);
    }
    this.#volunteers[volunteer].report(report, now);
    this.#onEvent?.({ kind: "announced", at: now, volunteer, report });
  }

  /** The volunteer says that it goes; it is not sent to until it announces itself again. */
  leave(volunteer: number, now: number): void {
    this.#advance(now);
    this.#volunteers[volunteer].hasLeft = true;
    this.#onEvent?.({ kind: "left", at: now, volunteer });
  }

  // The customers.

  /** What the host has resolved of where customers are; 1 is the first number, 0 is nowhere known. */
  locate(where: number, facts: Whereabouts, now: number): void {
    this.#advance(now);
    this.#clients.locate(where, facts);
    this.#onEvent?.({ kind: "located", at: now, where, facts });
  }

  /**
   * A customer asks for so many bytes of a file, from whereabouts that were located. The answer is
   * the coordinator's own object.
   */
  ask(customer: number, file: number, bytes: number, where: number, now: number): Answer {
    this.#advance(now);
    const place = this.#customers.meet(customer, now);
    this.#inFlight.asked(place, file, now, this.#onPassed);
    const believed = this.#considered(file, now);
    for (let at = 0; at < believed; at++) this.#inFlight.advance(this.#candidates[at].node, now);
    const count = this.#standing.filter(this.#candidates, believed, file, now);
    this.#candidates.length = count;
    const view = this.#viewOf(customer, place, file, bytes, where, now);
    const { to, reason, retryAfter } = this.#dispatch.decide(view, this.#dispatchRandom);
    const node = to === SERVER ? SERVER : this.#candidates[to].node;
    this.#clients.count(where, now);
    if (retryAfter === undefined) this.#sent(place, customer, file, bytes, node, now);
    const answer = this.#answer;
    answer.kind = retryAfter !== undefined ? "later" : node === SERVER ? "serve" : "redirect";
    answer.volunteer = node;
    answer.reason = reason;
    answer.retryAfter = retryAfter ?? 0;
    if (this.#onEvent !== undefined) {
      const answered = retryAfter === undefined ? node : LATER;
      this.#onEvent({ kind: "asked", at: now, customer, file, bytes, where, answer: answered });
    }
    return answer;
  }

  #sent(
    place: number,
    customer: number,
    file: number,
    size: number,
    node: number,
    now: number,
  ): void {
    this.#demand.add(file, node === SERVER);
    if (node !== SERVER) {
      this.#inFlight.begin(place, file, size, node, now);
      this.#volunteers[node].send(size);
      this.#customers.sent(place, node, now);
      this.#standing.chose(node, file);
    }
    const event = this.#event;
    event.node = node;
    event.customer = customer;
    event.file = file;
    event.size = size;
    event.at = now;
    this.#dispatch.observe(event);
  }

  /** It asks for more and does not complain. */
  readonly #onPassed = (volunteer: number): void =>
    this.#showed(volunteer, "report", true, this.#now);

  /** A customer comes back without the file that the volunteer was to send it. */
  complain(
    customer: number,
    file: number,
    volunteer: number,
    how: Complaint,
    bytes: number,
    now: number,
  ): void {
    this.#advance(now);
    const place = this.#customers.find(customer);
    if (place !== undefined) this.#inFlight.failed(place, file, volunteer, now);
    const known = this.#volunteers[volunteer];
    if (how === "gone" || how === "missing") known.settle(bytes);
    if (how === "gone") known.suspected = true;
    if (how === "missing") this.#beliefs.forget(volunteer, file);
    this.#showed(volunteer, "report", false, now);
    this.#onEvent?.({ kind: "complained", at: now, customer, file, volunteer, how, bytes });
  }

  /** The server begins or ends to send a file itself. */
  beginDelivery(now: number): void {
    this.#advance(now);
    this.#server.sending++;
    this.#onEvent?.({ kind: "delivery-began", at: now });
  }

  endDelivery(now: number): void {
    this.#advance(now);
    this.#server.sending--;
    this.#onEvent?.({ kind: "delivery-ended", at: now });
  }

  // What it asked for.

  /** What came of an audit that was among the actions. */
  audited(volunteer: number, file: number, result: AuditResult, now: number): void {
    this.#advance(now);
    const passed = result === "passed";
    if (result !== "unanswered") this.#beliefs.compare(volunteer, file, passed);
    this.#showed(volunteer, "audit", passed, now);
    this.#onEvent?.({ kind: "audited", at: now, volunteer, file, result });
  }

  #showed(volunteer: number, kind: "audit" | "report", passed: boolean, now: number): void {
    this.#volunteers[volunteer].show(passed, now);
    this.#standing.tell(volunteer, kind, passed, now);
  }

  /** What came of a probe: seconds to the first bytes, or null where there was no answer. */
  probed(volunteer: number, seconds: number | null, now: number): void {
    this.#advance(now);
    this.#volunteers[volunteer].probe(seconds, now);
    this.#onEvent?.({ kind: "probed", at: now, volunteer, seconds });
  }

  /** The volunteer, not synchronising, asks when to: an action will say so, not before then. */
  planSync(volunteer: number, look: SyncLook, notBefore: number, now: number): void {
    this.#advance(now);
    this.#timing.plan(volunteer, look, now, notBefore);
    this.#onEvent?.({ kind: "sync-asked", at: now, volunteer, look, notBefore });
  }

  /** The volunteer, synchronising, asks how fast it may: bytes per second, `Infinity` for no limit. */
  paceSync(volunteer: number, look: SyncLook, now: number): number {
    this.#advance(now);
    const rate = this.#timing.pace(volunteer, look, now);
    this.#onEvent?.({ kind: "sync-paced", at: now, volunteer, look });
    return rate;
  }

  /** The volunteer has begun to synchronise. */
  beganSync(volunteer: number, now: number): void {
    this.#advance(now);
    this.#timing.began(volunteer, now);
    this.#onEvent?.({ kind: "sync-began", at: now, volunteer });
  }

  /** Time has passed: what is due becomes an action. */
  tick(now: number): void {
    this.#advance(now);
    this.#timing.tick(now);
    this.#probing.tick(now);
    if (this.#nextLook <= now) {
      this.#placement.look(now);
      while (this.#nextLook <= now) this.#nextLook += this.#settings.placeEvery;
    }
    this.#onEvent?.({ kind: "ticked", at: now });
  }

  // Questions, which change nothing.

  /**
   * Why each volunteer that is no candidate for the file is none, as it would be decided now. Chance
   * that a trust policy draws is left out.
   */
  exclusions(file: number, now: number): Exclusion[] {
    return this.#volunteers.flatMap((volunteer) => {
      const reason = this.#exclusionOf(volunteer, file, now);
      return reason === null ? [] : [{ volunteer: volunteer.node, reason }];
    });
  }

  #exclusionOf(volunteer: Volunteer, file: number, now: number): string | null {
    const { node } = volunteer;
    const believed = this.#beliefs.believed(file, node >> 5);
    if ((believed & (1 << (node & 31))) === 0) return "does not have the file";
    if (volunteer.hasLeft) return "has left";
    if (volunteer.suspected) return "did not answer";
    if (!volunteer.isThere(now, this.#settings.timeout)) return "has not announced itself";
    const belief = this.#beliefs.of(node, file);
    const judged = this.#standing.judge(node, belief, now);
    return judged === null || judged.serve ? null : judged.reason;
  }

  /** What is known of a volunteer, by its number; the coordinator's own object. */
  volunteer(number: number): Candidate {
    return this.#volunteers[number];
  }

  /**
   * Leaves in `#candidates` the volunteers of which something is believed about the file and which
   * are believed to be there, ordered by number; returns how many.
   */
  #considered(file: number, now: number): number {
    const beliefs = this.#beliefs;
    const { timeout } = this.#settings;
    const { words } = beliefs;
    let count = 0;
    for (let word = 0; word < words; word++) {
      for (let left = beliefs.believed(file, word); left !== 0; left &= left - 1) {
        const volunteer = this.#volunteers[32 * word + 31 - Math.clz32(left & -left)];
        if (!volunteer.isThere(now, timeout)) continue;
        volunteer.belief = beliefs.of(volunteer.node, file);
        this.#candidates[count++] = volunteer;
      }
    }
    this.#candidates.length = count;
    return count;
  }

  #viewOf(
    customer: number,
    place: number,
    file: number,
    size: number,
    where: number,
    now: number,
  ): DispatchView {
    this.#clients.describe(this.#customers, place, where, now);
    this.#question.now = now;
    this.#question.size = size;
    const view = this.#view;
    view.now = now;
    view.file = file;
    view.size = size;
    view.customer = customer;
    view.count = this.#candidates.length;
    return view;
  }

  #advance(now: number): void {
    if (!(now >= this.#now)) {
      throw new RangeError(`expected a time from ${this.#now} s on; got ${now}`);
    }
    this.#now = now;
  }

  // Its state, as plain data.

  /** Everything that later decisions depend on; the host's names are not in it. */
  save() {
    return {
      now: this.#now,
      chance: this.#chance.save(),
      actions: this.actions.save(),
      dispatch: this.#dispatch.memory ?? null,
      catalogue: this.#catalogue.save(),
      beliefs: this.#beliefs.save(),
      volunteers: this.#volunteers.map((volunteer) => volunteer.save()),
      customers: this.#customers.save(),
      inFlight: this.#inFlight.save(),
      clients: this.#clients.save(),
      demand: this.#demand.save(),
      standing: this.#standing.save(),
      placement: this.#placement.save(),
      timing: this.#timing.save(),
      probing: this.#probing.save(),
      nextLook: this.#nextLook,
      sending: this.#server.sending,
    };
  }

  /** Takes over a state that was saved; only a coordinator that has been told nothing may. */
  load(saved: CoordinatorState): void {
    this.#now = saved.now;
    this.#chance.load(saved.chance);
    this.#dispatch.recall(saved.dispatch);
    this.#catalogue.load(saved.catalogue);
    for (const [number, volunteer] of saved.volunteers.entries()) {
      this.#enrol(number, volunteer.offer, saved.now);
      this.#volunteers[number].load(volunteer);
    }
    this.#beliefs.load(saved.beliefs);
    this.#customers.load(saved.customers);
    this.#inFlight.load(saved.inFlight);
    this.#clients.load(saved.clients);
    this.#demand.load(saved.demand);
    this.#standing.load(saved.standing);
    this.#placement.load(saved.placement);
    this.#timing.load(saved.timing);
    this.#probing.load(saved.probing);
    this.#nextLook = saved.nextLook;
    this.#server.sending = saved.sending;
    this.actions.load(saved.actions);
  }
}

/** What a coordinator saves: plain data and typed arrays. */
export type CoordinatorState = ReturnType<Coordinator["save"]>;
