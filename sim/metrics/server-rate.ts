import type { World } from "../model/simulation.ts";

/** The rate of the server over the window, bin by bin. */
export class ServerRate {
  readonly #world: Pick<World, "network" | "topology">;
  readonly #from: number;
  readonly #bin: number;
  readonly #window: number;
  readonly #carried: number[] = [];

  /** Seconds: where the measured time begins, the width of a bin, and the window. */
  constructor(
    world: Pick<World, "network" | "topology">,
    { from, bin, window }: { from: number; bin: number; window: number },
  ) {
    this.#world = world;
    this.#from = from;
    this.#bin = bin;
    this.#window = window;
  }

  /** A bin begins. */
  sampled(): void {
    this.#carried.push(this.#world.network.carried(this.#world.topology.server));
  }

  /** Mean rate in each whole bin of the window, in bytes per second. */
  rates(): Float64Array {
    return Float64Array.from(
      { length: Math.floor(this.#window / this.#bin) },
      (_, i) => (this.#carried[i + 1] - this.#carried[i]) / this.#bin,
    );
  }

  metrics() {
    const measured = this.rates().subarray(Math.ceil(this.#from / this.#bin));
    return {
      "server.peakRate": measured.length === 0 ? null : measured.reduce((a, b) => Math.max(a, b)),
    };
  }
}
