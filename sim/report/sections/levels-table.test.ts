import { test } from "uvu";
import * as assert from "uvu/assert";
import { exampleReport, variedReport } from "../testing.ts";
import { levelsTable } from "./levels-table.ts";

const markup = (data: ReturnType<typeof exampleReport>) => levelsTable(data)?.markup ?? "";
const count = (text: string, part: string) => text.split(part).length - 1;

test("a metric has a column for each level and a row for what else varies", () => {
  const table = markup(variedReport());
  assert.match(table, "Results by crowd");
  assert.is(count(table, "<table"), 4);
  assert.is(count(table, "<tr data-series"), 4 * 2 * 5); // Metrics, intervals, policies.
  assert.is(count(table, '<th scope="col">small</th>'), 4);
  assert.match(table, "<small>interval 1 h</small>");
});

test("the best value has the strongest shade, the worst none", () => {
  const { variation, ...data } = variedReport(["1 min"]);
  const names = ["server.bytes", "requests.total"];
  const metrics = data.metrics.filter(({ name }) => names.includes(name));
  const table = markup({ ...data, metrics, ...(variation && { variation }) });
  const shades = [...table.matchAll(/--shade:(\d+)%/g)].map(([, shade]) => Number(shade));
  // Everything from the server is the worst, and somewhat more of it worse still.
  assert.is(Math.min(...shades), 0);
  assert.is(shades.indexOf(0), 1);
  assert.is(Math.max(...shades), 38);
});

test("where nothing else varies, metrics are the rows", () => {
  const data = variedReport(["1 min"]);
  const cells = (data.variation?.cells ?? []).filter(({ policy }) => policy === "random");
  const axes = (data.variation?.axes ?? []).slice(1);
  const words = cells.map((cell) => ({ ...cell, levels: cell.levels.slice(1) }));
  const table = markup({ ...data, variation: { axes, cells: words } });
  assert.is(count(table, "<table"), 1);
  assert.match(table, "delay.p95");
});

test("there is none without an axis of words", () => {
  assert.is(markup(exampleReport()), "");
  const data = variedReport();
  const axes = (data.variation?.axes ?? []).map((axis) => ({ ...axis, numbers: [1, 2] }));
  assert.is(markup({ ...data, variation: { axes, cells: data.variation?.cells ?? [] } }), "");
});

test.run();
