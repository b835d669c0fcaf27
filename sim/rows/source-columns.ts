import { SERVER_NODE } from "../model/events.ts";
import type { WordColumn } from "./word-column.ts";

/** The columns that say who sends: what it is, and which. */
export class SourceColumns {
  readonly #source: WordColumn;
  readonly #number: Int32Array;
  readonly #volunteers: number;

  constructor(
    columns: { readonly source: WordColumn; readonly source_number: Int32Array },
    volunteers: number,
  ) {
    this.#source = columns.source;
    this.#number = columns.source_number;
    this.#volunteers = volunteers;
  }

  set(row: number, node: number): void {
    if (node === SERVER_NODE) this.#put(row, "server", -1);
    else if (node < this.#volunteers) this.#put(row, "volunteer", node);
    else this.#put(row, "customer", node - this.#volunteers);
  }

  setNone(row: number): void {
    this.#put(row, null, -1);
  }

  #put(row: number, word: string | null, number: number): void {
    this.#source.set(row, word);
    this.#number[row] = number;
  }
}
