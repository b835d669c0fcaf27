import { grown } from "./grown.ts";

/** Lists by number: the sorted one, the far one, then all buckets of all rungs. */
const NEAR = 0;
const FAR = 1;
const BUCKETS = 2;

/** A bucket without entries has this for its first one, or another negative number. */
const END = -1;

/**
 * The rungs of a ladder queue: each divides a stretch of time into buckets of equal width, and an
 * inner one divides the bucket of its outer one that was taken last.
 *
 * An entry's bucket is always computed and never compared with a border, so rounding cannot
 * misplace it.
 */
export class Rungs {
  /** First entry of each list. */
  heads = new Int32Array(256).fill(END);
  // By rung, outermost first. The outermost is always there; it has no buckets at first.
  #depth = 1;
  #starts = new Float64Array(8).fill(Number.POSITIVE_INFINITY);
  /** Buckets a second. */
  #scales = new Float64Array(8).fill(1);
  #bases = new Int32Array(8).fill(BUCKETS);
  #counts = new Int32Array(8);
  /** The bucket that was taken last. */
  #taken = new Int32Array(8).fill(-1);

  /** The list where a new entry belongs: the outermost bucket not taken yet, or an end. */
  listOf(time: number): number {
    const place = (time - this.#starts[0]) * this.#scales[0];
    if (place >= this.#counts[0]) return FAR;
    if (place >= this.#taken[0] + 1) return this.#bases[0] + (place | 0);
    for (let rung = 1; rung < this.#depth; rung++) {
      const end = this.#counts[rung] - 1; // The last bucket of an inner rung has no end.
      const within = Math.min((time - this.#starts[rung]) * this.#scales[rung], end);
      if (within >= this.#taken[rung] + 1) return this.#bases[rung] + (within | 0);
    }
    return NEAR;
  }

  /** Takes the next bucket that has entries; the far list when there is none. */
  take(): number {
    const heads = this.heads;
    for (;;) {
      const rung = this.#depth - 1;
      const base = this.#bases[rung];
      const end = base + this.#counts[rung];
      let list = base + this.#taken[rung] + 1;
      while (list < end && heads[list] < 0) list++;
      this.#taken[rung] = list - base;
      if (list < end) return list;
      if (rung === 0) return FAR;
      this.#depth--;
    }
  }

  /** Sets up the outermost rung anew; its old buckets must be empty. Later times are far. */
  reset(start: number, scale: number, count: number): void {
    this.#set(0, start, scale, BUCKETS, count);
  }

  /**
   * Sets up the outermost rung without buckets, so that `border` and later times are far, and all
   * others near. With a border of `Infinity` everything is near: the ladder is not used.
   */
  close(border: number): void {
    this.#set(0, border, Number.MAX_VALUE, BUCKETS, 0);
  }

  /** Begins to use the ladder if it is not used. */
  limit(border: number): void {
    if (this.#starts[0] === Number.POSITIVE_INFINITY) this.close(border);
  }

  /** Adds an innermost rung. */
  add(start: number, scale: number, count: number): void {
    const rung = this.#depth++;
    if (rung === this.#starts.length) this.#grow();
    const base = this.#bases[rung - 1] + this.#counts[rung - 1];
    this.#set(rung, start, scale, base, count);
  }

  #set(rung: number, start: number, scale: number, base: number, count: number): void {
    this.#starts[rung] = start;
    this.#scales[rung] = scale;
    this.#bases[rung] = base;
    this.#counts[rung] = count;
    this.#taken[rung] = -1;
    const { length } = this.heads;
    if (base + count <= length) return;
    this.heads = grown(this.heads, new Int32Array(Math.max(base + count, 2 * length)));
    this.heads.fill(END, length);
  }

  #grow(): void {
    const rungs = 2 * this.#starts.length;
    this.#starts = grown(this.#starts, new Float64Array(rungs));
    this.#scales = grown(this.#scales, new Float64Array(rungs));
    this.#bases = grown(this.#bases, new Int32Array(rungs));
    this.#counts = grown(this.#counts, new Int32Array(rungs));
    this.#taken = grown(this.#taken, new Int32Array(rungs));
  }
}
