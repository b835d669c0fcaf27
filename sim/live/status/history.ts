import type { Decision } from "../parts.ts";
import type { Counts } from "./counts.ts";
import type { Tally } from "./tally.ts";

/** Seconds between two samples. */
export const SAMPLE_EVERY = 10;

/** Samples that are kept: an hour. */
export const SAMPLES = 360;

const KINDS = ["redirect", "serve", "later"] as const;

/** What was counted in each sample, the oldest first. */
export interface Series {
  readonly name: string;
  readonly counts: readonly number[];
}

/** The last hour. All series have a number for each sample. */
export interface Course {
  /** How long each sample took, in seconds. */
  readonly seconds: readonly number[];
  readonly decisions: readonly (Series & { readonly kind: Decision["kind"] })[];
  /** Bytes decided, by kind of decision. */
  readonly bytes: readonly Series[];
  readonly answers: readonly Series[];
  /** What went wrong. */
  readonly troubles: readonly Series[];
  /** Redirects, by the number of the volunteer. */
  readonly redirects: ReadonlyMap<number, readonly number[]>;
}

/** What an operator wants to know of at once, as totals. */
export const TROUBLES: readonly {
  readonly name: string;
  total(tally: Tally, unrecorded: number): number;
}[] = [
  { name: "answers not recorded", total: (_, unrecorded) => unrecorded },
  { name: "announces refused", total: ({ refusals }) => refusals.total },
  { name: "downloads asked for again", total: ({ complaints }) => complaints.total },
  { name: "audits failed", total: ({ audits }) => audits.of("failed") },
  { name: "probes unanswered", total: ({ probes }) => probes.of("unanswered") },
  { name: "answers with status 5xx", total: ({ statuses }) => sum(statuses.subarray(500, 600)) },
];

/** Keeps the course of the last hour: how much each count of a tally grew from sample to sample. */
export class History {
  readonly #tally: Tally;
  /** Of each sample; rings in which `#at` is the oldest place, which the next sample takes. */
  readonly #seconds = new Float64Array(SAMPLES);
  readonly #rings = new Map<string, Ring>();
  #at = 0;
  #last: number;
  #volunteers = 0;

  /** `now`: host time, in seconds. */
  constructor(tally: Tally, now: number) {
    this.#tally = tally;
    this.#last = now;
  }

  /** Takes a sample. `unrecorded`: answers that are in no journal, as a total. */
  sample(now: number, volunteers: number, unrecorded: number): void {
    const seconds = now - this.#last;
    if (!(seconds > 0)) return;
    const { decisions, bytes, answers, redirects } = this.#tally;
    for (const kind of KINDS) {
      this.#takeAll(kind, decisions[kind]);
      this.#take("bytes", kind, bytes[kind]);
    }
    this.#takeAll("answer", answers);
    for (const { name, total } of TROUBLES) {
      this.#take("trouble", name, total(this.#tally, unrecorded));
    }
    for (let volunteer = 0; volunteer < volunteers; volunteer++) {
      this.#take("volunteer", String(volunteer), redirects.of(volunteer));
    }
    this.#volunteers = volunteers;
    this.#seconds[this.#at] = seconds;
    this.#at = (this.#at + 1) % SAMPLES;
    this.#last = now;
    this.#tally.files.turn(now);
  }

  #takeAll(what: string, counts: Counts): void {
    for (const [name, count] of counts) this.#take(what, name, count);
  }

  #take(what: string, name: string, total: number): void {
    const key = keyOf(what, name);
    let ring = this.#rings.get(key);
    if (ring === undefined) {
      if (total === 0) return;
      ring = { last: 0, growth: new Float64Array(SAMPLES) };
      this.#rings.set(key, ring);
    }
    ring.growth[this.#at] = total - ring.last;
    ring.last = total;
  }

  course(): Course {
    const { decisions, answers } = this.#tally;
    const named = (what: string, names: Iterable<string>): Series[] =>
      Array.from(names, (name) => ({ name, counts: this.#inOrder(what, name) }));
    const namesOf = (counts: Counts) => Array.from(counts, ([name]) => name);
    return {
      seconds: this.#kept(this.#seconds),
      decisions: KINDS.flatMap((kind) =>
        named(kind, namesOf(decisions[kind])).map((series) => ({ kind, ...series })),
      ),
      bytes: named("bytes", KINDS),
      answers: named("answer", namesOf(answers)),
      troubles: named(
        "trouble",
        TROUBLES.map(({ name }) => name),
      ),
      redirects: new Map(
        Array.from({ length: this.#volunteers }, (_, volunteer) => [
          volunteer,
          this.#inOrder("volunteer", String(volunteer)),
        ]),
      ),
    };
  }

  #inOrder(what: string, name: string): number[] {
    const ring = this.#rings.get(keyOf(what, name));
    return this.#kept(ring?.growth ?? new Float64Array(SAMPLES));
  }

  /** The oldest first; of the places that no sample has taken yet, none. */
  #kept(ring: Float64Array): number[] {
    return Array.from(ring, (_, i) => (this.#at + i) % SAMPLES)
      .filter((place) => this.#seconds[place] > 0)
      .map((place) => ring[place]);
  }
}

interface Ring {
  /** The total at the last sample. */
  last: number;
  readonly growth: Float64Array;
}

function keyOf(what: string, name: string): string {
  return `${what} ${name}`;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
