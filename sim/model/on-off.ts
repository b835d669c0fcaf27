import { draw, type Law } from "../engine/distributions.ts";
import type { Engine, Kind } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";

/** How long something is up and down in turn. */
export interface OnOffSpec {
  readonly up: Law;
  readonly down: Law;
  /**
   * How far the time of day counts, in [0, 1): times up that begin at 14:00 are longer by this share
   * and at 02:00 shorter, times down the reverse, with a sine between.
   */
  readonly diurnal: number;
}

const DAY = 86_400;

/** Machines that people switch on and off are most used early in the afternoon. */
const PEAK = 14 * 3600;

/** Mean cycles that a process has behind it when the run starts. */
const CYCLES_BEFORE = 20;

/** Something that is up and down in turn. */
export interface OnOffThing {
  /** What it draws by; no other has it. */
  readonly name: string;
  /** Null if it is always up. */
  readonly spec: OnOffSpec | null;
}

/**
 * Things that are up and down in turn, each by itself: sessions of volunteers, failures of sites.
 *
 * Each has been at it for long when it is started, so that the first change is as any other,
 * whatever the laws. Those without a law are always up.
 */
export class OnOff {
  readonly #engine: Engine;
  readonly #things: readonly OnOffThing[];
  readonly #random: readonly Stream[];
  readonly #up: boolean[];
  readonly #toggle: Kind;

  /** `onChange` is told of every change after the start; `kind` tells events and streams apart. */
  constructor(
    engine: Engine,
    kind: string,
    things: readonly OnOffThing[],
    streams: (name: string) => Stream,
    onChange: (which: number, isUp: boolean) => void,
  ) {
    this.#engine = engine;
    this.#things = things;
    this.#random = things.map(({ name }) => streams(`${kind} ${name} sessions`));
    this.#up = things.map(() => true);
    this.#toggle = engine.kind(`${kind}.toggle`, (which) => {
      this.#up[which] = !this.#up[which];
      engine.after(this.#length(which, engine.now), this.#toggle, which);
      onChange(which, this.#up[which]);
    });
  }

  isUp(which: number): boolean {
    return this.#up[which];
  }

  /** Starts all of them, or as many of the first. */
  start(count = this.#things.length): void {
    for (let which = 0; which < count; which++) this.begin(which);
  }

  /** Plays what of the thing was before this moment, and schedules its next change. */
  begin(which: number): void {
    const { spec } = this.#things[which];
    if (spec === null) return;
    const { now } = this.#engine;
    const begin = now - CYCLES_BEFORE * (spec.up.mean + spec.down.mean);
    let end = begin + this.#length(which, begin);
    while (end <= now) {
      this.#up[which] = !this.#up[which];
      end += this.#length(which, end);
    }
    this.#engine.at(end, this.#toggle, which);
  }

  /** Seconds that the state lasts which begins at `from`. */
  #length(which: number, from: number): number {
    const { spec } = this.#things[which];
    if (spec === null) return Number.POSITIVE_INFINITY;
    const isUp = this.#up[which];
    const wave = spec.diurnal * Math.cos((2 * Math.PI * (from - PEAK)) / DAY);
    return (isUp ? 1 + wave : 1 - wave) * draw(isUp ? spec.up : spec.down, this.#random[which]);
  }
}
