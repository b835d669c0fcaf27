import { extent } from "d3-array";
import type { TopLevelSpec } from "vega-lite";
import { COLOURS } from "../report/theme.ts";
import type { Case } from "./measure.ts";

/** Digits that a reader can tell apart in a chart. */
const DIGITS = 5;

/**
 * Predicted against measured, both logarithmic: a case on the line is predicted exactly, one above it
 * is predicted too large. The naive model stands behind in grey.
 */
export function scatter(name: string, unit: string, cases: readonly Case[]): TopLevelSpec {
  const drawn = cases.filter((point) => point.measured > 0 && point.simulated > 0);
  const values = drawn.flatMap(({ scenario, measured, simulated, naive }) => [
    ...(naive > 0 ? [point(scenario, "naive", measured, naive)] : []),
    point(scenario, "model", measured, simulated),
  ]);
  const [least = 1, most = 1] = extent(values.flatMap((row) => [row.measured, row.predicted]));
  const log = { type: "log" as const, domain: [least, most], nice: false };
  const { accent, quiet } = COLOURS.light;
  const x = {
    field: "measured",
    type: "quantitative" as const,
    scale: log,
    title: `measured, ${unit}`,
  };
  const y = {
    field: "predicted",
    type: "quantitative" as const,
    scale: log,
    title: `predicted, ${unit}`,
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 340,
    height: 340,
    description: `Predicted against measured ${unit} of ${drawn.length} cases of ${name}.`,
    layer: [
      {
        data: { values: [{ at: least }, { at: most }] },
        mark: { type: "line", color: quiet, strokeWidth: 1, tooltip: null },
        encoding: {
          x: { field: "at", type: "quantitative", scale: log },
          y: { field: "at", type: "quantitative", scale: log },
        },
      },
      {
        data: { values },
        mark: { type: "point", size: 18, filled: true },
        encoding: {
          x,
          y,
          color: {
            field: "by",
            type: "nominal",
            scale: { domain: ["model", "naive"], range: [accent, "#b9bec6"] },
            title: null,
            legend: { orient: "top-left", symbolOpacity: 1 },
          },
          opacity: { condition: { test: "datum.by === 'model'", value: 0.75 }, value: 0.4 },
          tooltip: [
            { field: "scenario", type: "nominal" },
            { field: "by", type: "nominal" },
            { field: "measured", type: "quantitative" },
            { field: "predicted", type: "quantitative" },
            { field: "error", type: "quantitative" },
          ],
        },
      },
    ],
  };
}

function point(scenario: string, by: "model" | "naive", measured: number, predicted: number) {
  return {
    scenario,
    by,
    measured: rounded(measured),
    predicted: rounded(predicted),
    error: rounded(Math.abs(Math.log(predicted / measured))),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
