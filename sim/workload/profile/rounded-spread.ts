import { type Spread, spreadOfCounts } from "./spread.ts";

/**
 * Collects the spread of any number of values in bounded memory: each is kept to three significant
 * digits, so quantiles are right to 0.5 %, and whole numbers below 1,000 exactly.
 */
export class RoundedSpread {
  readonly #counts = new Map<number, number>();
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    const kept = rounded(value);
    this.#counts.set(kept, (this.#counts.get(kept) ?? 0) + 1);
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /** Null if nothing was added. */
  get spread(): Spread | null {
    const told = spreadOfCounts([...this.#counts].sort(([a], [b]) => a - b));
    if (told === null) return null;
    return { ...told, mean: this.#sum / told.count, min: this.#min, max: this.#max };
  }
}

function rounded(value: number): number {
  if (value === 0 || (value < 1000 && Number.isInteger(value))) return value;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return Math.round(value / unit) * unit;
}
