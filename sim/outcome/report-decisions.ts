import { sum } from "d3-array";
import { OTHER_REASONS } from "../metrics/collectors/decisions.ts";
import type { BeliefRow, DecisionCourse } from "../report/report-data.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import type { RunResult } from "../runner/replication.ts";

/** Runs that an older version stored do not say when a reason was given; then it is left out. */
type StoredResult = Omit<RunResult, "reasonCourse"> & Partial<Pick<RunResult, "reasonCourse">>;

/** Reasons that a chart keeps apart. */
const MOST_REASONS = 10;

/** What the server decided, and what it believed, over time: means over the replications of each cell. */
export function reportDecisions(all: readonly CellRuns[]) {
  return { decisions: all.flatMap(decisionCourse), beliefs: all.flatMap(beliefRows) };
}

function decisionCourse({ cell, runs }: CellRuns): DecisionCourse[] {
  const courses = runs.flatMap(({ reasonCourse }: StoredResult) => reasonCourse ?? []);
  const [first] = courses;
  if (first === undefined || courses.length < runs.length) return [];
  const columns = Math.max(
    0,
    ...courses.map(({ counts, reasons }) => counts.length / Math.max(1, reasons.length)),
  );
  const totals = new Map<string, number[]>();
  for (const { reasons, counts } of courses) {
    for (const [at, reason] of reasons.entries()) {
      const mine = totals.get(reason) ?? Array<number>(columns).fill(0);
      totals.set(
        reason,
        mine.map((count, column) => count + counts[at * columns + column] / runs.length),
      );
    }
  }
  if (totals.size === 0) return [];
  const ranked = [...totals].toSorted(([, a], [, b]) => sum(b) - sum(a));
  const kept = ranked.filter(([reason]) => reason !== OTHER_REASONS).slice(0, MOST_REASONS);
  const rest = ranked.filter((each) => !kept.includes(each)).map(([, counts]) => counts);
  const others = Array.from({ length: columns }, (_, at) => sum(rest, (counts) => counts[at]));
  const shown = [...kept, ...(rest.length === 0 ? [] : [[OTHER_REASONS, others] as const])];
  return [
    {
      ...{ policy: cell.label, width: first.width },
      reasons: shown.map(([reason]) => reason),
      counts: shown.flatMap(([, counts]) => counts),
    },
  ];
}

/** Where a column of time has no decision in any replication, there is no row. */
function beliefRows({ cell, runs }: CellRuns): BeliefRow[] {
  const courses = runs.flatMap(({ beliefCourse }) => beliefCourse ?? []);
  const [first] = courses;
  if (first === undefined) return [];
  const over = (of: "candidates" | "believed" | "actual", at: number) =>
    sum(courses, (course) => course[of][at]);
  return Array.from(first.candidates, (_, at) => at).flatMap((at) => {
    const candidates = over("candidates", at);
    if (candidates === 0) return [];
    return [
      {
        ...{ policy: cell.label, time: at * first.width, width: first.width },
        believed: over("believed", at) / candidates,
        actual: over("actual", at) / candidates,
      },
    ];
  });
}
