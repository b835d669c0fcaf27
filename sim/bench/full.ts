import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Figures } from "./benchmark.ts";
import { figuresOf } from "./script.ts";

const TRACE = fileURLToPath(new URL("../../traces/full-10day/requests.mlt", import.meta.url));
const MAKE = "npx sim trace synth traces/full-10day.yaml --out traces/full-10day";

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
  if (existsSync(TRACE)) await add("full", "full.yaml");
  else console.error(`  skipped: no trace; make it with: ${MAKE}`);
  await add("full.sync", "sync-full.yaml");
  return figures;
}
