import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { comparePage } from "../../report/compare-page.ts";
import { writeInto } from "../results/write-into.ts";
import type { RunComparison } from "./compare-runs.ts";
import { comparisonData } from "./comparison-data.ts";

/**
 * Writes the page of a comparison into `out/compare/`, named by the runs and their fingerprints.
 *
 * @returns its path.
 */
export function writeComparison(out: string, comparisons: readonly RunComparison[]): string {
  const runs = [comparisons[0].before, ...comparisons.map(({ after }) => after)];
  const told = runs.map(({ folder, manifest }) => `${folder} ${manifest.fingerprint}`).join("\n");
  const name = createHash("sha256").update(told).digest("hex").slice(0, 12);
  const folder = join(out, "compare");
  mkdirSync(folder, { recursive: true });
  const page = comparePage(comparisonData(`compare-${name}`, comparisons));
  writeInto(folder, new Map([[`${name}.html`, page]]));
  return join(folder, `${name}.html`);
}
