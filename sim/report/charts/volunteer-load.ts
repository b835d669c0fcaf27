import { ascending, group, max, mean, rollup } from "d3-array";
import { formatShare } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { LoadRow, ReportData } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { policyColour, policyFilter, SHOWN } from "./policy-encoding.ts";
import { byPolicy, evenlySpaced, inWords, rounded } from "./rows.ts";

/** Marks in one lane: more would only hide each other. */
const MOST_MARKS = 250;

/** A row of the chart: a mark in a lane, or the heading above a policy's lanes. */
interface Mark {
  readonly policy: string;
  readonly lane: string;
  readonly class: string;
  readonly heading: string;
  readonly volunteer: string | null;
  readonly utilisation: number | null;
  readonly mean: number | null;
}

/** How busy each volunteer is: for each policy one lane a class, in it one mark a volunteer. */
export function volunteerLoadChart(
  { load, policies }: Pick<ReportData, "load" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  if (load.every(({ utilisation }) => utilisation === 0)) return null;
  const classes = [...new Set(load.map((row) => row.class))];
  const groups = byPolicy(load, policies);
  const values = groups.flatMap(([policy, rows]) =>
    marksOf(policy, rows, policies.indexOf(policy), classes),
  );
  const lanes = [...new Set(values.map(({ lane }) => lane))];
  const isThinned = values.filter((row) => row.volunteer !== null).length < load.length;

  const color = { ...policyColour(styles), legend: null };
  const y = {
    field: "lane",
    type: "ordinal" as const,
    sort: lanes,
    title: null,
    axis: { labelExpr: "slice(datum.label, indexof(datum.label, ':') + 1)", grid: false },
  };
  return {
    id: "volunteer-load",
    title: "Load of each volunteer",
    caption:
      "Share of its uplink that each volunteer used for deliveries, by class. Thin marks are " +
      "volunteers, dots are the means of a class. The closer the marks, the fairer the load." +
      (isThinned ? ` Large classes show ${MOST_MARKS} volunteers, evenly spaced by load.` : ""),
    isLabelled: true,
    file: "load.csv",
    spec: {
      width: "container",
      height: { step: 18 },
      autosize: { type: "fit-x", contains: "padding" },
      description: `Strip chart of the volunteers' load. ${inWords(groups, range)}`,
      data: { values },
      params: policyFilter(styles),
      transform: SHOWN,
      encoding: { y },
      layer: [
        {
          mark: { type: "tick", thickness: 2, size: 11, opacity: 0.55 },
          encoding: {
            x: {
              field: "utilisation",
              type: "quantitative",
              title: "share of uplink used",
              axis: { format: ".0%", tickCount: 5 },
              scale: { zero: true },
            },
            color,
            tooltip: [
              { field: "policy" },
              { field: "volunteer" },
              { field: "class" },
              { field: "utilisation", format: ".1%", title: "share of uplink used" },
            ],
          },
        },
        {
          mark: { type: "point", filled: true, size: 55, opacity: 1 },
          encoding: {
            x: { field: "mean", type: "quantitative" },
            color,
            tooltip: [
              { field: "policy" },
              { field: "class" },
              { field: "mean", format: ".1%", title: "mean of the class" },
            ],
          },
        },
        {
          mark: { type: "text", align: "left", baseline: "middle", fontWeight: 600, dy: 3 },
          encoding: { x: { value: 2 }, text: { field: "heading" } },
        },
      ],
    },
  };
}

function marksOf(
  policy: string,
  rows: readonly LoadRow[],
  at: number,
  classes: readonly string[],
): Mark[] {
  const none = { class: "", heading: "", volunteer: null, utilisation: null, mean: null };
  const byClass = group(rows, (row) => row.class);
  const lanes = classes.flatMap((name) => {
    const lane = `${at}:${name}`;
    const own = [...(byClass.get(name) ?? [])].sort((a, b) =>
      ascending(a.utilisation, b.utilisation),
    );
    const marks = evenlySpaced(own, MOST_MARKS).map((row) => ({
      ...{ ...none, policy, lane, class: name },
      volunteer: String(row.volunteer),
      utilisation: rounded(row.utilisation),
    }));
    const centre = mean(own, (row) => row.utilisation);
    return centre === undefined
      ? []
      : [...marks, { ...none, policy, lane, class: name, mean: rounded(centre) }];
  });
  return [{ ...none, policy, lane: `${at}:`, heading: policy }, ...lanes];
}

/** The sentence that a screen reader tells of a policy. */
function range([policy, rows]: readonly [string, readonly LoadRow[]]): string {
  const means = rollup(
    rows,
    (own) => mean(own, (row) => row.utilisation) ?? 0,
    (row) => row.class,
  );
  const told = Array.from(means, ([name, share]) => `${name} ${formatShare(share)}`).join(", ");
  const most = max(rows, (row) => row.utilisation) ?? 0;
  return `Under ${policy} the classes use on average: ${told}; the busiest volunteer ${formatShare(most)}.`;
}
