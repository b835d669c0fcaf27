import { detach } from "./detach.ts";

/** Numbers names from 0 in order of appearance. */
export class NameTable {
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(detach(name), number);
    return number;
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** By number. */
  get names(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}
