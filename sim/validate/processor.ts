import type { Stream } from "../engine/random.ts";
import type { Train } from "./replay.ts";

/**
 * Seconds that Linux lets a process run before others get their turn: it looks at every timer tick,
 * and there are 250 a second by default (CONFIG_HZ).
 */
const TURN = 0.004;

/** Times a download waits for its client's turn: when it is connected, and when the file comes. */
const WAKES = 2;

/**
 * The processor of the machine that a testbed in network namespaces runs on: every program of every
 * host shares it. Programs that are being started keep it busy until they run, and one that wakes
 * up then waits for its turn.
 */
export class Processor {
  readonly #trains: readonly Train[];
  readonly #random: Stream;

  constructor(trains: readonly Train[], random: Stream) {
    this.#trains = trains;
    this.#random = random;
  }

  /** Seconds that programs wait over this many requests, one after the other, from now on. */
  wait(now: number, requests: number): number {
    const busy = this.#starting(now);
    let turns = 0;
    for (let wake = 0; wake < requests * WAKES; wake++) turns += this.#turns(busy);
    return turns * TURN;
  }

  /**
   * Turns of others before this program's. Half of the programs have had less than their share of
   * late; such a one is next when it wakes, and any other waits in the round (the rule of
   * eligibility of Linux's EEVDF; Stoica and Abdel-Wahab, Old Dominion University TR-95-22, 1995).
   */
  #turns(busy: number): number {
    const isNext = this.#random() < 0.5;
    return (isNext ? Math.min(busy, 1) : busy) * this.#random();
  }

  /** Programs that have been started but do not run yet. */
  #starting(now: number): number {
    let count = 0;
    for (const { at, launched = at } of this.#trains) if (launched <= now && now < at) count++;
    return count;
  }
}
