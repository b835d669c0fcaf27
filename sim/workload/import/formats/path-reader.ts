import { ByteTable } from "../tables/byte-table.ts";
import { urlPath } from "../text/url-path.ts";

const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const PERCENT = 0x25;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;

const ENCODED = 1;
const ENDS = 2;
const ESCAPED = 3;

/** What a byte means in a path: 0 for nothing but itself. One look-up is faster than comparisons. */
const MEANING = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === PERCENT || byte === HASH || byte > DELETE) return ENCODED;
  if (byte === SPACE || byte === QUESTION) return ENDS;
  return byte === QUOTE || byte === BACKSLASH ? ESCAPED : 0;
});

/** Numbers the paths of requests, straight from their bytes. Encoded ones are decoded once each. */
export class PathReader {
  readonly #paths: ByteTable;
  readonly #encoded = new ByteTable();
  /** The number in `paths` of each encoded path. */
  readonly #decoded: number[] = [];
  #isEncoded = false;

  constructor(paths: ByteTable) {
    this.#paths = paths;
  }

  /**
   * Where the path that begins at `start` ends, at a space or a query before `end`; -1 where it is
   * not on this server or has escaped characters.
   */
  endOf(bytes: Uint8Array, start: number, end: number): number {
    this.#isEncoded = false;
    if (bytes[start] !== SLASH) return -1;
    for (let at = start; at < end; at++) {
      const meaning = MEANING[bytes[at]];
      if (meaning === 0) continue;
      if (meaning === ENDS) return at;
      if (meaning === ESCAPED) return -1;
      this.#isEncoded = true;
    }
    return -1;
  }

  /** The number of the path whose end was just asked for. */
  number(bytes: Buffer, start: number, end: number): number {
    if (!this.#isEncoded) return this.#paths.number(bytes, start, end);
    const encoded = this.#encoded.number(bytes, start, end);
    if (encoded === this.#decoded.length) {
      this.#decoded.push(this.#paths.numberOf(urlPath(bytes.toString("latin1", start, end))));
    }
    return this.#decoded[encoded];
  }
}
