import { changesChart } from "./charts/changes.ts";
import { changesOverview } from "./charts/changes-overview.ts";
import type { ChangeRow, ComparedWith, ComparisonData } from "./comparison-data.ts";
import { differenceTexts, formatLevel, type IntervalTexts, intervalTexts } from "./format.ts";
import { type Html, html } from "./html.ts";
import { policyStyles } from "./policy-style.ts";
import { dataTable } from "./sections/data-table.ts";
import { figures } from "./sections/figures.ts";
import { policyThemes } from "./shell/drawing.ts";
import { pageShell } from "./shell/page-shell.ts";

const WORDS: Readonly<Record<ChangeRow["says"], string>> = {
  better: "✓ better",
  worse: "✗ worse",
  different: "◆ differs",
  unclear: "○ unclear",
  equal: "= equal",
  untested: "–",
};

/** The page of a comparison of runs: what differs in their settings, and what came of it. */
export function comparePage(data: ComparisonData): string {
  const charts = data.others.flatMap((other, at) => {
    const number = data.others.length === 1 ? null : at + 1;
    return [changesOverview(other, number), changesChart(other, number)].filter(
      (chart) => chart !== null,
    );
  });
  const themes = policyThemes(policyStyles({ policies: [], baseline: null }));
  return pageShell({
    name: data.name,
    title: `${data.before.title}: ${data.others.length + 1} runs compared`,
    origin: html`mirrorlab comparison`,
    lead: `What changed from ${data.before.folder} to ${data.others.map(({ folder }) => folder).join(", ")}?`,
    answer: data.answer,
    sections: [figures(charts), ...data.others.flatMap(tables), provenance(data)],
    drawing: { charts, cells: themes, series: themes, filtered: [] },
  });
}

function tables(other: ComparedWith): (Html | null)[] {
  const { folder, settings, changes, removed, added } = other;
  const only = [
    ...removed.map((label) => [label, "the first run"]),
    ...added.map((label) => [label, folder]),
  ];
  return [
    dataTable({
      title: `Settings that differ in ${folder}`,
      columns: ["setting", "first run", "here"],
      rows: settings.map(({ path, before, after }) => [
        path,
        before ?? "absent",
        after ?? "absent",
      ]),
    }),
    dataTable({
      title: `Changes in ${folder}`,
      reading:
        "Means with 95 % confidence intervals. The interval of a change has the level, in parentheses, " +
        "at which Holm's method decided it, and excludes zero just where the change is called better " +
        "or worse: all changes of the main metrics are one family, those of each other metric one of " +
        "its own (5 % each). Values that are equal in every run are left out.",
      columns: ["policy", "metric", "first run", "here", "change", "p, adjusted", "says"],
      rows: changes.filter(({ says }) => says !== "equal").map(changeRow),
    }),
    dataTable({ title: `Only in one of the two`, columns: ["cell", "in"], rows: only }),
  ];
}

function changeRow(change: ChangeRow): (string | Html)[] {
  const { policy, metric, unit, before, after, difference, pHolm, says, isPaired } = change;
  const shown = ({ mean, bounds }: IntervalTexts, level: number | null = null) => {
    const at = level === null ? "" : ` (${formatLevel(level)})`;
    return bounds === null
      ? html`<b>${mean}</b>`
      : html`<b>${mean}</b><span class="bounds">${bounds}${at}</span>`;
  };
  return [
    policy,
    metric,
    shown(intervalTexts(before, unit)),
    shown(intervalTexts(after, unit)),
    shown(differenceTexts(difference, unit), difference.level),
    pHolm === null
      ? "–"
      : `${pHolm < 0.001 ? "< 0.001" : pHolm.toFixed(3)}${isPaired ? ", paired" : ""}`,
    WORDS[says],
  ];
}

function provenance({ before, others }: ComparisonData): Html | null {
  return dataTable({
    title: "Where the runs come from",
    columns: ["run", "title", "fingerprint", "mirrorlab"],
    rows: [before, ...others].map(({ folder, title, fingerprint, version }) => [
      folder,
      title,
      fingerprint,
      version,
    ]),
  });
}
