import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Figures, isGrowth } from "./benchmark.ts";

const FILE = fileURLToPath(new URL("../../results/baselines/bench.json", import.meta.url));

/** A ratio may be worse than the accepted one by this share. */
const TOLERATED = 0.25;

/** Ratios of the last accepted run. */
export function readBaseline(): Figures {
  return (JSON.parse(readFileSync(FILE, "utf8")) as { readonly ratios: Figures }).ratios;
}

/** Accepts these ratios; those of benchmarks that were not run stay. */
export function acceptBaseline(ratios: Figures): void {
  const all = { ...readBaseline(), ...ratios };
  const sorted = Object.keys(all).sort();
  const rounded = sorted.map((key) => [key, Number(all[key].toPrecision(4))]);
  writeFileSync(FILE, `${JSON.stringify({ ratios: Object.fromEntries(rounded) }, null, 2)}\n`);
}

/** What has become worse than was accepted, a line each. What was not measured is not judged. */
export function worsened(ratios: Figures, accepted: Figures): string[] {
  return Object.entries(ratios).flatMap(([key, found]) => {
    const expected = accepted[key];
    if (expected === undefined) return [];
    const worse = isGrowth(key) ? found / expected - 1 : 1 - found / expected;
    if (worse <= TOLERATED) return [];
    const percent = Math.round(100 * worse);
    return [`${key}: expected ${shown(expected)}; got ${shown(found)}, ${percent} % worse`];
  });
}

function shown(ratio: number): string {
  return ratio.toPrecision(3);
}
