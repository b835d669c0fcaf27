import { type Demand, NO_DEMAND } from "../policies/index.ts";
import { exp } from "../policies/portable-math.ts";

/** Seconds over which a request is forgotten by a factor of e. */
const MEMORY = 86_400;

/** What customers asked for lately, as the server counts it: requests are forgotten exponentially. */
export class RecentDemand {
  readonly #files: number;
  /** By file. */
  readonly #asked: Float64Array;
  readonly #missed: Float64Array;
  #since = 0;
  #ranks = new Map<number, number>();
  #total = 0;
  #rootSum = 0;

  constructor(files: number) {
    this.#files = files;
    this.#asked = new Float64Array(files);
    this.#missed = new Float64Array(files);
  }

  /** A customer asked for the file; `missed` if no volunteer could be sent to. */
  add(file: number, missed: boolean): void {
    this.#asked[file]++;
    if (missed) this.#missed[file]++;
  }

  /** Forgets what is old and ranks the rest. Returns the files that were asked for, by number. */
  review(now: number): number[] {
    const kept = exp((this.#since - now) / MEMORY);
    this.#since = now;
    const ranked: [file: number, count: number][] = [];
    for (let file = 0; file < this.#files; file++) {
      this.#missed[file] = remembered(this.#missed[file] * kept);
      this.#asked[file] = remembered(this.#asked[file] * kept);
      if (this.#asked[file] > 0) ranked.push([file, this.#asked[file]]);
    }
    ranked.sort(([a, x], [b, y]) => y - x || a - b);
    this.#total = ranked.reduce((sum, [, count]) => sum + count, 0);
    this.#rootSum = ranked.reduce((sum, [, count]) => sum + Math.sqrt(count / this.#total), 0);
    this.#ranks = new Map(ranked.map(([file], rank) => [file, rank]));
    return ranked.map(([file]) => file).sort((a, b) => a - b);
  }

  /** The demand for a file at the last review. */
  of(file: number): Demand {
    if (this.#total === 0) return { ...NO_DEMAND, files: this.#files };
    const asked = this.#asked[file];
    return {
      files: this.#files,
      rank: this.#ranks.get(file) ?? this.#ranks.size,
      share: asked / this.#total,
      rootSum: this.#rootSum,
      misses: this.#missed[file],
    };
  }
}

/** Requests below which a file counts as never asked for. */
const FORGOTTEN = 0.01;

function remembered(count: number): number {
  return count < FORGOTTEN ? 0 : count;
}
