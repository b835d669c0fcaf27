import { METRICS, type MetricName } from "../metrics/metric.ts";
import type { CellComparison, Change, RunComparison } from "../outcome/compare/compare-runs.ts";
import { formatDifference } from "../report/format.ts";
import { aligned } from "./aligned.ts";
import { shownMetrics } from "./results-table.ts";

/** Settings that fit a terminal; the page has them all. */
const MOST_SETTINGS = 12;

const LEGEND =
  "change of the mean ± half of its interval at the level at which Holm's method decided, in percent " +
  "of the earlier run; + better, - worse, * differs by more than chance explains; = equal in every run";

/** What changed from one run to another: its settings, then a row a cell. */
export function comparisonText(comparison: RunComparison): string {
  const { before, after, isIdentical, cells } = comparison;
  const parts = [
    `${before.folder} → ${after.folder}`,
    settingsText(comparison),
    ...(isIdentical ? ["identical: every event of every run is the same"] : []),
    ...(cells.length === 0 ? ["no cell is in both runs"] : [table(cells), LEGEND]),
    ...onlyIn("only in the earlier run", comparison.removed),
    ...onlyIn("only in the later run", comparison.added),
  ];
  return parts.join("\n\n");
}

function settingsText({ settings, before, after }: RunComparison): string {
  const lines = settings
    .slice(0, MOST_SETTINGS)
    .map(({ path, before: was, after: is }) => `  ${path}: ${was ?? "absent"} → ${is ?? "absent"}`);
  const more = settings.length - lines.length;
  const origin = (of: typeof before) =>
    `${of.manifest.version} at ${of.manifest.commit?.slice(0, 12) ?? "an unknown commit"}`;
  const versions = [before, after].map(origin);
  return [
    settings.length === 0 ? "the same settings" : "settings that differ:",
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(versions[0] === versions[1] ? [] : [`mirrorlab ${versions[0]} → ${versions[1]}`]),
  ].join("\n");
}

function table(cells: readonly CellComparison[]): string {
  const hasRequests = cells.some(({ changes }) => changes["requests.total"].after?.mean !== 0);
  const metrics = shownMetrics(hasRequests).map(({ name }) => name);
  const header = ["policies", "runs", ...metrics];
  const rows = cells.map((cell) => [
    cell.label,
    runsOf(cell),
    ...metrics.map((name) => entry(cell.changes[name], name)),
  ]);
  return aligned([header, ...rows]);
}

function runsOf({ runs, isPaired }: CellComparison): string {
  return isPaired ? `${runs[0]} pairs` : `${runs[0]} and ${runs[1]}`;
}

const MARKS = {
  ...{ better: " +", worse: " -", different: " *" },
  ...{ unclear: "", untested: "", equal: "", undefined: "" },
};

function entry({ before, difference, says }: Change, name: MetricName): string {
  if (difference === null || before === null) return "–";
  if (says === "equal") return "=";
  const unit = METRICS.find((metric) => metric.name === name)?.unit ?? "";
  if (before.mean === 0) return formatDifference(difference, unit) + MARKS[says];
  const scale = 100 / Math.abs(before.mean);
  const half = (scale * (difference.high - difference.low)) / 2;
  const spread = Number.isFinite(half) ? ` ±${digits(half)}` : "";
  return `${signed(scale * difference.mean)}%${spread}${MARKS[says]}`;
}

function signed(percentage: number): string {
  return `${percentage > 0 ? "+" : ""}${digits(percentage)}`;
}

function digits(percentage: number): string {
  return percentage.toFixed(Math.abs(percentage) < 10 ? 1 : 0);
}

function onlyIn(where: string, labels: readonly string[]): string[] {
  return labels.length === 0 ? [] : [`${where}: ${labels.join(", ")}`];
}
