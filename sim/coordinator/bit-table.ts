/**
 * Yes or no for each file and volunteer, one row a file: a request asks of one file and all volunteers.
 * It grows with both, and says no of what it has not been told.
 */
export class BitTable {
  #words: Uint32Array;
  #wordsPerRow = 1;
  #rows: number;

  constructor(rows = 64) {
    this.#rows = rows;
    this.#words = new Uint32Array(rows);
  }

  /** Words of 32 volunteers in each row. */
  get wordsPerRow(): number {
    return this.#wordsPerRow;
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return this.#words.byteLength;
  }

  /** Makes room for so many rows and columns. */
  reserve(rows: number, columns: number): void {
    const wordsPerRow = Math.max(this.#wordsPerRow, Math.ceil(columns / 32));
    if (rows <= this.#rows && wordsPerRow === this.#wordsPerRow) return;
    const grown = rows <= this.#rows ? this.#rows : Math.max(rows, Math.ceil(this.#rows * 1.5));
    const words = new Uint32Array(grown * wordsPerRow);
    if (wordsPerRow === this.#wordsPerRow) words.set(this.#words);
    else {
      for (let row = 0; row < this.#rows; row++) {
        const from = row * this.#wordsPerRow;
        words.set(this.#words.subarray(from, from + this.#wordsPerRow), row * wordsPerRow);
      }
    }
    this.#words = words;
    this.#rows = grown;
    this.#wordsPerRow = wordsPerRow;
  }

  has(row: number, column: number): boolean {
    if (row >= this.#rows || column >> 5 >= this.#wordsPerRow) return false;
    return (this.#words[row * this.#wordsPerRow + (column >> 5)] & (1 << (column & 31))) !== 0;
  }

  add(row: number, column: number): void {
    this.reserve(row + 1, column + 1);
    this.#words[row * this.#wordsPerRow + (column >> 5)] |= 1 << (column & 31);
  }

  remove(row: number, column: number): void {
    if (!this.has(row, column)) return;
    this.#words[row * this.#wordsPerRow + (column >> 5)] &= ~(1 << (column & 31));
  }

  /** The `word`-th 32 columns of a row, the first in the lowest bit; 0 where nothing is known. */
  word(row: number, word: number): number {
    if (row >= this.#rows || word >= this.#wordsPerRow) return 0;
    return this.#words[row * this.#wordsPerRow + word];
  }

  /** Adds all columns of the row of `other`. */
  addRow(row: number, other: BitTable): void {
    this.reserve(row + 1, 32 * other.#wordsPerRow);
    for (let word = 0; word < other.#wordsPerRow; word++) {
      this.#words[row * this.#wordsPerRow + word] |= other.word(row, word);
    }
  }

  clearRow(row: number): void {
    if (row >= this.#rows) return;
    const from = row * this.#wordsPerRow;
    this.#words.fill(0, from, from + this.#wordsPerRow);
  }

  /** Leaves in the column what is in that of `other` too. */
  keepColumn(column: number, other: BitTable): void {
    if (column >> 5 >= this.#wordsPerRow) return;
    for (let row = 0; row < this.#rows; row++) {
      if (!other.has(row, column)) this.remove(row, column);
    }
  }

  clearColumn(column: number): void {
    if (column >> 5 >= this.#wordsPerRow) return;
    const keep = ~(1 << (column & 31));
    for (let at = column >> 5; at < this.#words.length; at += this.#wordsPerRow) {
      this.#words[at] &= keep;
    }
  }

  /** What it says, whatever room it has: a list of words for each 32 columns, up to the last yes. */
  save(): readonly Uint32Array[] {
    const saved: Uint32Array[] = [];
    for (let word = 0; word < this.#wordsPerRow; word++) {
      const words = Uint32Array.from({ length: this.#rows }, (_, row) => this.word(row, word));
      const last = words.findLastIndex((bits) => bits !== 0);
      saved.push(words.subarray(0, last + 1));
    }
    return saved.slice(0, saved.findLastIndex((words) => words.length > 0) + 1);
  }

  load(saved: readonly Uint32Array[]): void {
    const rows = saved.reduce((most, words) => Math.max(most, words.length), 0);
    this.reserve(rows, 32 * saved.length);
    this.#words.fill(0);
    for (const [word, words] of saved.entries()) {
      for (let row = 0; row < words.length; row++) {
        this.#words[row * this.#wordsPerRow + word] = words[row];
      }
    }
  }
}
