import { type Spread, spreadOf } from "./spread.ts";

/** One megabyte, in bytes: a million, as disks and networks are sold. */
export const MEGABYTE = 1e6;

/** Bins of the histogram in each power of ten. */
const PER_DECADE = 10;

export interface SizeProfile {
  /** Bytes of a file. Null without files. */
  readonly spread: Spread | null;
  /** Share of the files that are smaller than 1 MB (abstract, section 2). */
  readonly shareUnder1MB: number | null;
  /** Occupied bins in order of size, ten in each power of ten. */
  readonly histogram: readonly SizeBin[];
}

export interface SizeBin {
  /** Bytes: sizes from `from` to below `to`. */
  readonly from: number;
  readonly to: number;
  readonly files: number;
  readonly bytes: number;
}

export function profileSizes(size: Float64Array): SizeProfile {
  const files = new Map<number, number>();
  const bytes = new Map<number, number>();
  let small = 0;
  for (const each of size) {
    if (each < MEGABYTE) small++;
    const bin = binOf(each);
    files.set(bin, (files.get(bin) ?? 0) + 1);
    bytes.set(bin, (bytes.get(bin) ?? 0) + each);
  }
  return {
    spread: spreadOf(size),
    shareUnder1MB: size.length === 0 ? null : small / size.length,
    histogram: [...files.keys()]
      .sort((a, b) => a - b)
      .map((bin) => ({
        from: EDGES[bin],
        to: EDGES[bin + 1],
        files: files.get(bin) ?? 0,
        bytes: bytes.get(bin) ?? 0,
      })),
  };
}

/** Lower edges of the bins, to three digits: 1 byte to 10 EB. */
const EDGES = Float64Array.from({ length: 19 * PER_DECADE + 1 }, (_, bin) =>
  Number((10 ** (bin / PER_DECADE)).toPrecision(3)),
);

/** The bin of a size of at least 1 byte. The logarithm only guesses: the edges decide. */
function binOf(size: number): number {
  const guess = Math.floor(PER_DECADE * Math.log10(size));
  if (size < EDGES[guess]) return guess - 1;
  return size >= EDGES[guess + 1] ? guess + 1 : guess;
}
