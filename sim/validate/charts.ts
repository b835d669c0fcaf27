import { extent } from "d3-array";
import type { TopLevelSpec } from "vega-lite";
import { COLOURS } from "../report/theme.ts";
import type { Case } from "./measure.ts";

/** Digits that a reader can tell apart in a chart. */
const DIGITS = 5;

/** Pixels of each side of the square. */
const SIDE = 340;

/** The band around the line: predictions off by a factor of up to this. */
const BAND = 1.2;

const { accent, ink, quiet, worse } = COLOURS.light;

/** Grey enough to stand back, dark enough to be seen. */
const NAIVE = "#8f98a3";

/**
 * Predicted against measured, both logarithmic: a case on the line is predicted exactly, one above it
 * is predicted too large, one in the band is off by 20 % at most. The naive model stands behind in
 * grey, and the worst case has a ring.
 */
export function scatter(name: string, unit: string, cases: readonly Case[]): TopLevelSpec {
  const drawn = cases.filter(({ measured, simulated }) => measured > 0 && isDrawable(simulated));
  const model = drawn.map((one) => point(one, one.simulated));
  const naive = drawn.filter((one) => isDrawable(one.naive)).map((one) => point(one, one.naive));
  const worst = model.toSorted((a, b) => b.error - a.error).slice(0, 1);
  const [least, most] = domain([...model, ...naive]);
  const axis = (title: string) => ({
    title: `${title}, ${unit}`,
    type: "quantitative" as const,
    scale: { type: "log" as const, domain: [least, most], nice: false },
    axis: {
      format: unit === "seconds" ? "~g" : "~s",
      tickCount: 5,
      labelOverlap: true,
      gridOpacity: 0.5,
    },
  });
  const x = { field: "measured", ...axis("measured") };
  const y = { field: "predicted", ...axis("predicted") };
  const ends = [least, most].map((measured) => ({
    measured,
    predicted: measured,
    low: measured / BAND,
    high: measured * BAND,
  }));
  const marks = (values: readonly object[], legend: string, filled: boolean) => ({
    data: { values },
    mark: { type: "point" as const, size: 16, filled, strokeWidth: 0.7, clip: true },
    encoding: {
      x,
      y,
      color: {
        datum: legend,
        type: "nominal" as const,
        scale: { domain: ["model", "naive"], range: [accent, NAIVE] },
        title: null,
        legend: { orient: "top-left" as const, symbolOpacity: 1, symbolType: "circle" },
      },
      opacity: { value: filled ? 0.7 : 0.8 },
      tooltip: ["scenario", "measured", "predicted", "error"].map((field) => ({ field })),
    },
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: SIDE,
    height: SIDE,
    background: "transparent",
    description: `Predicted against measured ${unit} of ${drawn.length} cases of ${name}.`,
    layer: [
      {
        data: { values: ends },
        mark: { type: "area", color: quiet, opacity: 0.14, tooltip: null, clip: true },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
      },
      {
        data: { values: ends },
        mark: { type: "line", color: ink, strokeWidth: 1, tooltip: null, clip: true },
        encoding: { x, y },
      },
      marks(naive, "naive", false),
      marks(model, "model", true),
      {
        data: { values: worst },
        mark: { type: "point", size: 160, filled: false, color: worse, strokeWidth: 1.5 },
        encoding: { x, y },
      },
    ],
  };
}

function isDrawable(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}

interface Point {
  readonly scenario: string;
  readonly measured: number;
  readonly predicted: number;
  readonly error: number;
}

function point({ scenario, measured }: Case, predicted: number): Point {
  return {
    scenario,
    measured: rounded(measured),
    predicted: rounded(predicted),
    error: rounded(Math.abs(Math.log(predicted / measured))),
  };
}

/** From the least to the most of what is drawn, with a little room on either side. */
function domain(points: readonly Point[]): [number, number] {
  const [least = 1, most = 1] = extent(points.flatMap((one) => [one.measured, one.predicted]));
  return [rounded(least / BAND), rounded(most * BAND)];
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
