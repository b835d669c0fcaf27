import { workloadOf } from "../trace/workload-of.ts";
import type { Workload } from "../workload.ts";
import type { BadLine } from "./account.ts";
import { importTrace } from "./import-trace.ts";

export interface AccessLog {
  readonly workload: Workload;
  /** Lines that did not parse, for a file of their own. */
  readonly rejected: { readonly count: number; readonly lines: readonly BadLine[] };
  /** How many lines were ignored, by reason. */
  readonly ignored: ReadonlyMap<string, number>;
  /** Lines of the file, of any kind. */
  readonly lines: number;
  /** The files read, for the manifest. */
  readonly paths: readonly string[];
}

/**
 * Reads a log of downloads, of any known format, as a workload: every row a request, pieces of a
 * file too, and customers by their addresses, which stay in memory.
 *
 * `maxBad` is the largest share of lines, from 0 to 1, that may fail to parse.
 */
export async function readAccessLog(
  path: string,
  { maxBad = 0.01 }: { readonly maxBad?: number } = {},
): Promise<AccessLog> {
  const { trace, logs, outOfOrder } = await importTrace([path], {
    format: null,
    as: "access",
    catalogues: [],
    maxBad,
    mergeWithin: 0,
    key: null,
  });
  if (trace.kind !== "access") throw new Error("a log of downloads gave synchronisations");
  const [{ lines, rows, ignored, bad, badLines }] = logs;
  const notes = [
    `${rows} of ${lines} lines are downloads`,
    ...[...ignored].map(([reason, count]) => `${count} ignored: ${reason}`),
    ...(bad > 0 ? [`${bad} rejected: not a line of the log's format`] : []),
    ...(outOfOrder > 0 ? [`${outOfOrder} out of order: sorted by time`] : []),
  ];
  const rejected = { count: bad, lines: badLines };
  return { workload: { ...workloadOf(trace), notes }, rejected, ignored, lines, paths: [path] };
}
