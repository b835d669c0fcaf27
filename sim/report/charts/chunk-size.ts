import type { PolicyStyle } from "../policy-style.ts";
import type { ChunkSizeRow, ReportData } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

/** What is drawn over the size of chunks, each in a panel of its own. */
const PANELS = [
  { title: "from the server (MB)", of: ({ serverBytes }: ChunkSizeRow) => serverBytes / 1e6 },
  { title: "in all (MB)", of: ({ wireBytes }: ChunkSizeRow) => wireBytes / 1e6 },
  { title: "until it is there (s)", of: ({ age }: ChunkSizeRow) => age },
] as const;

/** Fewest sizes that make a line. */
const FEWEST = 3;

/** What synchronisation takes by the size of chunks: a panel a quantity, a line a method. */
export function chunkSizeChart(
  { chunkSizes = [] }: Pick<ReportData, "chunkSizes">,
  _styles: readonly PolicyStyle[],
): Chart | null {
  const sizes = new Set(chunkSizes.map(({ chunk }) => chunk));
  if (sizes.size < FEWEST) return null;
  const values = PANELS.flatMap(({ title, of }) =>
    chunkSizes.map((row) => ({
      quantity: title,
      method: row.method,
      chunk: row.chunk,
      value: rounded(of(row)),
    })),
  );
  return {
    id: "chunk-size",
    title: "What chunks of each size cost",
    caption:
      "Bytes from the server, bytes in all and mean time from release to holding a file, by the size " +
      "of chunks, one line a method of synchronisation. Lower is better everywhere.",
    isLabelled: true,
    spec: {
      width: "container",
      height: 150,
      description: `Line charts over ${sizes.size} sizes of chunks, for each method.`,
      data: { values },
      mark: { type: "line", point: true, strokeWidth: 2 },
      encoding: {
        row: {
          field: "quantity",
          type: "nominal",
          title: null,
          sort: PANELS.map(({ title }) => title),
        },
        x: {
          field: "chunk",
          type: "quantitative",
          title: "bytes in a chunk",
          scale: { type: "log", nice: false },
          axis: { format: "~s", tickCount: 6 },
        },
        y: { field: "value", type: "quantitative", title: null, scale: { zero: true } },
        color: { field: "method", type: "nominal", title: null, legend: { orient: "top" } },
        strokeDash: { field: "method", type: "nominal", title: null },
        tooltip: [
          { field: "method" },
          { field: "chunk", title: "bytes in a chunk" },
          { field: "quantity" },
          { field: "value" },
        ],
      },
      resolve: { scale: { y: "independent" } },
    },
  };
}
