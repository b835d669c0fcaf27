import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse, View } from "vega";
import { compile } from "vega-lite";
import { seriesStyles } from "../policy-style.ts";
import type { ReportData } from "../report-data.ts";
import { exampleReport, variedReport } from "../testing.ts";
import { alongAxisCharts } from "./along-axis.ts";
import { fitted } from "./panels.ts";

const chartOf = (data: ReportData) => alongAxisCharts(data, seriesStyles(data))[0];

interface Panel {
  readonly title?: readonly string[];
  readonly encoding: { readonly x: { readonly scale: { readonly type: string } } };
  readonly layer: readonly { readonly encoding: { readonly y: { readonly scale: object } } }[];
}
function panelsOf(data: ReportData): readonly Panel[] {
  const chart = chartOf(data);
  if (chart === undefined) throw new Error("no chart");
  return (chart.spec as unknown as { readonly concat: readonly Panel[] }).concat;
}

test("an axis of numbers has a panel for each metric and level of the other axis", () => {
  const panels = panelsOf(variedReport());
  assert.is(panels.length, 6 * 2); // Metrics, crowds.
  assert.equal(
    panels.slice(0, 2).map(({ title }) => title),
    [["crowd small"], ["crowd large"]],
  );
  assert.is(chartOf(variedReport())?.columns, 2);
});

test("panels of one metric have one scale", () => {
  const [small, large] = panelsOf(variedReport());
  assert.equal(small?.layer[0]?.encoding.y.scale, large?.layer[0]?.encoding.y.scale);
});

test("the axis is logarithmic from a factor above 30", () => {
  const typeOf = (numbers: readonly number[]) => {
    const data = variedReport();
    const axes = (data.variation?.axes ?? []).map((axis) => ({
      ...axis,
      numbers: axis.numbers && numbers,
    }));
    const cells = data.variation?.cells ?? [];
    return panelsOf({ ...data, variation: { axes, cells } })[0]?.encoding.x.scale.type;
  };
  assert.is(typeOf([2, 60]), "linear");
  assert.is(typeOf([2, 61]), "log");
  assert.is(typeOf([0, 61]), "linear"); // Zero has no logarithm.
});

test("it compiles and draws at any width, narrow ones with fewer panels beside each other", async () => {
  const chart = chartOf(variedReport(["1 min", "1 h"], ["a", "b", "c"]));
  assert.ok(chart);
  for (const [width, columns] of [
    [760, 3],
    [400, 2],
    [100, 1],
  ] as const) {
    const spec = fitted(chart, width) as ReturnType<typeof fitted> & { readonly columns: number };
    assert.is(spec.columns, columns);
    assert.not.match(JSON.stringify(spec), "container");
    const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
    assert.match(svg, "interval");
  }
});

test("a chart holds at most 16 panels, and says what it leaves out", () => {
  const crowds = Array.from({ length: 20 }, (_, at) => `c${at}`);
  const data = variedReport(["1 min", "1 h"], crowds);
  assert.is(panelsOf(data).length, 16);
  assert.match(chartOf(data)?.caption ?? "", "The first 16 of 20 combinations");
});

test("there is no chart without an axis of numbers, nor of metrics that never differ", () => {
  assert.is(chartOf(exampleReport()), undefined);
  assert.is(chartOf({ ...variedReport(), metrics: [] }), undefined);
});

test.run();
