import type { Chart } from "../report/charts/chart.ts";
import { chartTheme, exportTheme } from "../report/charts/theme.ts";
import { formatValue } from "../report/format.ts";
import { html } from "../report/html.ts";
import { policyStyles } from "../report/policy-style.ts";
import { dataTable } from "../report/sections/data-table.ts";
import { figures as figureSection } from "../report/sections/figures.ts";
import type { ChartThemes } from "../report/shell/drawing.ts";
import { pageShell } from "../report/shell/page-shell.ts";
import { COLOURS } from "../report/theme.ts";
import type { Figures } from "./benchmark.ts";
import type { Machine } from "./machine.ts";
import type { ScalePoint } from "./scale.ts";

interface ScaleFound {
  readonly machine: Machine;
  readonly points: readonly ScalePoint[];
  readonly figures: Figures;
}

const STYLES = policyStyles({ policies: ["customers", "volunteers", "all"], baseline: null });

/** What `npm run bench -- --only scale` found, as a page that needs nothing else. */
export function scalePage({ machine, points, figures }: ScaleFound): string {
  const charts = [
    costChart(points, { id: "seconds", title: "Time", unit: "s", of: ({ seconds }) => seconds }),
    costChart(points, {
      ...{ id: "memory", title: "Memory", unit: "bytes" },
      of: ({ peakBytes }) => peakBytes,
    }),
  ];
  const theme = (mode: "light" | "dark") => ({
    ...chartTheme(STYLES, mode),
    legend: {
      orient: "top" as const,
      labelColor: COLOURS[mode].ink,
      labelFontSize: 12,
      offset: 22,
    },
  });
  const themes: ChartThemes = {
    ...{ light: theme("light"), dark: theme("dark"), saved: exportTheme(STYLES) },
  };
  const { processor, cores, system, node } = machine;
  return pageShell({
    name: "scale",
    title: "Ten and a hundred times as many",
    origin: html`mirrorlab benchmark <b>scale</b>`,
    lead: `What experiments/scale.yaml costs as it grows: ${processor}, ${cores} cores, ${system}, Node ${node}.`,
    answer: null,
    sections: [
      figureSection(charts),
      dataTable({ title: "Exponents", ...exponentRows(points, figures) }),
      dataTable({ title: "Runs", ...runRows(points) }),
      dataTable({ title: "Memory for each", ...memoryRows(figures) }),
    ],
    drawing: { charts, cells: themes, series: themes, filtered: [] },
  });
}

interface Cost {
  readonly id: string;
  readonly title: string;
  readonly unit: "s" | "bytes";
  readonly of: (point: ScalePoint) => number;
}

/** A cost along the factor, both on logarithmic axes: a straight line is a power law. */
function costChart(points: readonly ScalePoint[], { id, title, unit, of }: Cost): Chart {
  const values = points.map((point) => ({
    grows: point.axis,
    factor: point.factor,
    cost: unit === "bytes" ? of(point) / 1e6 : of(point),
  }));
  const axisTitle = unit === "bytes" ? "MB at the most" : "seconds of the processor";
  return {
    id,
    title,
    caption:
      `${title} of one run along the factor by which customers, volunteers or both grow. Both axes ` +
      "are logarithmic: a line that rises by one decade in one is linear growth.",
    isLabelled: true,
    spec: {
      ...{ width: "container", height: 300, data: { values } },
      description: `${title} at each size: ${points.map((point) => `${point.axis} ×${point.factor} ${formatValue(of(point), unit)}`).join(", ")}.`,
      mark: { type: "line", point: true },
      encoding: {
        x: { field: "factor", type: "quantitative", scale: { type: "log" }, title: "factor" },
        y: { field: "cost", type: "quantitative", scale: { type: "log" }, title: axisTitle },
        color: { field: "grows", type: "nominal", title: null, sort: null },
      },
    },
  };
}

function exponentRows(points: readonly ScalePoint[], figures: Figures) {
  const axes = [...new Set(points.map(({ axis }) => axis))];
  const shown = (key: string) => figures[key].toFixed(2);
  return {
    reading:
      "Of cost ∝ factor^exponent, by least squares on logarithms; behind it from ×10 to ×100 alone.",
    columns: ["what grows", "time", "from ×10", "memory", "from ×10"],
    rows: axes.map((axis) => [
      axis,
      shown(`scale.${axis}.timeExponent`),
      shown(`scale.${axis}.timeLastExponent`),
      shown(`scale.${axis}.memoryExponent`),
      shown(`scale.${axis}.memoryLastExponent`),
    ]),
  };
}

function runRows(points: readonly ScalePoint[]) {
  return {
    columns: ["what grows", "customers", "volunteers", "requests", "events", "time", "memory"],
    rows: points.map((point) => [
      `${point.axis} ×${point.factor}`,
      ...[point.customers, point.volunteers, point.requests, point.events].map((count) =>
        count.toLocaleString("en"),
      ),
      formatValue(point.seconds, "s"),
      formatValue(point.peakBytes, "bytes"),
    ]),
  };
}

function memoryRows(figures: Figures) {
  const prefix = "scale.bytesPer";
  return {
    columns: ["one more", "bytes"],
    rows: Object.entries(figures)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, bytes]) => [key.slice(prefix.length), bytes.toFixed(0)]),
  };
}
