/** A column of words: for each row the number of one of the words, or -1 for none. */
export interface Words {
  readonly codes: Int32Array;
  readonly words: readonly string[];
}

/** Words that are numbered as they come, until they are forgotten. */
export class WordColumn implements Words {
  readonly codes: Int32Array;
  readonly words: string[] = [];
  readonly #codeOf = new Map<string, number>();

  constructor(rows: number) {
    this.codes = new Int32Array(rows);
  }

  set(row: number, word: string | null): void {
    this.codes[row] = word === null ? -1 : this.codeOf(word);
  }

  codeOf(word: string): number {
    const known = this.#codeOf.get(word);
    if (known !== undefined) return known;
    const code = this.words.push(word) - 1;
    this.#codeOf.set(word, code);
    return code;
  }

  clear(): void {
    this.words.length = 0;
    this.#codeOf.clear();
  }
}
