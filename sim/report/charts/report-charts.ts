import type { PolicyStyle } from "../policy-style.ts";
import type { ReportData } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { chunkSizeChart } from "./chunk-size.ts";
import { delayDistributionChart } from "./delay-distribution.ts";
import { serverRateChart } from "./server-rate.ts";
import { tradeOffChart } from "./trade-off.ts";
import { volunteerLoadChart } from "./volunteer-load.ts";

/** Charts in the order of the page. One without rows is left out. */
const CHARTS = [
  serverRateChart,
  delayDistributionChart,
  volunteerLoadChart,
  tradeOffChart,
  chunkSizeChart,
] as const;

export function reportCharts(data: ReportData, styles: readonly PolicyStyle[]): Chart[] {
  return CHARTS.map((chart) => chart(data, styles)).filter((chart) => chart !== null);
}
