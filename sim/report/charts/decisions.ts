import { cumsum, max, sum } from "d3-array";
import { formatShare, formatTime } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { DecisionCourse, ReportData } from "../report-data.ts";
import { columnsSinceStart } from "./axis-labels.ts";
import type { Chart, ChoiceOption } from "./chart.ts";
import { legendColumns, PART_COLOURS, PARTS_LEGEND } from "./parts-colours.ts";
import { inWords, rounded } from "./rows.ts";

/** Rows of all policies together that the page holds; of more, neighbours in time are added up. */
const MOST_ROWS = 24_000;

/** How many decisions were made for which reason over time: one policy at a time. */
export function decisionsChart(
  { decisions, policies }: Pick<ReportData, "decisions" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  const known = styles.filter(({ policy }) => policies.includes(policy));
  const inOrder = known.toSorted((a, b) => Number(a.isFaint) - Number(b.isFaint));
  const courses = inOrder
    .flatMap(({ policy }) => {
      const course = decisions.find((each) => each.policy === policy);
      return course?.counts.some((count) => count > 0) ? [course] : [];
    })
    // Who has but one reason tells nothing; all others come first.
    .toSorted((a, b) => Number(a.reasons.length === 1) - Number(b.reasons.length === 1));
  const rows = sum(courses, ({ counts }) => counts.length);
  const shown = courses.map((course) => coarser(course, Math.ceil(rows / MOST_ROWS)));
  const [first] = shown;
  if (first === undefined) return null;
  const options = shown.map((course): ChoiceOption => {
    return { name: course.policy, policy: course.policy, data: rowsOf(course) };
  });
  const end = max(shown, (course) => course.width * columnsOf(course)) ?? 0;
  const most = max(shown, ({ reasons }) => reasons.length) ?? 1;
  return {
    id: "decisions",
    title: "Decisions by reason over time",
    caption:
      `Decisions in each ${formatTime(first.width)}, by the reason that the policy gave for them; ` +
      "the most frequent at the bottom. Means over the replications.",
    isLabelled: true,
    file: "decisions.csv",
    choice: { label: "Policy", options },
    spec: {
      width: "container",
      height: 260,
      description: `Stacked bars over time, a policy at a time. ${inWords(shown, told)}`,
      data: { values: rowsOf(first) },
      mark: { type: "rect", aria: false },
      encoding: {
        x: columnsSinceStart(end),
        x2: { field: "to" },
        y: { field: "above", type: "quantitative", title: "decisions", axis: { tickCount: 5 } },
        y2: { field: "below" },
        color: {
          field: "reason",
          type: "nominal",
          sort: { field: "place", op: "min" },
          scale: { range: [...PART_COLOURS] },
          legend: {
            ...PARTS_LEGEND,
            symbolType: "square",
            columns: legendColumns(Math.min(3, most)),
          },
        },
        tooltip: [
          { field: "time" },
          { field: "reason" },
          { field: "decisions", format: ",.4~r" },
          { field: "share", format: ".1%", title: "share of them" },
        ],
      },
    } as Chart["spec"],
  };
}

function columnsOf({ reasons, counts }: DecisionCourse): number {
  return counts.length / reasons.length;
}

/** A row for each reason in each column in which it was given, from the bottom up. */
function rowsOf(course: DecisionCourse) {
  const { width, reasons, counts } = course;
  const columns = columnsOf(course);
  return Array.from({ length: columns }, (_, column) => column).flatMap((column) => {
    const own = reasons.map((_, at) => counts[at * columns + column] ?? 0);
    const tops = cumsum(own);
    const total = tops.at(-1) ?? 0;
    return reasons.flatMap((reason, place) => {
      const [decisions = 0, above = 0] = [own[place], tops[place]];
      if (decisions === 0) return [];
      const [from, to] = [column * width, (column + 1) * width];
      return [
        {
          ...{ reason, place, from, to, time: formatTime(from) },
          ...{ below: rounded(above - decisions), above: rounded(above) },
          ...{ decisions: rounded(decisions), share: rounded(decisions / total) },
        },
      ];
    });
  });
}

/** The course with `times` columns in one. */
function coarser(course: DecisionCourse, times: number): DecisionCourse {
  const columns = columnsOf(course);
  const wide = Math.ceil(columns / times);
  const counts = course.reasons.flatMap((_, at) =>
    Array.from({ length: wide }, (_, column) => {
      const [start, end] = [column * times, Math.min(columns, (column + 1) * times)];
      return sum(course.counts.slice(at * columns + start, at * columns + end));
    }),
  );
  return { ...course, width: course.width * times, counts };
}

/** The sentence that a screen reader tells of a policy. */
function told(course: DecisionCourse): string {
  const columns = columnsOf(course);
  const total = sum(course.counts);
  const parts = course.reasons.map((reason, at) => {
    const own = sum(course.counts.slice(at * columns, (at + 1) * columns));
    return `${reason} ${formatShare(own / total)}`;
  });
  return `Under ${course.policy}: ${parts.join(", ")}.`;
}
