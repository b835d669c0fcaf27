import type { Tap } from "../../engine/tap.ts";

/** An event with all that was decided and drawn in it. */
export interface Moment {
  /** Seconds. */
  readonly time: number;
  readonly kind: string;
  readonly subject: number;
  readonly notes: readonly Note[];
}

export interface Note {
  readonly what: string;
  readonly value: number;
}

/** The kind of what comes before the first event. */
export const START = "start";

/** Begins a note of how many random numbers were drawn; the stream's name follows. */
export const DRAWS = "draws of ";

/** Begins a note of whom an event concerns; a noun follows. */
export const ABOUT = "about ";

/** Puts together what a tap hears, and hands each moment on when it is over. */
export class Moments implements Tap {
  /** Kinds of events, in the order of their registration. */
  readonly kinds: string[] = [];
  readonly #onMoment: (moment: Moment) => void;
  #time = 0;
  #kind = START;
  #subject = 0;
  #notes: Note[] = [];
  #draws = new Map<string, number>();

  constructor(onMoment: (moment: Moment) => void) {
    this.#onMoment = onMoment;
  }

  registered(name: string): void {
    this.kinds.push(name);
  }

  fired(time: number, name: string, subject: number): void {
    this.end();
    this.#time = time;
    this.#kind = name;
    this.#subject = subject;
  }

  noted(what: string, value: number): void {
    this.#notes.push({ what, value });
  }

  told(what: string, value: number): void {
    this.#notes.push({ what: ABOUT + what, value });
  }

  drew(stream: string): void {
    this.#draws.set(stream, (this.#draws.get(stream) ?? 0) + 1);
  }

  /** Hands on the moment under way, the last when the run is over. */
  end(): void {
    for (const [stream, value] of this.#draws) this.#notes.push({ what: DRAWS + stream, value });
    const [time, kind, subject, notes] = [this.#time, this.#kind, this.#subject, this.#notes];
    this.#notes = [];
    this.#draws.clear();
    this.#onMoment({ time, kind, subject, notes });
  }
}

/** Whether two moments are the same to the last bit, however many random numbers they took. */
export function areSame(a: Moment, b: Moment): boolean {
  return (
    Object.is(a.time, b.time) &&
    a.kind === b.kind &&
    Object.is(a.subject, b.subject) &&
    areEqual(a.notes.filter(isHard), b.notes.filter(isHard))
  );
}

/** Whether two moments took equally many random numbers from each stream. */
export function drewAlike(a: Moment, b: Moment): boolean {
  return areEqual(a.notes.filter(isDraw), b.notes.filter(isDraw));
}

export function isDraw({ what }: Note): boolean {
  return what.startsWith(DRAWS);
}

/** Whether a note is of what the fingerprint knows. What is told besides may grow with the program. */
export function isHard(note: Note): boolean {
  return !isDraw(note) && !note.what.startsWith(ABOUT);
}

function areEqual(a: readonly Note[], b: readonly Note[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ what, value }, i) => what === b[i].what && Object.is(value, b[i].value))
  );
}
