import type { World } from "../model/simulation.ts";
import type { DispatchView } from "../policies/index.ts";

/**
 * How far the server's beliefs of transfers in flight are from the truth, at the moments that count:
 * at every decision, for every candidate that has the file. A volunteer is busy while it sends
 * somebody a file.
 */
export class BeliefErrors {
  readonly #sending: World["sending"];
  #believed = 0;
  #true = 0;
  #busy = 0;
  #idle = 0;
  #busyAsIdle = 0;
  #idleAsBusy = 0;

  constructor({ sending }: World) {
    this.#sending = sending;
  }

  look({ candidates, count }: DispatchView): void {
    for (let i = 0; i < count; i++) {
      const { node, belief, transfers } = candidates[i];
      if (belief !== "verified" && belief !== "listed") continue;
      const sending = this.#sending(node);
      this.#believed += transfers;
      this.#true += sending;
      if (sending > 0) {
        this.#busy++;
        if (transfers === 0) this.#busyAsIdle++;
      } else {
        this.#idle++;
        if (transfers > 0) this.#idleAsBusy++;
      }
    }
  }

  /** Transfers believed to be in flight over those that were; null where none was. */
  get ratio(): number | null {
    return this.#true === 0 ? null : this.#believed / this.#true;
  }

  /** Share of the busy candidates that were taken for idle. */
  get busyAsIdle(): number | null {
    return this.#busy === 0 ? null : this.#busyAsIdle / this.#busy;
  }

  /** Share of the idle candidates that were taken for busy. */
  get idleAsBusy(): number | null {
    return this.#idle === 0 ? null : this.#idleAsBusy / this.#idle;
  }
}
