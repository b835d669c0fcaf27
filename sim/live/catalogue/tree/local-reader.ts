import { Digester } from "./digester.ts";
import type { Digests, TreeOptions, TreePart, TreeReader } from "./tree-reader.ts";
import { Walk } from "./walk.ts";

/** Reads a tree in the thread that it is in. */
export class LocalReader implements TreeReader {
  readonly #root: string;
  readonly #digester: Digester;
  #walk: Walk | null = null;

  private constructor(root: string, digester: Digester) {
    this.#root = root;
    this.#digester = digester;
  }

  static async open(options: TreeOptions, onBytes: (bytes: number) => void): Promise<LocalReader> {
    return new LocalReader(options.root, await Digester.create(options, onBytes));
  }

  async next(): Promise<TreePart | null> {
    this.#walk ??= new Walk(this.#root);
    return this.#walk.next();
  }

  async digest(paths: readonly string[]): Promise<Digests> {
    return this.#digester.digest(paths);
  }

  async close(): Promise<void> {}
}
