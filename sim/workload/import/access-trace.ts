import type { AccessTrace } from "../trace/trace.ts";
import { numberVisits, visitsByPause } from "../visits.ts";
import { detailedCatalogue } from "./detailed-catalogue.ts";
import { mergePieces } from "./merge-pieces.ts";
import { type AccessColumns, type AccessRows, picked, trimmed } from "./tables/access-rows.ts";
import { countBackward, timeOrder } from "./tables/time-order.ts";

export interface BuiltAccess {
  readonly trace: AccessTrace;
  /** Rows with an earlier time than the row before; all were sorted. */
  readonly outOfOrder: number;
  /** Rows that were pieces of a download and were merged into it. */
  readonly pieces: number;
}

/**
 * The trace of the rows that importers found. Times count from the earliest row, unless they are
 * those of a window already. `mergeWithin` is as in `mergePieces`; 0 leaves pieces apart.
 *
 * A file has the size that was stated, and otherwise that of the largest download: what was broken
 * off is smaller. No request is for more than the file.
 */
export function accessTrace(rows: AccessRows, mergeWithin: number): BuiltAccess {
  const found = rows.columns();
  const times = found.time.subarray(0, found.rows);
  const order = timeOrder(times);
  const sorted = order === null ? trimmed(found) : picked(found, order);
  const { rows: merged, pieces } =
    mergeWithin > 0
      ? mergePieces(sorted, knownSizes(rows, sorted), mergeWithin)
      : { rows: sorted, pieces: 0 };
  const start = rows.isUnix && merged.rows > 0 ? merged.time[0] : 0;
  const catalogue = detailedCatalogue(rows.files, largest(rows.files.length, merged), start);
  const { time, customer, file, bytes, status } = merged;
  for (let row = 0; row < merged.rows; row++) {
    time[row] -= start;
    const size = catalogue.size[file[row]];
    if (bytes[row] > size) bytes[row] = size;
  }
  return {
    trace: {
      kind: "access",
      catalogue,
      requests: {
        requests: merged.rows,
        time,
        customer,
        file,
        bytes,
        visit: toldVisits(rows, merged),
        status: status.some((code) => code !== 0) ? status : new Uint16Array(),
      },
      customers: rows.customers.names(),
      window: merged.rows === 0 ? 0 : Math.floor(time[merged.rows - 1]) + TICK,
      epoch: rows.isUnix && merged.rows > 0 ? start : null,
    },
    outOfOrder: countBackward(times),
    pieces,
  };
}

/** Most logs' clocks tick in seconds: the last row may be any time within the last one. */
export const TICK = 1;

/**
 * The visit of each row where any row tells its own; else empty, for whoever reads the trace can see
 * the pauses as well. Rows without one, of a log read together with those, make visits by pauses.
 */
function toldVisits(rows: AccessRows, merged: AccessColumns): Uint32Array {
  const { visit } = merged;
  const untold = Uint32Array.from(visit.keys()).filter((row) => visit[row] === 0);
  if (untold.length === visit.length) return new Uint32Array(0);
  const { time, customer } = picked(merged, untold);
  const paused = visitsByPause({ requests: untold.length, time, customer }, rows.customers.length);
  for (const [at, row] of untold.entries()) visit[row] = rows.visits.length + 1 + paused[at];
  numberVisits(visit);
  return visit;
}

/** The most bytes of one row, by file. */
function largest(files: number, { rows, file, bytes }: AccessColumns): Float64Array {
  const sizes = new Float64Array(files);
  for (let row = 0; row < rows; row++) {
    if (bytes[row] > sizes[file[row]]) sizes[file[row]] = bytes[row];
  }
  return sizes;
}

/**
 * Sizes by file as far as they are known before pieces are merged: as stated, or the largest answer
 * with status 200, unless a byte range was larger, which shows that all those were broken off.
 */
function knownSizes(rows: AccessRows, found: AccessColumns): Float64Array {
  const { files } = rows;
  const sizes = new Float64Array(files.length);
  const ranges = new Float64Array(files.length);
  for (let row = 0; row < found.rows; row++) {
    const by = found.status[row] === 206 ? ranges : sizes;
    by[found.file[row]] = Math.max(by[found.file[row]], found.bytes[row]);
  }
  for (let file = 0; file < sizes.length; file++) {
    const stated = files.size(file);
    const isKnown = sizes[file] > 0 && sizes[file] >= ranges[file];
    if (!Number.isNaN(stated)) sizes[file] = stated;
    else if (!isKnown) sizes[file] = Number.NaN;
  }
  return sizes;
}
