/** Runs the experiment given from its file to its report, on one thread, and prints what it took. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The threads of an experiment start from what is built, and so does this.
const dist = new URL("../../dist/outcome/", import.meta.url);
const compute: typeof import("../outcome/compute-runs.ts") = await import(
  new URL("compute-runs.js", dist).href
);
const perform: typeof import("../outcome/perform.ts") = await import(
  new URL("perform.js", dist).href
);

const out = mkdtempSync(join(tmpdir(), "full-"));
try {
  const start = performance.now();
  const options = { overrides: {}, out, force: true };
  const prepared = await compute.prepare(process.argv[2], options);
  const read = performance.now();
  const computed = await compute.computePrepared(prepared, 1, {});
  const ran = performance.now();
  await perform.keepRun(computed, { out, charts: [], rowFormats: [] });
  const end = performance.now();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const phases = {
    seconds: (end - start) / 1000,
    readSeconds: (read - start) / 1000,
    runSeconds: (ran - read) / 1000,
    reportSeconds: (end - ran) / 1000,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakBytes: 1024 * maxRSS,
  };
  console.log(`\n${JSON.stringify(phases)}`);
} finally {
  rmSync(out, { recursive: true });
}
