const DAY = 86_400;

/** Hours a day, over the volunteers, one value for each whole measured day. Plain data. */
export interface SyncDays {
  /** Number of the first of these days; that of the window is 1. */
  readonly first: number;
  readonly mean: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** Hours that each volunteer synchronised on each whole day of the window, from `from` on. */
export class SyncHours {
  /** Whole days of the window, and the first of them that is measured whole. */
  readonly #days: number;
  readonly #first: number;
  readonly #seconds: Float64Array;

  /** `from`, before which nothing is measured, and `window` in seconds. */
  constructor(volunteers: number, from: number, window: number) {
    this.#days = Math.floor(window / DAY);
    this.#first = Math.min(this.#days, Math.ceil(from / DAY));
    this.#seconds = new Float64Array(volunteers * this.#days);
  }

  /** A synchronisation from `start` to `end`, in seconds: what passes midnight counts for both days. */
  add(volunteer: number, start: number, end: number): void {
    const last = Math.min(this.#days - 1, Math.floor(end / DAY));
    for (let day = Math.floor(start / DAY); day <= last; day++) {
      const seconds = Math.min(end, (day + 1) * DAY) - Math.max(start, day * DAY);
      this.#seconds[volunteer * this.#days + day] += seconds;
    }
  }

  /** Hours on the longest of the measured days of all volunteers; null without either. */
  most(): number | null {
    return this.#over((a, b) => Math.max(a, b));
  }

  least(): number | null {
    return this.#over((a, b) => Math.min(a, b));
  }

  /** Each day over the volunteers; empty where there is nobody. */
  days(): SyncDays {
    const volunteers = this.#days === 0 ? 0 : this.#seconds.length / this.#days;
    const over = (start: number, add: (value: number, hours: number) => number) =>
      Float64Array.from({ length: volunteers === 0 ? 0 : this.#days - this.#first }, (_, day) => {
        let value = start;
        for (let v = 0; v < volunteers; v++) {
          value = add(value, this.#seconds[v * this.#days + this.#first + day] / 3600);
        }
        return value;
      });
    return {
      first: this.#first + 1,
      mean: over(0, (sum, hours) => sum + hours / volunteers),
      least: over(Number.POSITIVE_INFINITY, Math.min),
      most: over(0, Math.max),
    };
  }

  #over(choose: (a: number, b: number) => number): number | null {
    let chosen: number | null = null;
    for (const [at, seconds] of this.#seconds.entries()) {
      if (at % this.#days < this.#first) continue;
      chosen = chosen === null ? seconds : choose(chosen, seconds);
    }
    return chosen === null ? null : chosen / 3600;
  }
}
