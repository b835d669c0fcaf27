import { exponential, type Stream } from "../../../engine/random.ts";
import type { TransfersRecipe } from "../recipe.ts";
import type { RequestSink } from "./sink.ts";

const WHOLE = 200;
const PARTIAL = 206;

/** After so many attempts every customer gives up. */
const MOST_ATTEMPTS = 20;

/**
 * Downloads as a server's log shows them: whole, or broken off and then resumed by a range,
 * started again, or given up. A request's bytes are those delivered before it broke.
 */
export class Downloads {
  readonly #size: Float64Array;
  readonly #transfers: TransfersRecipe;
  readonly #random: Stream;
  readonly #sink: RequestSink;

  constructor(size: Float64Array, transfers: TransfersRecipe, random: Stream, sink: RequestSink) {
    this.#size = size;
    this.#transfers = transfers;
    this.#random = random;
    this.#sink = sink;
  }

  /**
   * Requests a file from `time` on, as part of a visit, and returns the time at which the customer
   * goes on.
   */
  fetch(time: number, customer: number, file: number, visit: number): number {
    const { rate, gap, pause, resumed, restarted } = this.#transfers;
    const size = this.#size[file];
    let start = time;
    let offset = 0;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const wanted = size - offset;
      const got = this.#delivered(wanted);
      this.#sink.add(start, customer, file, got, offset > 0 ? PARTIAL : WHOLE, visit);
      start += got / rate;
      offset += got;
      if (offset === size) return start + exponential(this.#random, gap);
      const choice = this.#random();
      if (choice >= resumed + restarted) return start;
      if (choice >= resumed) offset = 0;
      start += exponential(this.#random, pause);
    }
    return start;
  }

  /** Bytes delivered of those wanted: all, or as many as came before the connection broke. */
  #delivered(wanted: number): number {
    const { rate, failures, breaks } = this.#transfers;
    const holds = (1 - failures) * Math.exp(-wanted / rate / breaks);
    if (this.#random() < holds) return wanted;
    return Math.max(1, Math.floor(wanted * this.#random()));
  }
}
