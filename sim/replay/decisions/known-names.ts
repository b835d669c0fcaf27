import type { Named } from "../../coordinator/index.ts";
import { nameOfAnswer } from "../journal/name-of-answer.ts";

/** How volunteers are called, as far as a journal or its snapshot tells. */
export class KnownNames {
  readonly #names = new Map<number, string>();

  /** Names stand in a journal once: those of the ones before are in the snapshot. */
  kept(host: unknown): void {
    const { names } = (host ?? {}) as { readonly names?: readonly Named[] };
    if (Array.isArray(names)) for (const record of names) this.named(record);
  }

  named({ what, number, name }: Named): void {
    if (what === "volunteer") this.#names.set(number, name);
  }

  /** A volunteer, or -1 for the server. */
  of(volunteer: number): string {
    return this.#names.get(volunteer) ?? nameOfAnswer(volunteer);
  }
}
