import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { assert } from "../engine/assert.ts";
import { formatNamed } from "../workload/import/detect-log.ts";
import { importTrace, MERGE_WITHIN } from "../workload/import/import-trace.ts";
import { readTrace } from "../workload/trace/compiled/read.ts";
import { writeTrace } from "../workload/trace/compiled/write.ts";
import { exportTrace } from "../workload/trace/export/export-trace.ts";
import type { Trace } from "../workload/trace/trace.ts";
import { writeCombinedLog } from "./combined-log.ts";

const LINES = 500_000;

interface Inputs {
  readonly log: string;
  readonly compiled: string;
  readonly csv: string;
}

/** Rows for each second of the processor, all threads of the process together. */
export async function trace(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "trace-"));
  try {
    return await ratesOf(await inputsIn(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function inputsIn(folder: string): Promise<Inputs> {
  const log = join(folder, "access.log");
  const handle = openSync(log, "w");
  writeCombinedLog(handle, LINES);
  closeSync(handle);
  const compiled = join(folder, "trace.mlt");
  const csv = join(folder, "trace.csv");
  const trace = await imported(log, "common");
  writeTrace(compiled, trace);
  exportTrace(csv, trace);
  return { log, compiled, csv };
}

async function ratesOf({ log, compiled, csv }: Inputs): Promise<Record<string, number>> {
  const byLog = await rateOf(async () => {
    await imported(log, "common");
    return LINES;
  });
  const byCsv = await rateOf(async () => rowsOf(await imported(csv, "mirrorlab-access")));
  const byParser = await rateOf(() => parse(readFileSync(csv)).length - 1);
  const read = await rateOf(() => rowsOf(readTrace(compiled)));
  const scan = await rateOf(() => scannedRows(readTrace(compiled)));
  return {
    "trace.import.linesPerSecond": byLog,
    "trace.csv.rowsPerSecond": byCsv,
    "trace.read.rowsPerSecond": read,
    "trace.scan.rowsPerSecond": scan,
    "trace.csv.byCsvParsePerSecond": byParser,
    "trace.import.overCsvParse": byLog / byParser,
    "trace.csv.overCsvParse": byCsv / byParser,
    "trace.scan.overCsvParse": scan / byParser,
  };
}

async function imported(path: string, format: string): Promise<Trace> {
  const options = { format: formatNamed(format), as: null, catalogues: [], maxBad: 0, key: null };
  return (await importTrace([path], { ...options, mergeWithin: MERGE_WITHIN })).trace;
}

async function rateOf(work: () => number | Promise<number>): Promise<number> {
  const start = process.cpuUsage();
  const rows = await work();
  const { user, system } = process.cpuUsage(start);
  return (1e6 * rows) / (user + system);
}

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
