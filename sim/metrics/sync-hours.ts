const DAY = 86_400;

/** Hours a day, over the volunteers, one value for each whole day. Plain data. */
export interface SyncDays {
  readonly mean: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** Hours that each volunteer synchronised on each whole day of the window. */
export class SyncHours {
  readonly #days: number;
  readonly #seconds: Float64Array;

  /** `window` in seconds. */
  constructor(volunteers: number, window: number) {
    this.#days = Math.floor(window / DAY);
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

  /** Hours on the longest of all days of all volunteers; null where there is no day or nobody. */
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
      Float64Array.from({ length: volunteers === 0 ? 0 : this.#days }, (_, day) => {
        let value = start;
        for (let v = 0; v < volunteers; v++) {
          value = add(value, this.#seconds[v * this.#days + day] / 3600);
        }
        return value;
      });
    return {
      mean: over(0, (sum, hours) => sum + hours / volunteers),
      least: over(Number.POSITIVE_INFINITY, Math.min),
      most: over(0, Math.max),
    };
  }

  #over(choose: (a: number, b: number) => number): number | null {
    if (this.#seconds.length === 0) return null;
    return this.#seconds.reduce(choose) / 3600;
  }
}
