import { ByteTable } from "../tables/byte-table.ts";
import { urlPath } from "../text/url-path.ts";

/** What a target is where it is not the number of a file. */
const UNUSUAL = -1;
const UNNUMBERED = -2;

/** Targets remembered at a time; there are as many as lines where each has a query of its own. */
const MOST = 1_000_000;

const SLASH = 0x2f;

/**
 * Which file each target of a request names. A target's bytes are read once: when it comes again, it
 * is known by them, without a look at what in it needs decoding.
 */
export class TargetTable {
  readonly #paths: ByteTable;
  #targets = new ByteTable();
  /** By target: the number of its file, or one of the above. */
  #files: number[] = [];

  constructor(paths: ByteTable) {
    this.#paths = paths;
  }

  /** The number of the target in `bytes`, which has no spaces; -1 for one that is unusual. */
  number(bytes: Buffer, start: number, end: number): number {
    if (this.#files.length === MOST) this.#forget();
    const target = this.#targets.number(bytes, start, end);
    if (target === this.#files.length) {
      this.#files.push(isUsual(bytes, start, end) ? UNNUMBERED : UNUSUAL);
    }
    return this.#files[target] === UNUSUAL ? -1 : target;
  }

  /** The number of the file that the target names. */
  file(target: number): number {
    if (this.#files[target] === UNNUMBERED) {
      const path = urlPath(Buffer.from(this.#targets.bytesAt(target)).toString("latin1"));
      this.#files[target] = this.#paths.numberOf(path);
    }
    return this.#files[target];
  }

  #forget(): void {
    this.#targets = new ByteTable();
    this.#files = [];
  }
}

/** A path on this server without anything that its server has escaped. */
function isUsual(bytes: Buffer, start: number, end: number): boolean {
  const target = bytes.subarray(start, end);
  return bytes[start] === SLASH && !target.includes('"') && !target.includes("\\");
}
