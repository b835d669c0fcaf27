/** Files that a minute tells apart at most. */
const MOST_FILES = 1000;

/** Minutes that are kept, the one under way among them. */
const MINUTES = 5;

/** How often a file was asked for, at least. */
export interface Asked {
  readonly file: number;
  readonly requests: number;
}

export interface Crowds {
  /** Seconds that the counts are of: up to five minutes. */
  readonly seconds: number;
  /** Requests in them, whatever for. */
  readonly requests: number;
  /** The most asked first. */
  readonly files: readonly Asked[];
}

/**
 * The files that are asked for most in the last minutes, whatever the number of files. In each minute a
 * file's count is short by at most a thousandth of the minute's requests, and no file with more than
 * that is missing.
 *
 * Source: Misra and Gries, Finding repeated elements, Science of Computer Programming 2, 1982.
 */
export class FrequentFiles {
  /** The newest last. */
  readonly #minutes: Minute[] = [];

  constructor(now: number) {
    this.#minutes.push(new Minute(now));
  }

  add(file: number): void {
    this.#minutes[this.#minutes.length - 1].add(file);
  }

  /** Time has passed: what is older than five minutes is forgotten. */
  turn(now: number): void {
    if (now - this.#minutes[this.#minutes.length - 1].start < 60) return;
    this.#minutes.push(new Minute(now));
    if (this.#minutes.length > MINUTES) this.#minutes.shift();
  }

  most(count: number, now: number): Crowds {
    const sums = new Map<number, number>();
    let requests = 0;
    for (const minute of this.#minutes) {
      requests += minute.requests;
      for (const [file, times] of minute.counts) sums.set(file, (sums.get(file) ?? 0) + times);
    }
    const files = [...sums]
      .sort(([fileA, a], [fileB, b]) => b - a || fileA - fileB)
      .slice(0, count)
      .map(([file, times]) => ({ file, requests: times }));
    return { seconds: now - this.#minutes[0].start, requests, files };
  }
}

class Minute {
  /** Host time, in seconds. */
  readonly start: number;
  readonly counts = new Map<number, number>();
  requests = 0;

  constructor(start: number) {
    this.start = start;
  }

  add(file: number): void {
    this.requests++;
    const known = this.counts.get(file);
    if (known !== undefined) this.counts.set(file, known + 1);
    else if (this.counts.size < MOST_FILES) this.counts.set(file, 1);
    else this.#takeOne();
  }

  /** No room for another file: each of those that have one gives one, and so pays for it. */
  #takeOne(): void {
    for (const [file, count] of this.counts) {
      if (count === 1) this.counts.delete(file);
      else this.counts.set(file, count - 1);
    }
  }
}
