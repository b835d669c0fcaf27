import type { Moment, Note } from "./moment.ts";

/**
 * All moments of a run, as columns: plain data that travels between threads.
 *
 * An entry is an event or a note of the event before it. Its code is the number of its name: of a
 * kind counted from 0, of a note from `LAST_CODE` down.
 */
export interface Recording {
  readonly names: readonly string[];
  readonly noteNames: readonly string[];
  readonly codes: Uint16Array;
  /** By entry: the subject of an event, or the value of a note. */
  readonly values: Float64Array;
  /** By event, in seconds. */
  readonly times: Float64Array;
}

const LAST_CODE = 65_535;

/** Takes moments in and gives their columns. */
export class Recorder {
  readonly #names = new Map<string, number>();
  readonly #noteNames = new Map<string, number>();
  readonly #codes: number[] = [];
  readonly #values: number[] = [];
  readonly #times: number[] = [];

  add({ time, kind, subject, notes }: Moment): void {
    this.#times.push(time);
    this.#codes.push(numberOf(this.#names, kind));
    this.#values.push(subject);
    for (const { what, value } of notes) {
      this.#codes.push(LAST_CODE - numberOf(this.#noteNames, what));
      this.#values.push(value);
    }
  }

  recording(): Recording {
    return {
      names: [...this.#names.keys()],
      noteNames: [...this.#noteNames.keys()],
      codes: Uint16Array.from(this.#codes),
      values: Float64Array.from(this.#values),
      times: Float64Array.from(this.#times),
    };
  }
}

function numberOf(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size > LAST_CODE / 2) throw new Error(`more than ${LAST_CODE / 2} names of events`);
  names.set(name, names.size);
  return names.size - 1;
}

/** The moments of a recording, in order. */
export function* momentsOf(recording: Recording): Generator<Moment> {
  const { names, noteNames, codes, values, times } = recording;
  const isEvent = (entry: number) => codes[entry] < names.length;
  for (let entry = 0, event = 0; entry < codes.length; event++) {
    const [kind, subject] = [names[codes[entry]], values[entry]];
    const notes: Note[] = [];
    for (entry++; entry < codes.length && !isEvent(entry); entry++) {
      notes.push({ what: noteNames[LAST_CODE - codes[entry]], value: values[entry] });
    }
    yield { time: times[event], kind, subject, notes };
  }
}
