import { type Demand, NO_DEMAND } from "../policies/index.ts";

/** Seconds over which a request is forgotten by a factor of e. */
const MEMORY = 86_400;

/** What customers asked for lately, as the server counts it: requests are forgotten exponentially. */
export class RecentDemand {
  readonly #files: number;
  readonly #asked = new Map<number, number>();
  readonly #missed = new Map<number, number>();
  #since = 0;
  #ranks = new Map<number, number>();
  #total = 0;
  #rootSum = 0;

  constructor(files: number) {
    this.#files = files;
  }

  /** A customer asked for the file; `missed` if no volunteer could be sent to. */
  add(file: number, missed: boolean): void {
    this.#asked.set(file, (this.#asked.get(file) ?? 0) + 1);
    if (missed) this.#missed.set(file, (this.#missed.get(file) ?? 0) + 1);
  }

  /** Forgets what is old and ranks the rest. Returns the files that were asked for, by number. */
  review(now: number): number[] {
    const kept = Math.exp((this.#since - now) / MEMORY);
    this.#since = now;
    for (const counts of [this.#asked, this.#missed]) {
      for (const [file, count] of counts) {
        if (count * kept < FORGOTTEN) counts.delete(file);
        else counts.set(file, count * kept);
      }
    }
    const ranked = [...this.#asked].sort(([a, x], [b, y]) => y - x || a - b);
    this.#total = ranked.reduce((sum, [, count]) => sum + count, 0);
    this.#rootSum = ranked.reduce((sum, [, count]) => sum + Math.sqrt(count / this.#total), 0);
    this.#ranks = new Map(ranked.map(([file], rank) => [file, rank]));
    return ranked.map(([file]) => file).sort((a, b) => a - b);
  }

  /** The demand for a file at the last review. */
  of(file: number): Demand {
    if (this.#total === 0) return { ...NO_DEMAND, files: this.#files };
    const asked = this.#asked.get(file) ?? 0;
    return {
      files: this.#files,
      rank: this.#ranks.get(file) ?? this.#ranks.size,
      share: asked / this.#total,
      rootSum: this.#rootSum,
      misses: this.#missed.get(file) ?? 0,
    };
  }
}

/** Requests below which a file counts as never asked for. */
const FORGOTTEN = 0.01;
