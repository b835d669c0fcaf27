import { InputError } from "../../../engine/input-error.ts";

const MEGABYTE = 1e6;

/** No package is larger: rpm's header held 31-bit sizes until 2009. */
const LARGEST = 2 ** 31 - 1;

/** How far the stretch may go before the sizes are no longer those that were measured. */
const LEAST_STRETCH = 0.2;
const MOST_STRETCH = 3;

/** A change of natural package sizes so that a repository has the files and bytes it should. */
export interface SizeFit {
  /** Factor of all sizes, by which the wanted number of packages is at least 1 MB. */
  readonly factor: number;
  /** Factor of the logarithm of what a size is above 1 MB, by which the bytes are those wanted. */
  readonly stretch: number;
}

/**
 * Fits package sizes to two numbers that do not disturb each other: how many are at least 1 MB, and
 * the bytes of all. The first is met by one factor, the second by stretching on a logarithmic scale
 * what lies above 1 MB. Both leave the order of sizes as it is.
 *
 * @throws InputError when no stretch gives these bytes.
 */
export function fitSizes(
  natural: Float64Array,
  goal: { readonly large: number; readonly bytes: number },
): SizeFit {
  const sorted = natural.slice().sort();
  const { length } = sorted;
  if (goal.large < 0 || goal.large > length) {
    throw new InputError([
      `invalid small: ${length} packages would have to include ${goal.large} of at least 1 MB`,
    ]);
  }
  const large = Math.max(1, Math.min(length - 1, goal.large));
  const factor = MEGABYTE / Math.sqrt(sorted[length - large] * sorted[length - large - 1]);
  let smallBytes = 0;
  for (let index = 0; index < length - large; index++) smallBytes += factor * sorted[index];
  const logs = sorted.subarray(length - large);
  for (let index = 0; index < logs.length; index++) {
    logs[index] = Math.max(0, Math.log((logs[index] * factor) / MEGABYTE));
  }

  const bytesAt = (stretch: number) => smallBytes + largeBytes(logs, stretch);
  let [low, high] = [LEAST_STRETCH, MOST_STRETCH];
  const [least, most] = [bytesAt(low), bytesAt(high)];
  if (goal.bytes < least || goal.bytes > most) {
    const range = `[${least.toPrecision(3)}, ${most.toPrecision(3)}]`;
    throw new InputError([
      `invalid bytes: packages would have ${goal.bytes.toPrecision(3)}; not in ${range} bytes`,
    ]);
  }
  // Each round halves the interval: 30 leave less than 1e-8 of it.
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2;
    if (bytesAt(middle) < goal.bytes) low = middle;
    else high = middle;
  }
  return { factor, stretch: (low + high) / 2 };
}

/** The size that a natural one becomes, in whole bytes. */
export function fitted(natural: number, { factor, stretch }: SizeFit): number {
  const size = factor * natural;
  if (size < MEGABYTE) return Math.max(1, Math.min(MEGABYTE - 1, Math.round(size)));
  return Math.round(stretched(Math.log(size / MEGABYTE), stretch));
}

function largeBytes(logs: Float64Array, stretch: number): number {
  let bytes = 0;
  for (let index = 0; index < logs.length; index++) bytes += stretched(logs[index], stretch);
  return bytes;
}

function stretched(log: number, stretch: number): number {
  return Math.min(LARGEST, MEGABYTE * Math.exp(stretch * log));
}
