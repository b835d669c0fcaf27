import type { Observer } from "../../model/events.ts";

/** Why the dispatch policy decided as it did. */
export class Decisions implements Observer {
  readonly #reasons: Record<string, number> = {};

  dispatched(_request: number, _node: number, reason: string): void {
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
  }

  /** How often each reason was given. */
  reasons(): Readonly<Record<string, number>> {
    return this.#reasons;
  }
}
