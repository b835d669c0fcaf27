import type { MetricName } from "../metrics/metric.ts";
import { formatLevel, formatValue } from "../report/format.ts";
import { namesListed } from "./names-listed.ts";
import { ranges } from "./ranges.ts";
import { excludesZero } from "./statistics/interval.ts";
import { type CellSummary, type Summary, shownCells } from "./summary.ts";

/** How many cells that cannot be told apart are named. */
const MOST_NAMED = 3;

/**
 * The answer in a few sentences: who relieves the server most, who shares the work best, and
 * whether each is ahead of all others by more than chance explains, however many they are. Where
 * settings vary, or nobody downloads, between what the main metrics lie. Of single runs it says what
 * was seen, and that they say nothing of chance.
 */
export function verdict(summary: Summary): string {
  // Which cell is best of all says little where the question itself differs from cell to cell.
  const isVaried = summary.axes.some(({ levels }) => levels.length > 1);
  const sentences = isVaried ? [] : [relief(summary), fairness(summary), waiting(summary)];
  const found = sentences.filter((sentence) => sentence !== null).join(" ") || ranges(summary);
  if (summary.replications > 1 || found === "") return found;
  return `${found} A single run of each says nothing of chance.`;
}

function relief(summary: Summary): string | null {
  const best = ranked(summary, "server.bytes", "lower")[0];
  const baseline = summary.cells.find(({ label }) => label === best?.against);
  const before = baseline?.metrics["server.bytes"];
  const saved = best?.differences?.["server.bytes"];
  if (best === undefined || baseline === undefined || !before || !saved) return null;
  const share = (bytes: number) => `${((-100 * bytes) / before.mean).toFixed(1)} %`;
  if (saved.mean >= 0) return `No policy relieves the server against ${baseline.label}.`;
  const fewer = `${share(saved.mean)} fewer bytes`;
  if (summary.replications === 1) {
    return `The server sent least under ${nameOf(best)}: ${fewer} than under ${baseline.label}.`;
  }
  if (!excludesZero(saved)) {
    return (
      `No policy surely relieves the server against ${baseline.label}: under ${nameOf(best)} ` +
      `it sends ${fewer}, which chance may explain.`
    );
  }
  const level = formatLevel(saved.level ?? 0.95);
  return (
    `Volunteers relieve the server most under ${nameOf(best)}: it sends ${fewer} than under ` +
    `${baseline.label} (${level} interval ${share(saved.high)} to ${share(saved.low)})` +
    `${lead(summary, "server.bytes")}.`
  );
}

function fairness(summary: Summary): string | null {
  const best = ranked(summary, "volunteers.jain", "higher")[0];
  const index = best?.metrics["volunteers.jain"];
  if (best === undefined || !index) return null;
  const runner = lead(summary, "volunteers.jain");
  return `${nameOf(best)} shares the work best, with Jain's index ${index.mean.toFixed(3)}${runner}.`;
}

function waiting(summary: Summary): string | null {
  const best = ranked(summary, "visit.p95", "lower")[0];
  const shortest = best?.metrics["visit.p95"];
  if (best === undefined || !shortest) return null;
  const runner = lead(summary, "visit.p95");
  return `The 95th percentile of the time of a visit is least under ${nameOf(best)}, ${formatValue(shortest.mean, "s")}${runner}.`;
}

/** The cell's label, with those that decided alike. */
function nameOf({ label, alike }: CellSummary): string {
  const others = alike.filter((other) => other !== label);
  return others.length === 0 ? label : `${label} (also ${namesListed(others)})`;
}

/** How the best compares with all others: a clause that starts with a comma or is empty. */
function lead(summary: Summary, name: MetricName): string {
  const ranking = summary.rankings.find(({ metric }) => metric === name);
  if (ranking === undefined) return "";
  const cells = shownCells(summary);
  const { best, among, within, unit } = ranking;
  const others = cells.filter(({ label, metrics }) => label !== best && metrics[name] !== null);
  const rivals = among.filter((label) => label !== best);
  if (rivals.length === 0) {
    const whom = others.length === 1 ? others[0].label : `all ${others.length} others`;
    return `, ahead of ${whom} by more than chance explains`;
  }
  // Were it as much as the value itself, it would tell nothing.
  const mean = cells.find(({ label }) => label === best)?.metrics[name]?.mean ?? 0;
  const cost =
    within < mean ? `, but within ${formatValue(within, unit)} of whichever is best` : "";
  return `, though not surely ahead of ${namesListed(rivals, MOST_NAMED)}${cost}`;
}

/** Cells that have the metric, best first; of those that decided alike the one that stands for them. */
function ranked(summary: Summary, name: MetricName, better: "lower" | "higher"): CellSummary[] {
  const sign = better === "lower" ? 1 : -1;
  const mean = (cell: CellSummary) => cell.metrics[name]?.mean ?? Number.NaN;
  const known = shownCells(summary).filter(({ metrics }) => metrics[name] !== null);
  const best = summary.rankings.find(({ metric }) => metric === name)?.best;
  return known
    .toSorted((a, b) => sign * (mean(a) - mean(b)))
    .sort((a, b) => Number(b.label === best) - Number(a.label === best));
}
