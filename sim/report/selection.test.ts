import { test } from "uvu";
import * as assert from "uvu/assert";
import { filteredCells, filterGroups } from "./filter-groups.ts";
import { highlights } from "./highlights.ts";
import { policyStyles, seriesStyles } from "./policy-style.ts";
import { only, onPage, shownAtFirst } from "./selection.ts";
import { crowdedReport, exampleReport, variedReport } from "./testing.ts";

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${name} ${at}`);

test("a plain report shows all of its policies, and filters by them", () => {
  const data = exampleReport();
  assert.equal(shownAtFirst(data), data.policies);
  assert.equal(
    filterGroups(data).map(({ name, choices }) => [name, choices.length]),
    [["Policies", 5]],
  );
  assert.equal(filteredCells(data)[1], { label: "random", choices: ["random"] });
});

test("of many cells those at the first levels are shown at first", () => {
  const data = variedReport();
  const first = data.policies.filter((label) => label.startsWith("interval 1 min + crowd small"));
  assert.equal(shownAtFirst(data), first);
  const [, interval, crowd] = filterGroups(data);
  assert.equal(
    interval?.choices.map(({ value, isShown }) => [value, isShown]),
    [
      ["1 min", true],
      ["1 h", false],
    ],
  );
  assert.is(crowd?.name, "crowd");
  assert.equal(filteredCells(data).at(-1)?.choices, ["tracker-informed", "1 h", "large"]);
});

test("of many policies the baseline, those that the answer names and one's own stand out", () => {
  const data = crowdedReport(); // It names tracker-informed and least-loaded.
  const { answerTable: _, ...alone } = data;
  // The fourth is the next in the bytes of the server: they are never fewer.
  assert.equal(highlights(alone), [
    ...["origin-only", "round-robin", "least-loaded", "tracker-informed"],
  ]);
  assert.equal(shownAtFirst(alone), highlights(alone));
  const own = highlights({ ...alone, own: ["other-5"] });
  assert.equal(own, ["origin-only", "least-loaded", "tracker-informed", "other-5"]);
  assert.equal(filterGroups(data)[0]?.choices.filter(({ isShown }) => isShown).length, 4);
});

test("those that the answer names are never grey, however many; their rivals up to the limit", () => {
  const data = crowdedReport();
  const named = data.policies.slice(1, 11);
  assert.equal(highlights({ ...data, named }), data.policies.slice(0, 11));
  const [row] = data.answerTable;
  const rivals = data.policies.slice(3);
  const answerTable = row === undefined ? [] : [{ ...row, rivals }];
  const shown = highlights({ ...data, named: ["random"], answerTable });
  // Eight can be told apart: the baseline, the one named, and the first six rivals.
  assert.equal(shown, ["origin-only", "random", ...rivals.slice(0, 6)]);
});

test("where levels vary, the policies of the cells named stand out", () => {
  const data = variedReport();
  const policies = Array.from({ length: 9 }, (_, at) => `policy-${at}`);
  const cells = policies.map((policy) => ({
    label: `interval 1 h + ${policy}`,
    policy,
    levels: [],
  }));
  const labels = cells.map(({ label }) => label);
  const shown = highlights({
    ...{ ...data, policies: labels, baseline: null, metrics: [], answerTable: [] },
    ...{ named: [labels[8] ?? ""], variation: { axes: [], cells } },
  });
  assert.ok(shown.includes("policy-8"));
  assert.is(shown.length, 4);
});

test("those that stand out have colours of their own", () => {
  const data = crowdedReport();
  const styles = policyStyles(data).filter(({ isFaint }) => !isFaint);
  assert.is(new Set(styles.map(({ colour }) => colour.light)).size, styles.length);
});

test("a few cells are all shown", () => {
  const data = only(variedReport(["1 min"], ["small"]), variedReport().policies);
  assert.is(shownAtFirst(data).length, 5);
});

test("more cells than a page can hold are left out of it one by one, and so is their choice", () => {
  const data = variedReport(numbered("i", 8), numbered("c", 4)); // 8 · 4 · 5 = 160 cells
  const page = onPage(data);
  assert.is(page.policies.length, 5);
  assert.is(page.delay.length, 5 * 199);
  assert.equal(
    filterGroups(data).map(({ name }) => name),
    ["Policies"],
  );
  assert.equal(filteredCells(data)[0]?.choices, ["origin-only"]);
  assert.is(onPage(variedReport()).policies.length, 20);
});

test("colours tell policies, strokes tell levels, and baselines are neutral", () => {
  const data = variedReport();
  const series = seriesStyles(data);
  const styles = policyStyles(data);
  assert.equal(
    series.map(({ policy }) => policy),
    exampleReport().policies,
  );
  for (const [at, { colour, dash }] of styles.entries()) {
    assert.equal(colour, series[at % 5]?.colour);
    assert.equal(dash, styles[at - (at % 5)]?.dash);
  }
  assert.is(new Set(styles.map(({ colour, dash }) => JSON.stringify([colour, dash]))).size, 20);
  assert.equal(series[0]?.colour, policyStyles(exampleReport())[0]?.colour);
});

test.run();
