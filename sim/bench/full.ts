import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figures } from "./benchmark.ts";
import { figuresOf } from "./script.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TRACE = "traces/full-10day/requests.mlt";
const MAKE = "bin/sim.js trace synth traces/full-10day.yaml --out traces/full-10day".split(" ");

/**
 * Seconds from the compiled trace to the report of the whole ten days, phase by phase, and the most
 * memory; likewise of the thirty-five days of synchronisation. One thread simulates; the processor's
 * seconds count the collector's threads as well.
 */
export async function full(): Promise<Figures> {
  const figures: Record<string, number> = {};
  const add = async (name: string, experiment: string) => {
    const found = await figuresOf("full-run.ts", `experiments/${experiment}`);
    for (const [key, value] of Object.entries(found)) figures[`${name}.${key}`] = value;
  };
  if (!existsSync(join(ROOT, TRACE))) execFileSync(process.execPath, MAKE, { cwd: ROOT });
  await add("full", "full.yaml");
  await add("full.sync", "sync-full.yaml");
  return figures;
}
