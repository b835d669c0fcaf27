import { membership } from "../../../coordinator/file-set.ts";
import type { CatalogueView } from "../../parts.ts";
import type { Settling } from "../commands/commands.ts";

/** A file of each volunteer that it has said it holds, to ask a byte of. */
export class Samples {
  readonly #catalogue: Pick<CatalogueView, "count" | "has">;
  readonly #files: number[] = [];

  constructor(catalogue: Pick<CatalogueView, "count" | "has">) {
    this.#catalogue = catalogue;
  }

  heed(volunteer: number, { completed, dropped, holds }: Settling): void {
    if (holds !== undefined) {
      // The newest that it holds: what is old may be in the cache of its web server.
      const isHeld = membership(holds);
      let file = this.#catalogue.count - 1;
      while (file >= 0 && !(isHeld(file) && this.#catalogue.has(file))) file--;
      this.#files[volunteer] = file;
    }
    const newest = completed.at(-1);
    if (newest !== undefined) this.#files[volunteer] = newest;
    if (dropped.includes(this.of(volunteer))) this.#files[volunteer] = -1;
  }

  /** -1 where nothing is known. */
  of(volunteer: number): number {
    const file = this.#files[volunteer] ?? -1;
    return file >= 0 && this.#catalogue.has(file) ? file : -1;
  }
}
