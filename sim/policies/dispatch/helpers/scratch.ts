/**
 * Room for numbers about the candidates of one decision, so that a decision allocates nothing that
 * grows with them. It is written before it is read, and forgotten when the decision is made.
 */
let values = new Float64Array(64);
let others = new Float64Array(64);
let sorted = new Float64Array(128);

/** Room for at least `count` numbers; the same room each time. */
export function scratch(count: number): Float64Array {
  if (values.length < count) values = new Float64Array(2 * count);
  return values;
}

/** The same, apart from it: for a policy that needs two numbers of each. */
export function secondScratch(count: number): Float64Array {
  if (others.length < count) others = new Float64Array(2 * count);
  return others;
}

/**
 * The least `wanted` of the first `count` numbers of `from` in ascending order, in the first places;
 * the same room each time.
 */
export function ascending(from: Float64Array, count: number, wanted = count): Float64Array {
  if (sorted.length <= count) sorted = new Float64Array(2 * count);
  if (wanted > FEW) {
    for (let i = 0; i < count; i++) sorted[i] = from[i];
    return sorted.fill(Number.POSITIVE_INFINITY, count).sort();
  }
  for (let i = 0; i < count; i++) {
    let place = Math.min(i, wanted);
    for (; place > 0 && sorted[place - 1] > from[i]; place--) sorted[place] = sorted[place - 1];
    if (place < wanted) sorted[place] = from[i];
  }
  return sorted;
}

/** Up to so many, inserting one by one is faster than the general sort. */
const FEW = 64;
