import { groups } from "d3-array";
import { levelLabel } from "../experiment/level-label.ts";
import { isBestOrTied } from "../outcome/winners.ts";
import { formatShare } from "../report/format.ts";
import type { WinnerRow } from "../report/report-data.ts";
import { type Source, unknown } from "./source.ts";

/**
 * How a policy stands where settings vary: by each main metric in how many combinations of levels it is
 * best or as good, and where another is really better; and the same counts of every policy.
 *
 * @throws Error when the policy is not known, or nothing says who wins where.
 */
export function standingText(policy: string, { name, standings }: Source): string {
  if (standings === undefined) {
    throw new Error(`expected settings that vary, and replications; got none in ${name}`);
  }
  const { policies, winners } = standings;
  if (!policies.includes(policy)) throw unknown(`policy of ${name}`, policy, policies);
  const byMetric = groups(winners, ({ metric }) => metric);
  const own = byMetric.map(([metric, rows]) => {
    const lost = rows.flatMap((row) => lostBy(policy, row));
    return [metric, countOf(policy, rows), lost.join("; ") || "nowhere"];
  });
  const all = policies.map((each) => [each, ...byMetric.map(([, rows]) => countOf(each, rows))]);
  return [
    tableOf(["metric", `${policy} is best or as good in`, "another is really better at"], own),
    tableOf(["best or as good", ...byMetric.map(([metric]) => metric)], all),
  ].join("\n\n");
}

/** The levels at which a policy is neither best nor as good, who is, and by how much. */
function lostBy(policy: string, row: WinnerRow): string[] {
  const own = row.worse.find((each) => each.policy === policy);
  if (own === undefined) return [];
  const levels = Object.entries(row.levels).map(([axis, level]) => levelLabel(axis, level));
  const gain = own.gain === null ? "" : ` ${own.gain > 0 ? "+" : ""}${formatShare(own.gain)}`;
  return [`${levels.join(", ")}: ${row.best.policy}${gain}`];
}

function countOf(policy: string, rows: readonly WinnerRow[]): string {
  return `${rows.filter((row) => isBestOrTied(row, policy)).length} of ${rows.length}`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
