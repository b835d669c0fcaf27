import { assert } from "../engine/assert.ts";
import type { Engine, Kind } from "../engine/engine.ts";
import type { LinkId, Network } from "./network.ts";

/** Traffic of others on a link: at `at` seconds into each period the rate becomes `rate`. */
export interface BackgroundSpec {
  readonly link: LinkId;
  /** In the order of their times, the first at 0, all within the period. Bytes per second. */
  readonly steps: readonly { readonly at: number; readonly rate: number }[];
  /** Seconds, as a day. */
  readonly period: number;
}

/** Plays the traffic of others, which is served first and yields to nobody. */
export class Background {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #specs: BackgroundSpec[] = [];
  readonly #next: number[] = [];
  readonly #step: Kind;

  constructor(engine: Engine, network: Network) {
    this.#engine = engine;
    this.#network = network;
    this.#step = engine.kind("background.step", (at) => this.#take(at));
  }

  /** Begins a first period now, or `since` seconds ago. */
  play(spec: BackgroundSpec, since = 0): void {
    const { steps, period } = spec;
    assert(steps.length > 0 && steps[0].at === 0, "background traffic starts with a step at 0");
    assert(
      steps.every(({ at }, i) => at < (steps[i + 1]?.at ?? period)),
      "steps of background traffic rise in time, within the period",
    );
    const into = since % period;
    const step = steps.findLastIndex(({ at }) => at <= into);
    this.#next.push(step);
    this.#take(this.#specs.push(spec) - 1, into - steps[step].at);
  }

  /** The rate of the next step, which should have been taken `late` seconds ago. */
  #take(at: number, late = 0): void {
    const { link, steps, period } = this.#specs[at];
    const step = this.#next[at];
    this.#network.setBackground(link, steps[step].rate);
    const next = (step + 1) % steps.length;
    this.#next[at] = next;
    if (steps.length === 1) return;
    const until = next === 0 ? period - steps[step].at : steps[next].at - steps[step].at;
    this.#engine.after(until - late, this.#step, at);
  }
}
