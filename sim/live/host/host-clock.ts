/**
 * The host's time in seconds, which never goes back: of the monotonic clock, anchored to the time of day
 * when the server started. It counts from `epoch`, so that a server that is started anew goes on where
 * the one before was, with the pause in between.
 */
export class HostClock {
  /** Time of day at host time 0, in milliseconds since 1970. */
  readonly epoch: number;
  readonly #start: number;
  readonly #monotonic: () => number;
  readonly #since: number;

  /**
   * `epoch`: null for the first start, which counts from the midnight before, as policies that keep to
   * hours of the day expect. `atLeast`: the last host time that is known.
   */
  constructor(epoch: number | null, atLeast: number, source: TimeSource = SYSTEM) {
    const wall = source.wall();
    this.epoch = epoch ?? midnightBefore(wall);
    this.#start = Math.max((wall - this.epoch) / 1000, atLeast);
    this.#monotonic = source.monotonic;
    this.#since = source.monotonic();
  }

  /** Host time now. */
  readonly now = (): number => this.#start + (this.#monotonic() - this.#since) / 1000;

  /** Time of day of a host time, in milliseconds since 1970; clocks that were set make it inexact. */
  wall(at: number): number {
    return this.epoch + 1000 * at;
  }
}

/** Both in milliseconds. */
export interface TimeSource {
  wall(): number;
  monotonic(): number;
}

const SYSTEM: TimeSource = { wall: () => Date.now(), monotonic: () => performance.now() };

function midnightBefore(wall: number): number {
  return new Date(wall).setHours(0, 0, 0, 0);
}
