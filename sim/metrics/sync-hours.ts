const DAY = 86_400;

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

  #over(choose: (a: number, b: number) => number): number | null {
    if (this.#seconds.length === 0) return null;
    return this.#seconds.reduce(choose) / 3600;
  }
}
