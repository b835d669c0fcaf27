const HOUR = 3600;
/** Hours of the past that tell the level, and that tell whether it lasts. */
const CALM = 168;
const RECENT = 48;
/** Hours before the series that its beginning stands for, by this share of the first hours. */
const BEFORE = 24;
const QUIET = 0.25;
/** Under a level that lasts, four fifths of the hours of two days lie above this share. */
const LASTING = 0.2;

/**
 * The level that demand keeps without a crowd, learnt bin by bin from counts without their rhythm.
 *
 * It is the median of the last week of hours that were not in a crowd, or, where this is more, what
 * four fifths of the last two days exceeded whether in a crowd or not: so a level that lasts is
 * taken for the new normal. Where the series begins, the quieter quarter of its first two days stands
 * for the day before it, so that a crowd among them does not hide itself.
 */
export class Baseline {
  readonly #calm: number[];
  readonly #recent: number[];
  /** Bins that are told as one entry of about an hour, and hours of an entry. */
  readonly #bins: number;
  readonly #hours: number;
  #level: number;
  #filled = 0;
  #sum = 0;
  #calmBins = 0;
  #calmSum = 0;

  /** @param values All counts without their rhythm. @param width Seconds of a bin. */
  constructor(values: ArrayLike<number>, width: number) {
    this.#bins = Math.max(1, Math.round(HOUR / width));
    this.#hours = (this.#bins * width) / HOUR;
    const first: number[] = [];
    for (let from = 0; from < values.length; from += this.#bins) {
      if (first.length * this.#hours >= RECENT) break;
      first.push(meanOf(values, from, Math.min(values.length, from + this.#bins)));
    }
    const quiet = share(first, QUIET);
    this.#calm = Array.from({ length: Math.ceil(BEFORE / this.#hours) }, () => quiet);
    this.#recent = [];
    this.#level = quiet;
  }

  /** The level before the bins that were not told yet. */
  get level(): number {
    return this.#level;
  }

  /** What lasted through the last two days. */
  get lasting(): number {
    return this.#recent.length * this.#hours < RECENT ? 0 : share(this.#recent, LASTING);
  }

  /** Tells the next bin. */
  next(value: number, isInCrowd: boolean): void {
    this.#sum += value;
    if (!isInCrowd) {
      this.#calmSum += value;
      this.#calmBins++;
    }
    if (++this.#filled < this.#bins) return;
    push(this.#recent, this.#sum / this.#filled, RECENT / this.#hours);
    if (this.#calmBins > 0) push(this.#calm, this.#calmSum / this.#calmBins, CALM / this.#hours);
    this.#level = Math.max(share(this.#calm, 0.5), this.lasting);
    this.#filled = this.#sum = this.#calmBins = this.#calmSum = 0;
  }
}

function push(values: number[], value: number, most: number): void {
  values.push(value);
  if (values.length > most) values.shift();
}

function share(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? 0 : sorted[Math.floor(share * (sorted.length - 1))];
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at];
  return sum / (to - from);
}
