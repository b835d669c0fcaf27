import { type AccessColumns, picked } from "./tables/access-rows.ts";

/** Downloads under way are looked through for those that are over when there are this many. */
const MANY = 1_000_000;

/** Numbers of customer or visit and of the file are put into one; up to this they stay apart. */
const MOST_PAIRS = Number.MAX_SAFE_INTEGER;

export interface Merged {
  readonly rows: AccessColumns;
  /** How many rows were pieces of others and are no longer there. */
  readonly pieces: number;
}

/**
 * Makes one download of the pieces that a customer fetches of a file: answers to byte ranges (206),
 * and answers that were broken off (200 with fewer bytes than the file has) and went on or began
 * again. A piece belongs to the download if it comes within `within` seconds of the piece before, as
 * in Mirrorbits, and the file was not whole yet; and of the same visit, where rows tell visits. The download has the time of its first piece and
 * the sum of bytes, up to the file's size: where each range began is not in most logs.
 *
 * `rows` are in order of time. `sizes` are those of the files, NaN where nothing tells.
 */
export function mergePieces(rows: AccessColumns, sizes: Float64Array, within: number): Merged {
  const merger = new Merger(rows, sizes, within);
  const kept = new Uint32Array(rows.rows);
  let count = 0;
  for (let row = 0; row < rows.rows; row++) if (!merger.isTaken(row)) kept[count++] = row;
  if (count === rows.rows) return { rows, pieces: 0 };
  const { bytes, status } = merger;
  return {
    rows: picked({ ...rows, bytes, status }, kept.subarray(0, count)),
    pieces: rows.rows - count,
  };
}

/** A download of which a piece is missing. */
interface Download {
  /** The row of its first piece. */
  readonly row: number;
  /** When its last piece came. */
  last: number;
}

class Merger {
  /** By row of the first piece, with those that were added. */
  readonly bytes: Float64Array;
  readonly status: Uint16Array;
  readonly #rows: AccessColumns;
  readonly #sizes: Float64Array;
  readonly #within: number;
  readonly #underWay = new Map<number, Download>();
  #sweepAt = MANY;

  constructor(rows: AccessColumns, sizes: Float64Array, within: number) {
    this.bytes = rows.bytes.slice(0, rows.rows);
    this.status = rows.status.slice(0, rows.rows);
    this.#rows = rows;
    this.#sizes = sizes;
    this.#within = within;
  }

  /** Whether the row is a further piece of a download before. */
  isTaken(row: number): boolean {
    const { time, customer, file, bytes, status, visit } = this.#rows;
    if (status[row] !== 200 && status[row] !== 206) return false;
    const size = this.#sizes[file[row]];
    const isWhole = status[row] === 200 && !(bytes[row] < size);
    if (isWhole && this.#underWay.size === 0) return false; // Spares most logs the look-up.
    const wanting = visit[row] === 0 ? 2 * customer[row] : 2 * visit[row] + 1;
    const pair = wanting * this.#sizes.length + file[row];
    if (pair > MOST_PAIRS) return false;
    const download = this.#underWay.get(pair);
    if (download !== undefined && time[row] - download.last <= this.#within) {
      this.#add(row, pair, download, size, isWhole);
      return true;
    }
    if (!isWhole && !(bytes[row] >= size)) this.#open(pair, row, time[row]);
    return false;
  }

  #add(row: number, pair: number, download: Download, size: number, isWhole: boolean): void {
    const sum = this.bytes[download.row] + this.#rows.bytes[row];
    this.bytes[download.row] = sum > size ? size : sum;
    download.last = this.#rows.time[row];
    if (!isWhole && !(sum >= size)) return;
    this.status[download.row] = 200;
    this.#underWay.delete(pair);
  }

  #open(pair: number, row: number, now: number): void {
    this.#underWay.set(pair, { row, last: now });
    if (this.#underWay.size < this.#sweepAt) return;
    for (const [key, { last }] of this.#underWay) {
      if (now - last > this.#within) this.#underWay.delete(key);
    }
    this.#sweepAt = Math.max(MANY, 2 * this.#underWay.size);
  }
}
