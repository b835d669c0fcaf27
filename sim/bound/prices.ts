import { readyBytes, type SourceClass } from "./sources.ts";

/** What a byte costs from each class in each bin, in seconds of waiting; outside of the bins nothing. */
export interface Prices {
  /** Start of the first bin and width of each, in seconds. */
  readonly start: number;
  readonly width: number;
  readonly bins: number;
  /** By class, then bin. */
  readonly any: readonly Float64Array[];
  /** What a byte of a new file costs beyond that. */
  readonly fresh: readonly Float64Array[];
  /** What a byte of the server's costs beyond that, at any time. */
  readonly share: number;
}

/** What all that could be sent is worth at these prices, of which `serverBytes` by the server. */
export function worth(
  { start, width, bins, any, fresh, share }: Prices,
  classes: readonly SourceClass[],
  serverBytes: number,
): number {
  let total = share * serverBytes;
  for (const [k, source] of classes.entries()) {
    for (let bin = 0; bin < bins; bin++) {
      // Where nothing limits a class, nothing has a price, and 0 × Infinity is not a number.
      if (any[k][bin] > 0) total += any[k][bin] * source.capacity * width;
      if (fresh[k][bin] > 0)
        total += fresh[k][bin] * readyBytes(source, start + bin * width, width);
    }
  }
  return total;
}
