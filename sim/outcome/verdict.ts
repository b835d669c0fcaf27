import type { MetricName } from "../metrics/metric.ts";
import { formatValue } from "../report/format.ts";
import { ranges } from "./ranges.ts";
import type { CellSummary, Summary } from "./summary.ts";

/** What is declared by chance in at most so many experiments. */
const FALSE_ALARMS = 0.05;

/** How many cells that cannot be told apart are named. */
const MOST_NAMED = 3;

/**
 * The answer in a few sentences: who relieves the server most, who shares the work best, and
 * whether each is ahead of all others by more than chance explains, however many they are. Where
 * settings vary, or nobody downloads, between what the main metrics lie.
 */
export function verdict(summary: Summary): string {
  // Which cell is best of all says little where the question itself differs from cell to cell.
  if (summary.axes.some(({ levels }) => levels.length > 1)) return ranges(summary);
  const sentences = [relief(summary), fairness(summary), delay(summary)];
  return sentences.filter((sentence) => sentence !== null).join(" ") || ranges(summary);
}

function relief(summary: Summary): string | null {
  const best = ranked(summary, "server.bytes", "lower")[0];
  const baseline = summary.cells.find(({ label }) => label === best?.against);
  const before = baseline?.metrics["server.bytes"];
  const saved = best?.differences?.["server.bytes"];
  if (best === undefined || baseline === undefined || !before || !saved) return null;
  const isSure = (best.pHolm?.["server.bytes"] ?? 1) < FALSE_ALARMS;
  const share = (bytes: number) => `${((-100 * bytes) / before.mean).toFixed(1)} %`;
  if (saved.mean >= 0) return `No policy relieves the server against ${baseline.label}.`;
  if (!isSure) {
    return (
      `No policy surely relieves the server against ${baseline.label}: under ${best.label} it sends ` +
      `${share(saved.mean)} fewer bytes, which chance may explain.`
    );
  }
  const runner = lead(summary, "server.bytes");
  return (
    `Volunteers relieve the server most under ${best.label}: it sends ${share(saved.mean)} fewer ` +
    `bytes than under ${baseline.label} (95 % interval ${share(saved.high)} to ` +
    `${share(saved.low)})${runner}.`
  );
}

function fairness(summary: Summary): string | null {
  const best = ranked(summary, "volunteers.jain", "higher")[0];
  const index = best?.metrics["volunteers.jain"];
  if (best === undefined || !index) return null;
  const runner = lead(summary, "volunteers.jain");
  return `${best.label} shares the work best, with Jain's index ${index.mean.toFixed(3)}${runner}.`;
}

function delay(summary: Summary): string | null {
  const best = ranked(summary, "delay.p95", "lower")[0];
  const shortest = best?.metrics["delay.p95"];
  if (best === undefined || !shortest) return null;
  const runner = lead(summary, "delay.p95");
  return `The 95th percentile of the delay is least under ${best.label}, ${formatValue(shortest.mean, "s")}${runner}.`;
}

/** How the best compares with all others: a clause that starts with a comma or is empty. */
function lead({ rankings, cells }: Summary, name: MetricName): string {
  const ranking = rankings.find(({ metric }) => metric === name);
  if (ranking === undefined) return "";
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
  return `, though not surely ahead of ${listed(rivals)}${cost}`;
}

function listed(labels: readonly string[]): string {
  const named = labels.slice(0, MOST_NAMED);
  const rest = labels.length - named.length;
  const parts = rest === 0 ? named : [...named, rest === 1 ? "1 other" : `${rest} others`];
  return parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Cells that have the metric, best first. */
function ranked({ cells }: Summary, name: MetricName, better: "lower" | "higher"): CellSummary[] {
  const sign = better === "lower" ? 1 : -1;
  const mean = (cell: CellSummary) => cell.metrics[name]?.mean ?? Number.NaN;
  return cells
    .filter(({ metrics }) => metrics[name] !== null)
    .toSorted((a, b) => sign * (mean(a) - mean(b)));
}
