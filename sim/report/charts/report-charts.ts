import type { PolicyStyle } from "../policy-style.ts";
import type { ReportData } from "../report-data.ts";
import { alongAxisCharts } from "./along-axis.ts";
import { beliefsChart } from "./beliefs.ts";
import { busyChart } from "./busy.ts";
import type { Chart } from "./chart.ts";
import { chunkSizeChart } from "./chunk-size.ts";
import { backlogChart, serverRateChart } from "./course.ts";
import { decisionsChart } from "./decisions.ts";
import { delayDistributionChart, visitDistributionChart } from "./distribution.ts";
import { levelsChart } from "./levels.ts";
import { syncDaysChart } from "./sync-days.ts";
import { timeSpentChart } from "./time-spent.ts";
import { tradeOffChart } from "./trade-off.ts";
import { volunteerLoadChart } from "./volunteer-load.ts";
import { winnersChart } from "./winners.ts";

/** Charts of single cells in the order of the page. One without rows is left out. */
const CELL_CHARTS = [
  tradeOffChart,
  visitDistributionChart,
  delayDistributionChart,
  timeSpentChart,
  serverRateChart,
  backlogChart,
  decisionsChart,
  volunteerLoadChart,
  busyChart,
  beliefsChart,
  syncDaysChart,
] as const;

/**
 * The charts of a report: of the cells in `shown` with `styles`, and across all levels in `data`
 * with a line for each of `series`. Where levels vary, these come first.
 */
export function reportCharts(
  data: ReportData,
  shown: ReportData,
  styles: readonly PolicyStyle[],
  series: readonly PolicyStyle[],
): Chart[] {
  const cells = CELL_CHARTS.map((chart) => chart(shown, styles)).filter((chart) => chart !== null);
  const chunkSize = chunkSizeChart(data, series);
  const levels = levelsChart(data, series);
  const winners = winnersChart(data, series);
  const across = [
    ...(winners === null ? [] : [winners]),
    ...(levels === null ? [] : [levels]),
    ...alongAxisCharts(data, series),
    ...(chunkSize === null ? [] : [chunkSize]),
  ];
  return data.variation === undefined ? [...cells, ...across] : [...across, ...cells];
}
