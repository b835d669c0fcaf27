import type { Warning } from "../status/status-host.ts";

/** Kinds of warnings that are kept. */
const MOST = 50;

/** What the operator should know, each kind once, with how often and when last. */
export class Warnings {
  readonly #kept = new Map<string, { at: number; times: number }>();
  readonly #say: (line: string) => void;

  /** `say` hears of each kind when it comes up. */
  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(text: string, now: number): void {
    const kept = this.#kept.get(text);
    this.#kept.delete(text);
    this.#kept.set(text, { at: now, times: (kept?.times ?? 0) + 1 });
    if (kept === undefined) this.#say(`warning: ${text}`);
    if (this.#kept.size <= MOST) return;
    const [oldest] = this.#kept.keys();
    this.#kept.delete(oldest);
  }

  /** The newest first. */
  told(now: number): Warning[] {
    return Array.from(this.#kept, ([text, { at, times }]) => ({
      text,
      times,
      age: now - at,
    })).reverse();
  }
}
