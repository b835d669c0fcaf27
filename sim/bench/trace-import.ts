import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "../engine/assert.ts";
import { common } from "../workload/import/formats/common.ts";
import { importTrace, MERGE_WITHIN } from "../workload/import/import-trace.ts";
import { readTrace } from "../workload/trace/compiled/read.ts";
import { writeTrace } from "../workload/trace/compiled/write.ts";
import type { Trace } from "../workload/trace/trace.ts";
import { writeCombinedLog } from "./combined-log.ts";

/** Rows for each second of the processor, all threads of the process together. */
export interface TraceImportRates {
  /** Lines of a plain Combined log, to a compiled file. */
  readonly importLines: number;
  /** Rows of a compiled trace, read from a file with its checksums. */
  readonly readRows: number;
  /** Rows of a compiled trace, read likewise and each column of each row looked at. */
  readonly scanRows: number;
}

/** Measures import and replay of `lines` lines; to make them takes about as long. */
export async function traceImportRates(lines = 2_000_000): Promise<TraceImportRates> {
  const folder = mkdtempSync(join(tmpdir(), "trace-import-"));
  try {
    const log = join(folder, "access.log");
    const handle = openSync(log, "w");
    writeCombinedLog(handle, lines);
    closeSync(handle);
    const compiled = join(folder, "trace.mlt");
    const importLines = await rateOf(async () => {
      writeTrace(compiled, await importLog(log));
      return lines;
    });
    const readRows = await rateOf(() => rowsOf(readTrace(compiled)));
    const scanRows = await rateOf(() => scannedRows(readTrace(compiled)));
    return { importLines, readRows, scanRows };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function importLog(path: string): Promise<Trace> {
  const options = { format: common, as: null, catalogues: [], maxBad: 0, key: null };
  return (await importTrace([path], { ...options, mergeWithin: MERGE_WITHIN })).trace;
}

/** Rows a second, of the best of a few times: the first ones are those of the compiler. */
async function rateOf(work: () => number | Promise<number>): Promise<number> {
  let best = 0;
  for (let time = 0; time < TIMES; time++) {
    const start = process.cpuUsage();
    const rows = await work();
    best = Math.max(best, rows / secondsSince(start));
  }
  return best;
}

const TIMES = 4;

/** Looks at every row as a simulation does. */
function scannedRows(trace: Trace): number {
  if (trace.kind !== "access") return 0;
  const { requests, time, customer, file, bytes } = trace.requests;
  let sum = 0;
  for (let row = 0; row < requests; row++)
    sum += time[row] + customer[row] + file[row] + bytes[row];
  assert(sum > 0, "no row was looked at");
  return requests;
}

function rowsOf(trace: Trace): number {
  return trace.kind === "access" ? trace.requests.requests : trace.syncs;
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
