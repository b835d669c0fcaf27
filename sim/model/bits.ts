/** A table of yes and no, one row after another: which volunteer holds which file. */
export class BitTable {
  readonly #columns: number;
  readonly #words: Uint32Array;
  readonly #wordsPerRow: number;

  constructor(rows: number, columns: number) {
    this.#columns = columns;
    this.#wordsPerRow = Math.ceil(columns / 32);
    this.#words = new Uint32Array(rows * this.#wordsPerRow);
  }

  has(row: number, column: number): boolean {
    return (this.#words[this.#word(row, column)] & (1 << (column & 31))) !== 0;
  }

  add(row: number, column: number): void {
    this.#words[this.#word(row, column)] |= 1 << (column & 31);
  }

  remove(row: number, column: number): void {
    this.#words[this.#word(row, column)] &= ~(1 << (column & 31));
  }

  /** The first column from `column` on that is set in a row, or -1. Whole words are passed over. */
  next(row: number, column: number): number {
    if (column >= this.#columns) return -1;
    const end = (row + 1) * this.#wordsPerRow;
    let at = this.#word(row, column);
    let word = this.#words[at] & (-1 << (column & 31));
    while (word === 0) {
      if (++at === end) return -1;
      word = this.#words[at];
    }
    const lowest = 31 - Math.clz32(word & -word);
    return (at - row * this.#wordsPerRow) * 32 + lowest;
  }

  /** Columns set in a row. */
  count(row: number): number {
    let count = 0;
    for (let at = this.next(row, 0); at >= 0; at = this.next(row, at + 1)) count++;
    return count;
  }

  /** A copy of the words of a row, the first column in the lowest bit of the first. */
  row(row: number): Uint32Array {
    return this.#words.slice(row * this.#wordsPerRow, (row + 1) * this.#wordsPerRow);
  }

  #word(row: number, column: number): number {
    return row * this.#wordsPerRow + (column >>> 5);
  }
}
