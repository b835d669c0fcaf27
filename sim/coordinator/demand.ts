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
    if (this.#total === 0) return { ...NO_DEMAND, files };
    const isKnown = file < this.#asked.length;
    return {
      files,
      rank: this.#ranks.get(file) ?? this.#ranks.size,
      share: isKnown ? this.#asked[file] / this.#total : 0,
      rootSum: this.#rootSum,
      misses: isKnown ? this.#missed[file] : 0,
    };
  }

  save() {
    return {
      asked: upToLast(this.#asked),
      missed: upToLast(this.#missed),
      since: this.#since,
      ranked: Uint32Array.from(this.#ranks.keys()),
      total: this.#total,
      rootSum: this.#rootSum,
    };
  }

  load(saved: ReturnType<RecentDemand["save"]>): void {
    this.#asked = new Float64Array(Math.max(64, saved.asked.length));
    this.#missed = new Float64Array(this.#asked.length); // Who missed a file has asked for it.
    this.#asked.set(saved.asked);
    this.#missed.set(saved.missed);
    this.#since = saved.since;
    this.#ranks = new Map(Array.from(saved.ranked, (file, rank) => [file, rank]));
    this.#total = saved.total;
    this.#rootSum = saved.rootSum;
  }
}

/** What the column says, whatever room it has. */
function upToLast(column: Float64Array): Float64Array {
  return column.slice(0, column.findLastIndex((count) => count > 0) + 1);
}

function remembered(count: number): number {
  return count < FORGOTTEN ? 0 : count;
}
