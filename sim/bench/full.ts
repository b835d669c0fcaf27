import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const EXPERIMENT = "experiments/full.yaml";
const TRACE = { recipe: "traces/full-10day.yaml", folder: "traces/full-10day" };

/** Milliseconds between looks at the memory. */
const LOOK = 100;

/** Seconds from the command to the report of the whole trace on one core, and bytes at the most. */
export async function full(): Promise<Record<string, number>> {
  if (!existsSync(join(ROOT, EXPERIMENT))) {
    console.error(`skipped: no ${EXPERIMENT}`);
    return {};
  }
  if (!existsSync(join(ROOT, TRACE.folder, "requests.mlt"))) {
    const args = ["bin/sim.js", "trace", "synth", TRACE.recipe, "--out", TRACE.folder];
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
  }
  const out = mkdtempSync(join(tmpdir(), "full-"));
  try {
    const start = performance.now();
    const args = ["bin/sim.js", "run", EXPERIMENT, "--jobs", "1", "--quiet", "--out", out];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
    let peak: number | undefined;
    const looks = setInterval(() => {
      peak = peakBytes(child.pid ?? 0) ?? peak;
    }, LOOK);
    const [code] = await once(child, "close");
    clearInterval(looks);
    if (code !== 0) throw new Error(`${EXPERIMENT} ended with code ${code}`);
    const seconds = (performance.now() - start) / 1000;
    return { "full.seconds": seconds, ...(peak !== undefined && { "full.peakBytes": peak }) };
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** The most that a process has had in memory so far; undefined but on Linux, or when it is gone. */
function peakBytes(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : 1024 * Number(kilobytes);
  } catch {
    return undefined;
  }
}
