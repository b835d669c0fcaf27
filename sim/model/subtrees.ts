import type { Catalogue } from "../workload/workload.ts";

/** Folders that a path is told by, such as `pool/main/g`. */
const DEPTH = 3;

/**
 * The parts of the repository that a mirror takes or leaves as a whole, by number. Nothing is worked
 * out before somebody asks: few policies do, and a repository has millions of paths.
 */
export class Subtrees {
  readonly #catalogue: Catalogue;
  #byFile: Uint32Array | null = null;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  of(file: number): number {
    this.#byFile ??= numbered(this.#catalogue);
    return this.#byFile[file];
  }
}

function numbered(catalogue: Catalogue): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from({ length: catalogue.files }, (_, file) => {
    const folder = folderOf(catalogue.path(file));
    const number = numbers.get(folder) ?? numbers.size;
    numbers.set(folder, number);
    return number;
  });
}

function folderOf(path: string): string {
  let end = -1;
  for (let depth = 0; depth < DEPTH; depth++) {
    end = path.indexOf("/", end + 1);
    if (end < 0) return path;
  }
  return path.slice(0, end);
}
