import { groups } from "d3-array";
import type { MetricName } from "../metrics/metric.ts";
import { wordsFor } from "./main-words.ts";
import { namesListed } from "./names-listed.ts";
import type { Summary } from "./summary.ts";
import { isBestOrTied, type Winner, winners } from "./winners.ts";

/** Policies that a sentence names, those that win most often first. */
const MOST_POLICIES = 3;

/**
 * A sentence for each main metric by which anybody wins: which policies are best or as good in how many
 * of the combinations of levels. Empty where no settings vary.
 */
export function winnersInWords(summary: Summary): string {
  const all = winners(summary);
  const policies = [...new Set(summary.cells.map(({ policy }) => policy))];
  return groups(all, ({ metric }) => metric)
    .filter(([, rows]) => rows.some(({ worse }) => worse.length > 0))
    .map(([metric, rows]) => sentence(metric, rows, policies))
    .join(" ");
}

function sentence(
  metric: MetricName,
  rows: readonly Winner[],
  policies: readonly string[],
): string {
  const counts = policies
    .map((policy) => ({
      policy,
      count: rows.filter((row) => isBestOrTied(row, policy)).length,
      best: rows.filter(({ best }) => best.policy === policy).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || b.best - a.best)
    .slice(0, MOST_POLICIES)
    .map(({ policy, count }, at) =>
      at === 0
        ? `${policy} is best or as good in ${count} of ${rows.length} combinations of levels`
        : `${policy} in ${count}`,
    );
  const { noun } = wordsFor(metric);
  return `By ${noun} ${namesListed(counts)}.`;
}
