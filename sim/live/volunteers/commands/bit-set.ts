/** Files by number, a bit for each: millions that a volunteer is to be told of take little room. */
export class BitSet {
  #words: Uint32Array;

  /** `words`: of another set, to be copied. */
  constructor(words: ArrayLike<number> = []) {
    this.#words = Uint32Array.from(words);
  }

  has(file: number): boolean {
    const word = file >>> 5;
    return word < this.#words.length && (this.#words[word] & (1 << (file & 31))) !== 0;
  }

  add(file: number): void {
    const word = file >>> 5;
    if (word >= this.#words.length) {
      const words = new Uint32Array(Math.max(word + 1, 2 * this.#words.length));
      words.set(this.#words);
      this.#words = words;
    }
    this.#words[word] |= 1 << (file & 31);
  }

  delete(file: number): void {
    if (this.has(file)) this.#words[file >>> 5] &= ~(1 << (file & 31));
  }

  clear(): void {
    this.#words.fill(0);
  }

  /** The least in the set that is not below `file`; -1 if there is none. */
  next(file: number): number {
    for (let at = file >>> 5; at < this.#words.length; at++) {
      const above = at === file >>> 5 ? -1 << (file & 31) : -1;
      const word = this.#words[at] & above;
      if (word !== 0) return 32 * at + 31 - Math.clz32(word & -word);
    }
    return -1;
  }

  get words(): Uint32Array {
    const end = this.#words.findLastIndex((word) => word !== 0) + 1;
    return this.#words.slice(0, end);
  }
}
