import { max } from "d3-array";
import { formatValue } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { ReportData, SyncDayRow } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { crosshair } from "./crosshair.ts";
import { FAINT, policyColour, policyDash, policyFilter, SHOWN } from "./policy-encoding.ts";
import { byPolicy, inWords, rounded } from "./rows.ts";

/** Rows that a page holds; of more, as with many cells, there is no room for such a detail. */
const MOST_ROWS = 8000;

/** Hours that a volunteer synchronises on each day: the mean over them, from the least to the most. */
export function syncDaysChart(
  { syncDays, policies }: Pick<ReportData, "syncDays" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  const days = max(syncDays, ({ day }) => day) ?? 0;
  const isEmpty = syncDays.every(({ most }) => most === 0);
  if (days < 2 || isEmpty || syncDays.length > MOST_ROWS) return null;
  const lines = byPolicy(syncDays, policies);
  const values = lines.flatMap(([policy, rows]) =>
    rows.map(({ day, mean, least, most }) => ({
      ...{ policy, day, mean: rounded(mean), least: rounded(least), most: rounded(most) },
    })),
  );
  const y = {
    type: "quantitative" as const,
    title: "hours a day",
    scale: { domain: [0, max(values, ({ most }) => most) ?? 0], nice: true },
    axis: { tickCount: 5 },
  };
  const color = policyColour(styles);
  return {
    id: "sync-days",
    title: "Hours of synchronisation a day",
    caption:
      "Hours that volunteers spend synchronising on each day: the line is the mean over the " +
      "volunteers, the band reaches from the least busy volunteer to the busiest. All are means " +
      "over the replications.",
    isLabelled: false,
    file: "sync-hours.csv",
    spec: {
      width: "container",
      height: 300,
      description: `Line chart over ${days} days. ${inWords(lines, longest)}`,
      data: { values },
      params: policyFilter(styles),
      encoding: {
        x: {
          field: "day",
          type: "quantitative",
          title: "day",
          axis: { tickMinStep: 1, tickCount: Math.min(days, 12), format: "d", grid: false },
          scale: { domain: [1, days], nice: false },
        },
      },
      layer: [
        {
          transform: FAINT,
          mark: { type: "line", strokeWidth: 1, style: "faint", aria: false },
          encoding: { y: { ...y, field: "mean" }, detail: { field: "policy" } },
        },
        {
          transform: SHOWN,
          mark: { type: "area", aria: false, opacity: 1, fillOpacity: 0.1, strokeOpacity: 0 },
          encoding: { y: { ...y, field: "least" }, y2: { field: "most" }, color },
        },
        {
          transform: SHOWN,
          mark: { type: "line", strokeWidth: 1.8, point: { size: 22, filled: true } },
          encoding: { y: { ...y, field: "mean" }, color, strokeDash: policyDash(styles) },
        },
        crosshair(styles, {
          channel: "x",
          field: "day",
          value: "mean",
          place: { title: "day", text: "datum.day" },
          text: (value) => `format(${value}, '.3r') + ' h'`,
        }),
      ],
    },
  };
}

/** The sentence that a screen reader tells of a line. */
function longest([policy, rows]: readonly [string, readonly SyncDayRow[]]): string {
  const busiest = rows.reduce((most, row) => (row.mean > most.mean ? row : most));
  return `${policy}: most on day ${busiest.day}, ${formatValue(busiest.mean, "hours")} on average.`;
}
