/** Entries of a chunk: columns grow by chunks and are never copied. */
const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;
const MASK = CHUNK - 1;

/** Whole numbers from 0 to 2³² − 1, one a file; 0 where none was set. */
export class Column {
  readonly #chunks: Uint32Array[] = [];

  get(at: number): number {
    return this.#chunks[at >>> CHUNK_BITS]?.[at & MASK] ?? 0;
  }

  set(at: number, value: number): void {
    const chunk = at >>> CHUNK_BITS;
    while (this.#chunks.length <= chunk) this.#chunks.push(new Uint32Array(CHUNK));
    this.#chunks[chunk][at & MASK] = value;
  }
}

/** So many bytes a file; zeros where none were set. */
export class ByteColumn {
  readonly #width: number;
  readonly #chunks: Uint8Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** A view, which shows what is set later, too. */
  get(at: number): Uint8Array {
    const start = (at & MASK) * this.#width;
    return this.#chunk(at).subarray(start, start + this.#width);
  }

  byte(at: number, index: number): number {
    return this.#chunk(at)[(at & MASK) * this.#width + index];
  }

  /** Takes over what is in `bytes` from `start` on. No view is made: millions are set one after another. */
  set(at: number, bytes: Uint8Array, start: number): void {
    const chunk = this.#chunk(at);
    const to = (at & MASK) * this.#width;
    for (let i = 0; i < this.#width; i++) chunk[to + i] = bytes[start + i];
  }

  /** Whether it is the same as in `bytes` from `start` on. */
  equals(at: number, bytes: Uint8Array, start: number): boolean {
    const chunk = this.#chunk(at);
    const from = (at & MASK) * this.#width;
    for (let i = 0; i < this.#width; i++) {
      if (chunk[from + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  setByte(at: number, index: number, value: number): void {
    this.#chunk(at)[(at & MASK) * this.#width + index] = value;
  }

  #chunk(at: number): Uint8Array {
    const chunk = at >>> CHUNK_BITS;
    while (this.#chunks.length <= chunk) this.#chunks.push(new Uint8Array(CHUNK * this.#width));
    return this.#chunks[chunk];
  }
}

/** Sizes in bytes, whole and below 2⁵³: four bytes each, since few files are of 4 GiB and more. */
export class SizeColumn {
  readonly #small = new Column();
  readonly #large = new Map<number, number>();

  get(at: number): number {
    const size = this.#small.get(at);
    return size === IS_LARGE ? (this.#large.get(at) ?? size) : size;
  }

  set(at: number, size: number): void {
    this.#large.delete(at);
    if (size >= IS_LARGE) this.#large.set(at, size);
    this.#small.set(at, Math.min(size, IS_LARGE));
  }
}

const IS_LARGE = 0xffffffff;
