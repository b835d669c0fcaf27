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

  /** Columns set in a row. */
  count(row: number): number {
    let count = 0;
    for (let column = 0; column < this.#columns; column++) if (this.has(row, column)) count++;
    return count;
  }

  #word(row: number, column: number): number {
    return row * this.#wordsPerRow + (column >>> 5);
  }
}
