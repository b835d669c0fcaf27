import type { AccessTrace } from "../../trace/trace.ts";
import { emptySeries, type Series } from "../series.ts";

/**
 * Different customers in each bin, of those who ask for a file that `isMeant`: a crowd is many
 * customers, and one of them who asks a thousand times is none.
 */
export function customerSeries(
  trace: AccessTrace,
  width: number,
  isMeant: (file: number) => boolean = () => true,
): Series {
  const { time, customer, file, requests } = trace.requests;
  const series = emptySeries(trace, width);
  const seenIn = new Int32Array(trace.customers.length).fill(-1);
  for (let row = 0; row < requests; row++) {
    const bin = Math.floor((time[row] - series.start) / width);
    if (seenIn[customer[row]] === bin || !isMeant(file[row])) continue;
    seenIn[customer[row]] = bin;
    series.values[bin]++;
  }
  return series;
}
