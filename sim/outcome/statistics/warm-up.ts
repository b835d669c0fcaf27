/** Observations that MSER-5 takes together. */
const BATCH = 5;

/** Fewer batches tell nothing. */
const LEAST_BATCHES = 10;

/**
 * How many observations at the start of a run to leave out, by MSER-5; null where the run is too
 * short to tell, which is when fewer than ten batches of five remain or the best cut lies in the
 * second half.
 *
 * The cut is where the standard error of the mean of what remains, taken as if its batches were
 * independent, is least. For runs that settle: in a run that ends by itself or follows a trace, the
 * beginning is part of the answer, and the cut means nothing.
 *
 * Source: White, An effective truncation heuristic for bias reduction in simulation output,
 * Simulation 69(6), 1997; White, Cobb and Spratt, A comparison of five steady-state truncation
 * heuristics for simulation, Winter Simulation Conference 2000.
 */
export function mser5(series: ArrayLike<number>): number | null {
  const cut = mser(batchMeans(series, BATCH));
  return cut === null ? null : cut * BATCH;
}

/** The batches to leave out; null where fewer than ten or the best cut is in the second half. */
function mser(batches: Float64Array): number | null {
  const n = batches.length;
  if (n < LEAST_BATCHES) return null;
  let best = { error: Number.POSITIVE_INFINITY, cut: 0 };
  // From the end, with Welford's running mean and squares of what remains after the cut.
  let mean = 0;
  let squares = 0;
  for (let cut = n - 1; cut >= 0; cut--) {
    const kept = n - cut;
    const step = batches[cut] - mean;
    mean += step / kept;
    squares += step * (batches[cut] - mean);
    // The last few batches can be alike by chance: White leaves them out, too.
    const isTold = kept >= Math.min(LEAST_BATCHES / 2, n / 2);
    const error = squares / kept ** 2;
    if (isTold && error <= best.error) best = { error, cut };
  }
  return best.cut > n / 2 ? null : best.cut;
}

function batchMeans(series: ArrayLike<number>, batch: number): Float64Array {
  return Float64Array.from({ length: Math.floor(series.length / batch) }, (_, at) => {
    let sum = 0;
    for (let i = 0; i < batch; i++) sum += series[at * batch + i];
    return sum / batch;
  });
}
