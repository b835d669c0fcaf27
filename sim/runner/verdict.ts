import type { MetricName } from "../metrics/metric.ts";
import { formatValue } from "../report/format.ts";
import { ranges } from "./ranges.ts";
import type { CellRuns } from "./run-experiment.ts";
import { excludesZero, type Interval, pairedDifference } from "./statistics/interval.ts";
import type { CellSummary, Summary } from "./summary.ts";

/**
 * The answer in a few sentences: who relieves the server most, who shares the work best, and
 * whether each is ahead of the next by more than chance explains. Where settings vary, or nobody
 * downloads, between what the main metrics lie.
 */
export function verdict(summary: Summary, all: readonly CellRuns[]): string {
  // Which cell is best of all says little where the question itself differs from cell to cell.
  if (summary.axes.some(({ levels }) => levels.length > 1)) return ranges(summary);
  const sentences = [relief(summary, all), fairness(summary, all), delay(summary, all)];
  return sentences.filter((sentence) => sentence !== null).join(" ") || ranges(summary);
}

function relief(summary: Summary, all: readonly CellRuns[]): string | null {
  const best = ranked(summary, "server.bytes", "lower")[0];
  const baseline = summary.cells.find(({ label }) => label === best?.against);
  const before = baseline?.metrics["server.bytes"];
  const saved = best?.differences?.["server.bytes"];
  if (best === undefined || baseline === undefined || !before || !saved) return null;
  if (!(saved.high < 0)) return `No policy relieves the server against ${baseline.label}.`;
  const share = (bytes: number) => `${((-100 * bytes) / before.mean).toFixed(1)} %`;
  const runner = runnerUp(summary, all, "server.bytes", "lower");
  return (
    `Volunteers relieve the server most under ${best.label}: it sends ${share(saved.mean)} fewer ` +
    `bytes than under ${baseline.label} (95 % interval ${share(saved.high)} to ` +
    `${share(saved.low)})${runner}.`
  );
}

function fairness(summary: Summary, all: readonly CellRuns[]): string | null {
  const best = ranked(summary, "volunteers.jain", "higher")[0];
  const index = best?.metrics["volunteers.jain"];
  if (best === undefined || !index) return null;
  const runner = runnerUp(summary, all, "volunteers.jain", "higher");
  return `${best.label} shares the work best, with Jain's index ${index.mean.toFixed(3)}${runner}.`;
}

function delay(summary: Summary, all: readonly CellRuns[]): string | null {
  const best = ranked(summary, "delay.p95", "lower")[0];
  const shortest = best?.metrics["delay.p95"];
  if (best === undefined || !shortest) return null;
  const runner = runnerUp(summary, all, "delay.p95", "lower");
  return `The 95th percentile of the delay is least under ${best.label}, ${formatValue(shortest.mean, "s")}${runner}.`;
}

/** How the best compares with the next: a clause that starts with a comma or is empty. */
function runnerUp(
  summary: Summary,
  all: readonly CellRuns[],
  name: MetricName,
  better: "lower" | "higher",
): string {
  const [best, next] = ranked(summary, name, better);
  if (best === undefined || next === undefined) return "";
  const ahead = difference(all, best, next, name);
  if (ahead === null) return "";
  if (!excludesZero(ahead)) return `, though not surely ahead of ${next.label}`;
  return `, ahead of ${next.label} by more than chance explains`;
}

/** Cells that have the metric, best first. */
function ranked({ cells }: Summary, name: MetricName, better: "lower" | "higher"): CellSummary[] {
  const sign = better === "lower" ? 1 : -1;
  const mean = (cell: CellSummary) => cell.metrics[name]?.mean ?? Number.NaN;
  return cells
    .filter(({ metrics }) => metrics[name] !== null)
    .toSorted((a, b) => sign * (mean(a) - mean(b)));
}

function difference(
  all: readonly CellRuns[],
  a: CellSummary,
  b: CellSummary,
  name: MetricName,
): Interval | null {
  const values = (of: CellSummary) =>
    all.find(({ cell }) => cell.label === of.label)?.runs.map((run) => run.metrics[name]) ?? [];
  return pairedDifference(values(a), values(b));
}
