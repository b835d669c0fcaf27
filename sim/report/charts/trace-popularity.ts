import type { AccessRows } from "../trace-data.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

const SERIES = ["requests", "fitted law"] as const;

/** Requests by rank of the file, on logarithmic axes, with the fitted law. */
export function tracePopularityChart({ ranks, law }: AccessRows): Chart | null {
  const [first] = ranks;
  if (first === undefined || ranks.length < 2) return null;
  const row = (series: string) => (each: AccessRows["ranks"][number]) => ({
    series,
    rank: each.rank,
    requests: rounded(each.requests),
  });
  const domain = law.length === 0 ? SERIES.slice(0, 1) : [...SERIES];
  const color = { field: "series", type: "nominal" as const, title: null, scale: { domain } };
  return {
    id: "popularity",
    title: "Popularity of the files",
    caption:
      "Requests for each file by its rank, the most requested first" +
      (law.length === 0
        ? "."
        : ", and the power law in pieces that makes them most likely. It covers the files with at " +
          "least ten requests: below, chance decides the rank."),
    isLabelled: true,
    spec: {
      width: "container",
      height: 320,
      description: `Requests by rank on logarithmic axes, from ${first.requests} for the first file to ${ranks.at(-1)?.requests} for rank ${ranks.at(-1)?.rank}.`,
      encoding: {
        x: {
          field: "rank",
          type: "quantitative",
          title: "rank of the file",
          scale: { type: "log", nice: false },
          axis: powersOfTen(ranks.at(-1)?.rank ?? 1),
        },
        y: {
          field: "requests",
          type: "quantitative",
          title: "requests",
          scale: { type: "log" },
          axis: powersOfTen(10 * first.requests),
        },
        color,
      },
      layer: [
        {
          data: { values: ranks.map(row(SERIES[0])) },
          mark: { type: "point", filled: true, size: 22, opacity: 0.9 },
          encoding: { tooltip: [{ field: "rank" }, { field: "requests" }] },
        },
        {
          data: { values: law.map(row(SERIES[1])) },
          mark: { type: "line", strokeWidth: 1.8 },
        },
      ],
    },
  };
}

/** An axis with one line for each power of ten. */
function powersOfTen(most: number) {
  const powers = Array.from(
    { length: Math.floor(Math.log10(most)) + 1 },
    (_, power) => 10 ** power,
  );
  return { values: powers, format: "," };
}
