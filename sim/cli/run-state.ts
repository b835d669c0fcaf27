import type { Beat } from "../runner/beat.ts";

/** How far an experiment has come: what its finished runs and those being made add up to. */
export class RunState {
  readonly #beats = new Map<number, Beat>();
  #done = 0;
  #all = 0;
  /** Runs that were done before any was made: they took no time. */
  #atHand = 0;

  /** Begins to make runs; more of them may follow when these are done. */
  begin(atHand: number, all: number): void {
    this.#beats.clear();
    this.#done = atHand;
    this.#atHand = atHand;
    this.#all = all;
  }

  beat(run: number, beat: Beat): void {
    this.#beats.set(run, beat);
  }

  ended(done: number, all = this.#all): void {
    this.#done = done;
    this.#all = all;
  }

  /** Of the runs that are made now, how many are done, in parts too. */
  get #made(): number {
    const parts = [...this.#beats.values()].map(shareOf).sort((a, b) => b - a);
    const whole = this.#done - this.#atHand;
    // A finished run's last word may be from before its end: those that came furthest are done.
    return whole + parts.slice(whole).reduce((sum, share) => sum + share, 0);
  }

  /** Seconds left, after so many; null before anything can be said. */
  left(elapsed: number): number | null {
    const made = this.#made;
    if (made <= 0) return null;
    return (elapsed * (this.#all - this.#atHand - made)) / made;
  }

  /** One line; `memory` in bytes. */
  text(elapsed: number, memory: number): string {
    const beats = [...this.#beats.values()];
    const sum = (of: (beat: Beat) => number) => beats.reduce((total, beat) => total + of(beat), 0);
    const last = beats.at(-1);
    const left = this.left(elapsed);
    const days = (seconds: number) => (seconds / 86_400).toFixed(1);
    return [
      `${this.#done}/${this.#all} runs`,
      ...(last === undefined ? [] : [`day ${days(last.now)} of ${days(last.window)}`]),
      `${count(sum(({ requests }) => requests))} requests`,
      `${count(sum(({ events }) => events) / Math.max(elapsed, 0.001))} events/s`,
      `${(memory / 1e9).toFixed(2)} GB`,
      ...(left === null ? [] : [`${duration(left)} left`]),
    ].join(", ");
  }
}

/** The rest of a run, after its window, is short. */
function shareOf({ now, window }: Beat): number {
  return window > 0 ? Math.min(now / window, 1) : 0;
}

function count(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(0)} k` : value.toFixed(0);
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
