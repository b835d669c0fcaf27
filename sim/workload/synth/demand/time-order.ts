/** Bits of a key that one pass looks at, and the values they have. */
const BITS = 10;
const DIGITS = 2 ** BITS;

/**
 * The order of whole numbers below 2^20, as their places; equal numbers keep the order in which
 * they stand. Source: Knuth, TAOCP 3, 5.2.5: radix sorting from the least significant digit.
 */
export function radixOrder(keys: Uint32Array): Uint32Array {
  const places = Uint32Array.from(keys, (_, place) => place);
  return sortedBy(keys, sortedBy(keys, places, 0), BITS);
}

/** The places in the order of one digit of their keys. */
function sortedBy(keys: Uint32Array, places: Uint32Array, shift: number): Uint32Array {
  const next = new Uint32Array(DIGITS + 1);
  for (let at = 0; at < keys.length; at++) next[((keys[at] >>> shift) & (DIGITS - 1)) + 1]++;
  for (let digit = 0; digit < DIGITS; digit++) next[digit + 1] += next[digit];
  const sorted = new Uint32Array(places.length);
  for (let at = 0; at < places.length; at++) {
    const place = places[at];
    sorted[next[(keys[place] >>> shift) & (DIGITS - 1)]++] = place;
  }
  return sorted;
}
