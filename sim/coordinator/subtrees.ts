/** Folders that a path is told by, such as `pool/main/g`. */
const DEPTH = 3;

/**
 * The parts of the repository that a mirror takes or leaves as a whole, by number. Nothing is worked
 * out before somebody asks: few policies do, and a repository has millions of paths.
 */
export class Subtrees {
  readonly #pathOf: (file: number) => string;
  readonly #numbers = new Map<string, number>();
  readonly #byFile: number[] = [];

  constructor(pathOf: (file: number) => string) {
    this.#pathOf = pathOf;
  }

  /** Parts are numbered in the order of their first files, whichever is asked for first. */
  of(file: number): number {
    while (this.#byFile.length <= file) {
      const folder = folderOf(this.#pathOf(this.#byFile.length));
      const number = this.#numbers.get(folder) ?? this.#numbers.size;
      this.#numbers.set(folder, number);
      this.#byFile.push(number);
    }
    return this.#byFile[file];
  }
}

function folderOf(path: string): string {
  let end = -1;
  for (let depth = 0; depth < DEPTH; depth++) {
    end = path.indexOf("/", end + 1);
    if (end < 0) return path;
  }
  return path.slice(0, end);
}
