import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Figures } from "./benchmark.ts";
import { machine } from "./machine.ts";
import { exponentOf } from "./power-law.ts";
import { memoryGrowth } from "./scale-memory.ts";
import { scalePage } from "./scale-page.ts";
import { figuresOf } from "./script.ts";

const AXES = ["customers", "volunteers", "all"] as const;
const FACTORS = [1, 10, 100] as const;

/** What grows, by each factor. */
export const scalePoints = AXES.flatMap((axis) => FACTORS.map((factor) => ({ axis, factor })));

/** One run of `experiments/scale.yaml`. */
export interface ScalePoint {
  readonly axis: (typeof AXES)[number];
  readonly factor: number;
  readonly customers: number;
  readonly volunteers: number;
  readonly requests: number;
  readonly events: number;
  /** Of the run: that of the same one in `npx sim run experiments/scale.yaml`. */
  readonly fingerprint: string;
  /** Of the processor, from the workload to the results. */
  readonly seconds: number;
  readonly peakBytes: number;
}

const OUT = fileURLToPath(new URL("../../results/bench/", import.meta.url));

/**
 * The cost of `experiments/scale.yaml` at each size, in processes of their own, and the exponents of
 * its growth. It leaves `results/bench/scale.html`, a page with charts, and `scale.json`.
 */
export async function scale(): Promise<Figures> {
  const one = (await figuresOf("scale-run.ts", "one")) as unknown as Cost;
  const points: ScalePoint[] = [];
  for (const { axis, factor } of scalePoints) {
    const cost = factor === 1 ? one : await figuresOf("scale-run.ts", `${axis} ${factor}`);
    points.push({ axis, factor, ...(cost as unknown as Cost) });
  }
  const figures = { ...exponents(points), ...(await memoryGrowth()) };
  mkdirSync(OUT, { recursive: true });
  const found = { machine: machine(), points, figures };
  writeFileSync(`${OUT}scale.json`, `${JSON.stringify(found, null, 2)}\n`);
  writeFileSync(`${OUT}scale.html`, scalePage(found));
  console.error(`  page: ${OUT}scale.html`);
  return figures;
}

type Cost = Omit<ScalePoint, "axis" | "factor">;

/** For each axis the exponents of seconds and bytes: over all sizes, and over the last step alone. */
function exponents(points: readonly ScalePoint[]): Figures {
  const figures: Record<string, number> = {};
  for (const axis of AXES) {
    const of = points.filter((point) => point.axis === axis);
    const add = (what: string, cost: (point: ScalePoint) => number) => {
      const fit = (some: readonly ScalePoint[]) =>
        exponentOf(
          some.map(({ factor }) => factor),
          some.map(cost),
        );
      figures[`scale.${axis}.${what}Exponent`] = fit(of);
      figures[`scale.${axis}.${what}LastExponent`] = fit(of.slice(-2));
    };
    add("time", ({ seconds }) => seconds);
    add("memory", ({ peakBytes }) => peakBytes);
    const last = of[of.length - 1];
    figures[`scale.${axis}.seconds`] = last.seconds;
    figures[`scale.${axis}.peakBytes`] = last.peakBytes;
  }
  return figures;
}
