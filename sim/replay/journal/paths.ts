import { Numbering, type SavedNames } from "../../coordinator/index.ts";

const UNKNOWN = -1;

/** The paths of files by number, where they do not stand in a journal: of a server, in its catalogue. */
export type PathsElsewhere = (file: number) => string | undefined;

/** The paths of files by number, whatever order they come in; `file 7` where none has been told. */
export class Paths {
  readonly #elsewhere: PathsElsewhere;
  readonly #names = new Numbering();
  /** By file: the number of its path. */
  #of = new Int32Array(64).fill(UNKNOWN);

  constructor(elsewhere: PathsElsewhere = () => undefined) {
    this.#elsewhere = elsewhere;
  }

  add(file: number, path: string): void {
    if (file >= this.#of.length) {
      const larger = new Int32Array(2 * file).fill(UNKNOWN);
      larger.set(this.#of);
      this.#of = larger;
    }
    this.#of[file] = this.#names.numberOf(path);
  }

  of(file: number): string {
    const name = this.#of[file] ?? UNKNOWN;
    if (name !== UNKNOWN) return this.#names.at(name);
    return this.#elsewhere(file) ?? `file ${file}`;
  }

  load(saved: SavedNames): void {
    this.#names.load(saved);
    const { length } = this.#names;
    this.#of = Int32Array.from({ length: 2 * length }, (_, file) =>
      file < length ? file : UNKNOWN,
    );
  }
}
