import { Numbering, type SavedNames } from "../../coordinator/index.ts";

/** The paths of files by number, whatever order they come in. */
export class Paths {
  readonly #names = new Numbering();
  /** By file: the number of its path. */
  #of = new Int32Array(64);

  add(file: number, path: string): void {
    if (file >= this.#of.length) {
      const larger = new Int32Array(2 * file);
      larger.set(this.#of);
      this.#of = larger;
    }
    this.#of[file] = this.#names.numberOf(path);
  }

  of(file: number): string {
    return this.#names.at(this.#of[file]);
  }

  load(saved: SavedNames): void {
    this.#names.load(saved);
    this.#of = Int32Array.from({ length: 2 * this.#names.length }, (_, file) => file);
  }
}
