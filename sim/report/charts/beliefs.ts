import { max, sum } from "d3-array";
import { formatTime, formatValue } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { BeliefRow, ReportData } from "../report-data.ts";
import { columnsSinceStart } from "./axis-labels.ts";
import type { Chart, ChoiceOption } from "./chart.ts";
import { PART_COLOURS, PARTS_LEGEND } from "./parts-colours.ts";
import { byPolicy, inWords, rounded } from "./rows.ts";

const BELIEVED = "as the server believed";
const ACTUAL = "in truth";

/** What the server believed of transfers in flight beside what was true: one policy at a time. */
export function beliefsChart(
  { beliefs, policies }: Pick<ReportData, "beliefs" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  const known = styles.filter(({ policy }) => policies.includes(policy));
  const inOrder = known.toSorted((a, b) => Number(a.isFaint) - Number(b.isFaint));
  const courses = byPolicy(
    beliefs,
    inOrder.map(({ policy }) => policy),
  ).filter(([, rows]) => rows.some(({ believed, actual }) => believed > 0 || actual > 0));
  const [first] = courses;
  if (first === undefined) return null;
  const options = courses.map(([policy, rows]): ChoiceOption => {
    return { name: policy, policy, data: rowsOf(rows) };
  });
  const all = courses.flatMap(([, rows]) => rows);
  const end = max(all, ({ time, width }) => time + width) ?? 0;
  const series = {
    field: "series",
    type: "nominal" as const,
    title: null,
    scale: { domain: [ACTUAL, BELIEVED] },
  };
  return {
    id: "beliefs",
    title: "Believed and true load over time",
    caption:
      "Transfers in flight from a volunteer that has the file, as the server believed and in truth: " +
      `means over such volunteers at the decisions of each ${formatTime(all[0]?.width ?? 0)} and over the ` +
      "replications. There is no point where nothing was decided.",
    isLabelled: true,
    file: "runs.jsonl",
    choice: { label: "Policy", options },
    spec: {
      width: "container",
      height: 260,
      description: `Line chart over time, a policy at a time. ${inWords(courses, told)}`,
      data: { values: rowsOf(first[1]) },
      mark: { type: "line", strokeWidth: 1.8, interpolate: "step-after" },
      encoding: {
        x: columnsSinceStart(end),
        y: {
          field: "transfers",
          type: "quantitative",
          title: "transfers a volunteer",
          axis: { tickCount: 5 },
        },
        color: {
          ...series,
          scale: { ...series.scale, range: [PART_COLOURS[0], PART_COLOURS[1]] },
          legend: { ...PARTS_LEGEND, symbolType: "stroke", symbolSize: 300 },
        },
        strokeDash: {
          ...series,
          scale: {
            ...series.scale,
            range: [
              [1, 0],
              [6, 3],
            ],
          },
          legend: { ...PARTS_LEGEND, symbolType: "stroke", symbolSize: 300 },
        },
        tooltip: [
          { field: "time" },
          { field: "series", title: "transfers" },
          { field: "transfers", format: ".3~r", title: "a volunteer" },
        ],
      },
    } as Chart["spec"],
  };
}

function rowsOf(rows: readonly BeliefRow[]) {
  return [
    ...rows.map(({ time, actual }) => [time, ACTUAL, actual] as const),
    ...rows.map(({ time, believed }) => [time, BELIEVED, believed] as const),
  ].map(([from, series, transfers]) => ({
    ...{ series, from, time: formatTime(from), transfers: rounded(transfers) },
  }));
}

/** The sentence that a screen reader tells of a policy. */
function told([policy, rows]: readonly [string, readonly BeliefRow[]]): string {
  const share = sum(rows, ({ believed }) => believed) / sum(rows, ({ actual }) => actual);
  const busiest = rows.reduce((most, row) => (row.actual > most.actual ? row : most));
  const most = formatValue(busiest.actual, "ratio");
  return (
    `Under ${policy} the server believes ${formatValue(share, "ratio")} times what is in flight; ` +
    `that is most after ${formatTime(busiest.time)}: ${most} a volunteer.`
  );
}
