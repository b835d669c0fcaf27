import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Metric } from "../../metrics/metric.ts";

/** Of the package: `sim/` stands beside what it was built to, unless it is an installed one. */
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Where the metric's name is given its value, as `path:line` from the package's folder: in the source
 * where that is there, and in what was built of it.
 */
export function sourceLines(metric: Pick<Metric, "name" | "source">, root = ROOT): string[] {
  const built = metric.source.replace(/\.ts$/, ".js");
  return [`sim/${metric.source}`, `dist/${built}`].flatMap((path) => {
    const file = `${root}${path}`;
    if (!existsSync(file)) return [];
    const line = lineOf(readFileSync(file, "utf8"), metric.name);
    return [line === null ? path : `${path}:${line}`];
  });
}

/** Number of the first line that gives the name a value; null without one. */
function lineOf(text: string, name: string): number | null {
  const at = text.split("\n").findIndex((line) => line.includes(`"${name}":`));
  return at < 0 ? null : at + 1;
}
