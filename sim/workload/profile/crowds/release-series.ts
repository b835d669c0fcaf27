import type { AccessTrace } from "../../trace/trace.ts";
import { emptySeries, type Series } from "../series.ts";

/**
 * For each release, in the order of `numbers`, the different customers in each bin that ask for one
 * of its files or for another version of one of its packages in the same distribution. So a
 * release of new versions has a past to be compared with. One pass over the requests for all.
 *
 * @param releaseOf The number of each file's release, or 0.
 * @param numbers Numbers of the releases looked at: memory is their count times the customers.
 */
export function releaseSeries(
  trace: AccessTrace,
  releaseOf: Uint32Array,
  numbers: readonly number[],
  width: number,
): readonly Series[] {
  const { time, customer, file, requests } = trace.requests;
  const customers = trace.customers.length;
  const series = numbers.map(() => emptySeries(trace, width));
  if (numbers.length === 0) return series;
  const { groupOf, groups } = wantedBy(trace, releaseOf, numbers);
  const seenIn = new Int32Array(numbers.length * customers).fill(-1);
  const { start } = series[0];
  for (let row = 0; row < requests; row++) {
    const group = groupOf[file[row]];
    if (group === 0) continue;
    const bin = Math.floor((time[row] - start) / width);
    for (const release of groups[group]) {
      const place = release * customers + customer[row];
      if (seenIn[place] === bin) continue;
      seenIn[place] = bin;
      series[release].values[bin]++;
    }
  }
  return series;
}

/** For each file a group, and for each group the places of its releases; group 0 has none. */
interface Wanted {
  readonly groupOf: Uint32Array;
  readonly groups: readonly (readonly number[])[];
}

function wantedBy(
  { catalogue: { files, packageOf, distributionOf } }: AccessTrace,
  releaseOf: Uint32Array,
  numbers: readonly number[],
): Wanted {
  const placeOf = new Map(numbers.map((number, place) => [number, place]));
  const isGrouped = packageOf.length > 0;
  // Versions of a package share a key; where packages are unknown, each file stands for itself.
  const keyOf = (file: number) =>
    isGrouped ? packageOf[file] * 65_536 + (distributionOf[file] ?? 0) : file;
  const places = new Map<number, Set<number>>();
  for (let file = 0; file < files; file++) {
    const place = placeOf.get(releaseOf[file]);
    if (place === undefined) continue;
    const key = keyOf(file);
    places.set(key, (places.get(key) ?? new Set()).add(place));
  }
  const groups: number[][] = [[]];
  const numberOf = new Map<number, number>();
  for (const [key, own] of places) {
    numberOf.set(key, groups.length);
    groups.push([...own]);
  }
  const groupOf = Uint32Array.from({ length: files }, (_, file) => numberOf.get(keyOf(file)) ?? 0);
  return { groupOf, groups };
}
