/**
 * Runs so many even requests in the system of `experiments/scale.yaml`, leaves the tables given as Parquet,
 * and prints what it took: arguments in that order, tables separated by commas.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFiles } from "../outcome/run-tables.ts";
import { TABLE_NAMES } from "../rows/tables.ts";
import { inlineMore } from "../runner/inlining.ts";
import { RunParts } from "../runner/run-store/run-parts.ts";
import { evenWorkload } from "./even-workload.ts";
import { scaleSetting } from "./scale-setting.ts";

const FILES = 1000;
const CUSTOMERS = 100_000;

inlineMore();
const [requests, typed = ""] = process.argv.slice(2);
const tables = TABLE_NAMES.filter((name) => typed.split(",").includes(name));
const setting = await scaleSetting("customers 10");
const workload = evenWorkload({
  ...{ files: FILES, customers: CUSTOMERS, requests: Number(requests), atOnce: false },
});
const folder = mkdtempSync(join(tmpdir(), "rows-"));
try {
  const start = process.cpuUsage();
  let bytes = 0;
  if (tables.length === 0) setting.run(workload);
  else bytes = withRows();
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const peakBytes = 1024 * process.resourceUsage().maxRSS;
  console.log(`\n${JSON.stringify({ seconds, peakBytes, bytes })}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs it and puts its tables together; returns the bytes of their files. */
function withRows(): number {
  const wanted = { folder, key: "0".repeat(64), tables };
  const parts = new RunParts(wanted);
  setting.run(workload, { rows: parts.sinks });
  parts.keep();
  parts.close();
  const { cell } = setting;
  const experiment = {
    ...setting.experiment,
    measure: { ...setting.experiment.measure, rows: tables },
  };
  const shelf = { partsOf: () => wanted };
  let bytes = 0;
  for (const [name, write] of tableFiles({ experiment, all: [{ cell, runs: [0] }], shelf }, [
    "parquet",
  ])) {
    const path = join(folder, name);
    write(path);
    bytes += statSync(path).size;
  }
  return bytes;
}
