import { grown } from "./columns.ts";

/** What the server knows of its files, by number: numbers grow and are never used again. */
export class Catalogue {
  #size = new Float64Array(64);
  /** Of those that came later: most of a repository was there from the beginning. */
  readonly #released = new Map<number, number>();
  /** 1 while the file is in the repository. */
  #isThere = new Uint8Array(64);
  #count = 0;

  /** One more than the greatest number. */
  get count(): number {
    return this.#count;
  }

  /** Bytes that the columns take. */
  get bytes(): number {
    return this.#size.byteLength + this.#isThere.byteLength;
  }

  has(file: number): boolean {
    return file < this.#count && this.#isThere[file] === 1;
  }

  /** Bytes. */
  sizeOf(file: number): number {
    return this.#size[file];
  }

  /** Host time at which it was released, in seconds; `-Infinity` if it was there from the beginning. */
  releasedAt(file: number): number {
    return this.#released.get(file) ?? Number.NEGATIVE_INFINITY;
  }

  /** Makes room for so many files, to spare copying. */
  reserve(files: number): void {
    this.#size = grown(this.#size, files - 1);
    this.#isThere = grown(this.#isThere, files - 1);
  }

  add(file: number, size: number, released: number): void {
    this.reserve(file + 1);
    this.#size[file] = size;
    if (released === Number.NEGATIVE_INFINITY) this.#released.delete(file);
    else this.#released.set(file, released);
    this.#isThere[file] = 1;
    this.#count = Math.max(this.#count, file + 1);
  }

  change(file: number, size: number): void {
    this.#size[file] = size;
  }

  remove(file: number): void {
    this.#isThere[file] = 0;
  }

  save() {
    const { count } = this;
    return {
      size: this.#size.slice(0, count),
      released: Float64Array.from({ length: count }, (_, file) => this.releasedAt(file)),
      isThere: this.#isThere.slice(0, count),
    };
  }

  load({ size, released, isThere }: ReturnType<Catalogue["save"]>): void {
    this.#size = Float64Array.from(size);
    this.#released.clear();
    for (const [file, at] of released.entries()) {
      if (at !== Number.NEGATIVE_INFINITY) this.#released.set(file, at);
    }
    this.#isThere = Uint8Array.from(isThere);
    this.#count = size.length;
  }
}
