/**
 * The rows in order of `time`, equal times in their own; null where they are in order already.
 *
 * A bottom-up merge sort that starts from the runs that are there, for logs are almost sorted
 * (Knuth, The Art of Computer Programming, volume 3, section 5.2.4, natural merge).
 */
export function timeOrder(time: Float64Array): Uint32Array | null {
  let runs = runsOf(time);
  if (runs.length <= 2) return null;
  let from = new Uint32Array(time.length);
  for (let row = 0; row < from.length; row++) from[row] = row;
  let to = new Uint32Array(time.length);
  while (runs.length > 2) {
    const longer = [0];
    for (let run = 0; run < runs.length - 1; run += 2) {
      const end = runs[Math.min(run + 2, runs.length - 1)];
      merge(time, from, to, runs[run], runs[run + 1], end);
      longer.push(end);
    }
    runs = longer;
    [from, to] = [to, from];
  }
  return from;
}

/** How many rows have an earlier time than the row before. */
export function countBackward(time: Float64Array): number {
  return Math.max(0, runsOf(time).length - 2);
}

/** Where each run of rising times begins, and after the last where it ends. */
function runsOf(time: Float64Array): number[] {
  const runs = [0];
  for (let row = 1; row < time.length; row++) if (time[row] < time[row - 1]) runs.push(row);
  if (time.length > 0) runs.push(time.length);
  return runs;
}

/** Merges the runs [start, middle) and [middle, end) of `from` into `to`. */
function merge(
  time: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft = left < middle && (right >= end || time[from[left]] <= time[from[right]]);
    to[at] = from[takesLeft ? left++ : right++];
  }
}
