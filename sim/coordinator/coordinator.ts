import type { Candidate } from "../policies/index.ts";
import type { Actions } from "./actions.ts";
import type { ChosenPolicy } from "./chosen-policies.ts";
import type { Whereabouts } from "./clients.ts";
import { type AuditResult, type Complaint, type Event, LATER } from "./events.ts";
import { Knowledge } from "./knowledge.ts";
import type { Chance, CoordinatorParts, CoordinatorSettings } from "./parts.ts";
import { Placement } from "./placement.ts";
import { Probing } from "./probing.ts";
import { type Answer, type BoundDispatch, Redirector } from "./redirector.ts";
import type { Report } from "./report.ts";
import { Survey } from "./survey.ts";
import { type SyncLook, SyncTiming } from "./sync-timing.ts";
import type { Offer } from "./volunteer.ts";

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
  /** What the host is to do. */
  readonly actions: Actions;
  /** What it may show of all that is known. */
  readonly survey: Survey;
  readonly #settings: CoordinatorSettings;
  readonly #chance: Chance;
  readonly #pathOf: (file: number) => string;
  readonly #onEvent: ((event: Event) => void) | undefined;
  readonly #known: Knowledge;
  readonly #redirector: Redirector;
  readonly #placement: Placement;
  readonly #timing: SyncTiming;
  readonly #probing: Probing;
  #nextLook: number;
  #now = Number.NEGATIVE_INFINITY;

  constructor(parts: CoordinatorParts) {
    const { settings, policies, chance, pathOf, onEvent } = parts;
    const known = new Knowledge(parts);
    this.actions = known.actions;
    this.#settings = settings;
    this.#chance = chance;
    this.#pathOf = pathOf;
    this.#onEvent = onEvent;
    this.#known = known;
    const random = chance.stream("dispatch");
    this.#redirector = new Redirector(policies.dispatch, random, settings, known);
    this.survey = new Survey(known, this.#redirector);
    const fresh = (name: string) => chance.fresh(name);
    this.#placement = new Placement(policies.replication, known, pathOf, fresh);
    this.#timing = new SyncTiming(policies.sync, known.actions);
    this.#probing = new Probing(settings.probeEvery, known.actions);
    this.#nextLook = settings.placeEvery;
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
    return this.#known.bytes;
  }

  // The repository.

  /** Makes room for so many files, to spare copying. Changes nothing else. */
  reserve(files: number): void {
    this.#known.catalogue.reserve(files);
    this.#known.beliefs.reserve(files, this.#known.volunteers.length);
  }

  /** A file is in the repository: bytes, and host time of its release, `-Infinity` if long ago. */
  addFile(file: number, size: number, released: number, now: number): void {
    this.#advance(now);
    this.#known.catalogue.add(file, size, released);
    this.#placement.add(file, now);
    if (this.#onEvent === undefined) return;
    const path = this.#pathOf(file);
    this.#onEvent({ kind: "file-added", at: now, file, size, released, path });
  }

  /** The file has other bytes from now on: copies of it are out of date. */
  changeFile(file: number, size: number, now: number): void {
    this.#advance(now);
    this.#placement.resize(file, size);
    this.#known.catalogue.change(file, size);
    this.#known.beliefs.change(file);
    this.#onEvent?.({ kind: "file-changed", at: now, file, size });
  }

  /** The file is no longer in the repository; its number is not used again. */
  removeFile(file: number, now: number): void {
    this.#advance(now);
    this.#placement.remove(file);
    this.#known.beliefs.removeFile(file);
    this.#known.catalogue.remove(file);
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
    this.#placement.register(this.#known.register(volunteer, offer, now));
    this.#timing.register(volunteer);
    this.#probing.register(volunteer, now);
  }

  /** The volunteer tells of itself. */
  announce(volunteer: number, report: Report, now: number): void {
    this.#advance(now);
    const { catalogue } = this.#known;
    if (report.holds !== undefined) this.#known.beliefs.listAll(volunteer, report.holds, catalogue);
    for (const file of report.completed) {
      if (catalogue.has(file)) this.#known.beliefs.list(volunteer, file);
    }
    for (const file of report.dropped) {
      this.#placement.dropped(volunteer, file);
      this.#known.beliefs.forget(volunteer, file);
    }
    this.#known.report(volunteer, report, now);
    this.#onEvent?.({ kind: "announced", at: now, volunteer, report });
  }

  /** The volunteer says that it goes; it is not sent to until it announces itself again. */
  leave(volunteer: number, now: number): void {
    this.#advance(now);
    this.#known.volunteers[volunteer].hasLeft = true;
    this.#onEvent?.({ kind: "left", at: now, volunteer });
  }

  // The customers.

  /** What the host has resolved of where customers are; 1 is the first number, 0 is nowhere known. */
  locate(where: number, facts: Whereabouts, now: number): void {
    this.#advance(now);
    this.#known.clients.locate(where, facts);
    this.#onEvent?.({ kind: "located", at: now, where, facts });
  }

  /**
   * A customer asks for so many bytes of a file, from whereabouts that were located. The answer is
   * the coordinator's own object.
   */
  ask(customer: number, file: number, bytes: number, where: number, now: number): Answer {
    this.#advance(now);
    const answer = this.#redirector.ask(customer, file, bytes, where, now, this.#onPassed);
    if (this.#onEvent !== undefined) {
      const answered = answer.kind === "later" ? LATER : answer.volunteer;
      this.#onEvent({ kind: "asked", at: now, customer, file, bytes, where, answer: answered });
    }
    return answer;
  }

  /** It asks for more and does not complain. */
  readonly #onPassed = (volunteer: number): void =>
    this.#known.show(volunteer, "report", true, this.#now);

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
    const place = this.#known.customers.find(customer);
    if (place !== undefined) this.#known.inFlight.failed(place, file, volunteer, now);
    const known = this.#known.volunteers[volunteer];
    if (how === "gone" || how === "missing") known.settle(bytes);
    if (how === "gone") known.suspected = true;
    if (how === "missing") this.#known.beliefs.forget(volunteer, file);
    this.#known.show(volunteer, "report", false, now);
    this.#onEvent?.({ kind: "complained", at: now, customer, file, volunteer, how, bytes });
  }

  /** The server begins or ends to send a file itself. */
  beginDelivery(now: number): void {
    this.#advance(now);
    this.#known.server.sending++;
    this.#onEvent?.({ kind: "delivery-began", at: now });
  }

  endDelivery(now: number): void {
    this.#advance(now);
    this.#known.server.sending--;
    this.#onEvent?.({ kind: "delivery-ended", at: now });
  }

  /** The host has a reason to have the volunteer's copy compared; nothing is held against it. */
  doubt(volunteer: number, file: number, now: number): void {
    this.#advance(now);
    if (this.#known.catalogue.has(file)) this.#known.standing.doubt(volunteer, file);
    this.#onEvent?.({ kind: "doubted", at: now, volunteer, file });
  }

  // What it asked for.

  /** What came of an audit that was among the actions. */
  audited(volunteer: number, file: number, result: AuditResult, now: number): void {
    this.#advance(now);
    const passed = result === "passed";
    if (result === "unanswered") this.#known.missed(volunteer, now);
    else {
      this.#known.beliefs.compare(volunteer, file, passed);
      this.#known.show(volunteer, "audit", passed, now);
    }
    this.#onEvent?.({ kind: "audited", at: now, volunteer, file, result });
  }

  /** What came of a probe: seconds to the first bytes, or null where there was no answer. */
  probed(volunteer: number, seconds: number | null, now: number): void {
    this.#advance(now);
    this.#known.probed(volunteer, seconds, now);
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

  // What the operator of the server changes.

  /** The server itself can send so many bytes per second from now on. */
  changeUplink(uplink: number, now: number): void {
    this.#advance(now);
    this.#known.server.uplink = uplink;
    this.#onEvent?.({ kind: "uplink-changed", at: now, uplink });
  }

  /**
   * Another dispatch policy, `bound` as it was `chosen`, takes over with all that is known. It begins
   * without memory of its own, and draws on where the one before stopped.
   */
  changeDispatch(chosen: ChosenPolicy, bound: BoundDispatch, now: number): void {
    this.#advance(now);
    this.#redirector.policy = bound;
    this.#onEvent?.({ kind: "dispatch-changed", at: now, policy: chosen });
  }

  // Questions, which change nothing.

  /** What is known of a volunteer, by its number; the coordinator's own object. */
  volunteer(number: number): Candidate {
    return this.#known.volunteers[number];
  }

  /** Files that the server is sending itself, as it was told. A host that was started anew sends none. */
  get sending(): number {
    return this.#known.server.sending;
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
      dispatch: this.#redirector.policy.memory ?? null,
      again: this.#redirector.save(),
      known: this.#known.save(),
      placement: this.#placement.save(),
      timing: this.#timing.save(),
      probing: this.#probing.save(),
      nextLook: this.#nextLook,
    };
  }

  /** Takes over a state that was saved; only a coordinator that has been told nothing may. */
  load(saved: CoordinatorState): void {
    this.#now = saved.now;
    this.#chance.load(saved.chance);
    this.#redirector.policy.recall(saved.dispatch);
    this.#redirector.load(saved.again);
    for (const [number, { offer }] of saved.known.volunteers.entries()) {
      this.#enrol(number, offer, saved.now);
    }
    this.#known.load(saved.known);
    this.#placement.load(saved.placement);
    this.#timing.load(saved.timing);
    this.#probing.load(saved.probing);
    this.#nextLook = saved.nextLook;
    this.actions.load(saved.actions);
  }
}

/** What a coordinator saves: plain data and typed arrays. */
export type CoordinatorState = ReturnType<Coordinator["save"]>;
