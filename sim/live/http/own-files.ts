import type { CatalogueView } from "../parts.ts";
import type { CustomerParts } from "./customer-parts.ts";

/** Whether a file of the repository is one that the server sends itself. Remembered by its number. */
export class OwnFiles {
  #known = new Uint8Array(1024);
  readonly #catalogue: CatalogueView;
  readonly #isMetadata: (path: string) => boolean;
  readonly #small: number;

  constructor({ catalogue, options }: CustomerParts) {
    this.#catalogue = catalogue;
    this.#isMetadata = options.isMetadata;
    this.#small = options.small;
  }

  /** Why the server sends it itself; null where somebody else may. */
  reason(file: number): string | null {
    if (this.#isKnownMetadata(file)) return "metadata is sent by the server itself";
    return this.#catalogue.size(file) <= this.#small
      ? "small files are sent by the server itself"
      : null;
  }

  #isKnownMetadata(file: number): boolean {
    if (file >= this.#known.length) {
      const grown = new Uint8Array(Math.max(file + 1, this.#known.length * 2));
      grown.set(this.#known);
      this.#known = grown;
    }
    // A number is of the same path for ever.
    if (this.#known[file] === 0) {
      this.#known[file] = this.#isMetadata(this.#catalogue.path(file)) ? 2 : 1;
    }
    return this.#known[file] === 2;
  }
}
