import { assert } from "./assert.ts";
import { EventQueue, type Ticket } from "./event-queue.ts";
import { Fingerprint } from "./fingerprint.ts";
import type { Tap } from "./tap.ts";

/** A kind of event, as registered with `Engine.kind`. */
export type Kind = number;

/** Called when an event of its kind fires; `subject` says whom it concerns. */
export type Handler = (subject: number) => void;

/** Events between two beats, less one: a power of two, so that counting them costs nothing. */
const BEAT = 2 ** 14 - 1;

/**
 * Advances simulated time from event to event.
 *
 * Time is in seconds and starts at 0. Events due at the same time fire in the order they were
 * scheduled, so a run depends on nothing but the code, the config and the seed. An event is a kind
 * and a subject (the number of a request, a volunteer, …), so that nothing is allocated for it.
 */
export class Engine {
  /** Grows with every event fired; models may add what they decide. */
  readonly fingerprint = new Fingerprint();
  readonly #queue = new EventQueue();
  readonly #names: string[] = [];
  readonly #handlers: Handler[] = [];
  readonly #maxEvents: number;
  #afterEach: (() => void) | null = null;
  readonly #tap: Tap | undefined;
  #now = 0;
  #fired = 0;
  #beat: () => void = () => {};

  /** `maxEvents` stops a runaway model: more events than this is an error. */
  constructor({ maxEvents, tap }: { readonly maxEvents: number; readonly tap?: Tap | undefined }) {
    this.#maxEvents = maxEvents;
    this.#tap = tap;
  }

  /** Calls `beat` every 16,384 events, to show how far a run has come; it must change nothing. */
  onBeat(beat: () => void): void {
    this.#beat = beat;
  }

  get now(): number {
    return this.#now;
  }

  /** Events fired so far. */
  get fired(): number {
    return this.#fired;
  }

  get pending(): number {
    return this.#queue.size;
  }

  /** Whether somebody hears what is told. */
  get isTapped(): boolean {
    return this.#tap !== undefined;
  }

  kind(name: string, handler: Handler): Kind {
    assert(!this.#names.includes(name), `duplicate kind: ${name}`);
    this.#names.push(name);
    this.fingerprint.addText(name);
    this.#tap?.registered(name);
    return this.#handlers.push(handler) - 1;
  }

  /** Adds what a model decided to the fingerprint. */
  note(what: string, value: number): void {
    this.fingerprint.add(value);
    this.#tap?.noted(what, value);
  }

  /** Says whom the event concerns to a tap alone: what follows from the fingerprint anyway. */
  tell(what: string, value: number): void {
    this.#tap?.told(what, value);
  }

  after(delay: number, kind: Kind, subject: number): Ticket {
    return this.at(this.#now + delay, kind, subject);
  }

  at(time: number, kind: Kind, subject: number): Ticket {
    if (!(time >= this.#now && time < Number.POSITIVE_INFINITY))
      this.#reject(time, this.#names[kind]);
    return this.#queue.push(time, kind, subject);
  }

  /** Moves an event that is pending, as cancelling it and scheduling it anew would. */
  move(ticket: Ticket, time: number): void {
    if (!(time >= this.#now && time < Number.POSITIVE_INFINITY))
      this.#reject(time, "an event moved");
    this.#queue.move(ticket, time);
  }

  /** Safe to call at any time, any number of times. */
  cancel(ticket: Ticket): void {
    this.#queue.cancel(ticket);
  }

  /** Calls `look` after every event from now on, or nobody for null. Watchers never steer. */
  watch(look: (() => void) | null): void {
    this.#afterEach = look;
  }

  /** Fires every event due at or before `until`, then sets the clock to `until`. */
  run(until: number): void {
    assert(until >= this.#now, `until is in the past: ${until} < ${this.#now}`);
    while (this.#queue.nextTime <= until) this.#fireNext();
    this.#now = until;
  }

  /** Fires events until none is pending; the clock stays at the last. */
  drain(): void {
    while (this.#queue.size > 0) this.#fireNext();
  }

  #fireNext(): void {
    const queue = this.#queue;
    queue.pop();
    const { kind, subject } = queue;
    this.#now = queue.time;
    if (++this.#fired > this.#maxEvents) this.#runaway();
    if ((this.#fired & BEAT) === 0) this.#beat();
    this.fingerprint.add(this.#now);
    this.fingerprint.add(kind * 4_294_967_296 + subject);
    if (this.#tap !== undefined) this.#tap.fired(this.#now, this.#names[kind], subject);
    this.#handlers[kind](subject);
    if (this.#afterEach !== null) this.#afterEach();
  }

  #reject(time: number, name: string): never {
    if (!Number.isFinite(time)) throw new Error(`invalid time: ${time} for ${name}`);
    throw new Error(`time is in the past: ${time} < ${this.#now} for ${name}`);
  }

  #runaway(): never {
    throw new Error(`more than ${this.#maxEvents} events by t=${this.#now}`);
  }
}
