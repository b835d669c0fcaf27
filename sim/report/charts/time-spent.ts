import { max, sum } from "d3-array";
import { formatValue, scaleOf } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { ReportData } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { PART_COLOURS, PARTS_LEGEND } from "./parts-colours.ts";
import { policyFilter, SHOWN } from "./policy-encoding.ts";
import { inWords, rounded } from "./rows.ts";

/** The parts of a request's time in their order, and what they are called. */
const PARTS = [
  { name: "time.turn", text: "customer's turn" },
  { name: "time.server", text: "server, retries" },
  { name: "time.opening", text: "first byte" },
  { name: "time.transfer", text: "transfer" },
] as const;

/** Where the time of requests goes: a bar of four parts for each policy. */
export function timeSpentChart(
  { metrics, policies }: Pick<ReportData, "metrics" | "policies">,
  styles: readonly PolicyStyle[],
): Chart | null {
  const found = PARTS.map(({ name }) => metrics.find((metric) => metric.name === name));
  const bars = policies.flatMap((policy) => {
    const means = found.map(
      (metric) => metric?.values.find((value) => value.policy === policy)?.mean,
    );
    const known = means.filter((mean) => mean !== undefined);
    return known.length < PARTS.length ? [] : [{ policy, means: known, total: sum(known) }];
  });
  const longest = max(bars, ({ total }) => total) ?? 0;
  if (longest === 0) return null;
  const scale = scaleOf(longest, "s");
  const values = bars.flatMap(({ policy, means, total }) =>
    PARTS.map(({ text }, place) => {
      const mean = means[place] ?? 0;
      return {
        ...{ policy, part: text, place, time: rounded(mean / scale.divisor) },
        ...{ text: formatValue(mean, "s"), share: rounded(total === 0 ? 0 : mean / total) },
        total: formatValue(total, "s"),
      };
    }),
  );
  return {
    id: "time-spent",
    title: "Where the time of requests goes",
    caption:
      "From the arrival of a request to its end, in means over requests and replications: it waits for " +
      "its customer's turn, behind earlier ones; asks the server, with refusals and sources that failed; " +
      "waits for the first byte of its last source; and is transferred. Failed requests are in it as long as they lasted.",
    isLabelled: true,
    file: "replications.csv",
    spec: {
      width: "container",
      height: { step: 22 },
      autosize: { type: "fit-x", contains: "padding" },
      description: `Stacked bars of the mean time of a request. ${inWords(bars, told)}`,
      data: { values },
      params: policyFilter(styles),
      transform: SHOWN,
      mark: { type: "bar", aria: false },
      encoding: {
        y: {
          field: "policy",
          type: "nominal",
          title: null,
          sort: null,
          axis: { ticks: false, domain: false, labelLimit: 220 },
        },
        x: {
          field: "time",
          type: "quantitative",
          stack: "zero",
          title: `${scale.suffix} a request, mean`,
          axis: { tickCount: 6 },
        },
        order: { field: "place" },
        color: {
          field: "part",
          type: "nominal",
          scale: { domain: PARTS.map(({ text }) => text), range: PART_COLOURS.slice(0, 4) },
          legend: { ...PARTS_LEGEND, symbolType: "square", offset: 8, columns: 2 },
        },
        tooltip: [
          { field: "policy" },
          { field: "part" },
          { field: "text", title: "mean" },
          { field: "share", format: ".1%", title: "share of all" },
          { field: "total", title: "all four" },
        ],
      },
    } as Chart["spec"],
  };
}

/** The sentence that a screen reader tells of a policy. */
function told(bar: {
  readonly policy: string;
  readonly means: readonly number[];
  readonly total: number;
}): string {
  const parts = PARTS.map(({ text }, at) => `${formatValue(bar.means[at] ?? 0, "s")} ${text}`);
  return `Under ${bar.policy} a request takes ${formatValue(bar.total, "s")}: ${parts.join(", ")}.`;
}
