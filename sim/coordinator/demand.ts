import { type Demand, NO_DEMAND } from "../policies/index.ts";
import { exp } from "../policies/portable-math.ts";
import { grown } from "./columns.ts";

/** Seconds over which a request is forgotten by a factor of e. */
const MEMORY = 86_400;

/** Requests below which a file counts as never asked for. */
const FORGOTTEN = 0.01;

/** What customers asked for lately, as the server counts it: requests are forgotten exponentially. */
export class RecentDemand {
  /** By file. */
  #asked = new Float64Array(64);
  #missed = new Float64Array(64);
  #since = 0;
  #ranks = new Map<number, number>();
  #total = 0;
  #rootSum = 0;

  /** Bytes that the columns take. */
  get bytes(): number {
    return this.#asked.byteLength + this.#missed.byteLength;
  }

  /** A customer asked for the file; `missed` if no volunteer could be sent to. */
  add(file: number, missed: boolean): void {
    this.#asked = grown(this.#asked, file);
    this.#missed = grown(this.#missed, file);
    this.#asked[file]++;
    if (missed) this.#missed[file]++;
  }

  /** Forgets what is old and ranks the rest. Returns the files that were asked for, by number. */
  review(now: number): number[] {
    const kept = exp((this.#since - now) / MEMORY);
    this.#since = now;
    const ranked: number[] = [];
    for (let file = 0; file < this.#asked.length; file++) {
      this.#missed[file] = remembered(this.#missed[file] * kept);
      this.#asked[file] = remembered(this.#asked[file] * kept);
      if (this.#asked[file] > 0) ranked.push(file);
    }
    this.#rank(ranked);
    return ranked;
  }

  #rank(files: readonly number[]): void {
    const ranked = files.toSorted((a, b) => this.#asked[b] - this.#asked[a] || a - b);
    this.#total = ranked.reduce((sum, file) => sum + this.#asked[file], 0);
    this.#rootSum = ranked.reduce(
      (sum, file) => sum + Math.sqrt(this.#asked[file] / this.#total),
      0,
    );
    this.#ranks = new Map(ranked.map((file, rank) => [file, rank]));
  }

  /** The demand for a file among so many, at the last review. */
  of(file: number, files: number): Demand {
    if (this.#total === 0 || file >= this.#asked.length) return { ...NO_DEMAND, files };
    return {
      files,
      rank: this.#ranks.get(file) ?? this.#ranks.size,
      share: this.#asked[file] / this.#total,
      rootSum: this.#rootSum,
      misses: this.#missed[file],
    };
  }

  save() {
    return {
      asked: this.#asked.slice(),
      missed: this.#missed.slice(),
      since: this.#since,
      ranks: [...this.#ranks],
      total: this.#total,
      rootSum: this.#rootSum,
    };
  }

  load(saved: ReturnType<RecentDemand["save"]>): void {
    this.#asked = Float64Array.from(saved.asked);
    this.#missed = Float64Array.from(saved.missed);
    this.#since = saved.since;
    this.#ranks = new Map(saved.ranks);
    this.#total = saved.total;
    this.#rootSum = saved.rootSum;
  }
}

function remembered(count: number): number {
  return count < FORGOTTEN ? 0 : count;
}
