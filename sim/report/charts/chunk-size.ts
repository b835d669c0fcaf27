import { max } from "d3-array";
import type { PolicyStyle } from "../policy-style.ts";
import type { ChunkSizeRow, ReportData } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { headingOf, panelLayout } from "./panels.ts";
import { rounded } from "./rows.ts";

/** What is drawn over the size of chunks, each in a row of its own. */
const QUANTITIES = [
  { title: "from the server (MB)", of: ({ serverBytes }: ChunkSizeRow) => serverBytes / 1e6 },
  { title: "in all (MB)", of: ({ wireBytes }: ChunkSizeRow) => wireBytes / 1e6 },
  { title: "until it is there (s)", of: ({ age }: ChunkSizeRow) => age },
] as const;

/** Fewest sizes that make a line. */
const FEWEST = 3;

/** Combinations of levels that find a place beside each other. */
const MOST_PLACES = 6;

/** Where the panels of a row differ by more than this, one scale would flatten the least of them. */
const MOST_RATIO = 5;

/**
 * What synchronisation takes by the size of chunks: a row a quantity, a line a method, and a column
 * for each combination of levels.
 */
export function chunkSizeChart(
  { chunkSizes = [] }: Pick<ReportData, "chunkSizes">,
  _styles: readonly PolicyStyle[],
): Chart | null {
  const sizes = new Set(chunkSizes.map(({ chunk }) => chunk));
  if (sizes.size < FEWEST) return null;
  const all = [...new Set(chunkSizes.map(({ at = "" }) => at))];
  const places = all.slice(0, MOST_PLACES);
  const methods = [...new Set(chunkSizes.map(({ method }) => method))];
  const values = QUANTITIES.flatMap(({ title, of }) =>
    chunkSizes.map((row) => ({
      quantity: title,
      ...{ at: row.at ?? "", method: row.method, chunk: row.chunk },
      value: rounded(of(row)),
    })),
  );
  return {
    id: "chunk-size",
    title: "What chunks of each size cost",
    caption:
      "Bytes from the server, bytes in all and mean time from release to holding a file, by the size " +
      "of chunks, one line a method of synchronisation. Lower is better everywhere." +
      (all.length > places.length
        ? ` The first ${MOST_PLACES} of ${all.length} combinations.`
        : ""),
    isLabelled: true,
    columns: places.length,
    isAcrossLevels: true,
    spec: {
      description: `Line charts over ${sizes.size} sizes of chunks, for each method.`,
      data: { values: values.filter(({ at }) => places.includes(at)) },
      concat: QUANTITIES.flatMap(({ title }) => {
        const tops = places.map(
          (place) =>
            max(values, ({ quantity, at, value }) =>
              quantity === title && at === place ? value : 0,
            ) ?? 0,
        );
        const [least, most] = [Math.min(...tops), Math.max(...tops)];
        const isShared = most < MOST_RATIO * least;
        return places.map((at, i) => panel(title, at, isShared ? most : tops[i], methods));
      }),
      ...panelLayout(places),
      resolve: { legend: { color: "shared", strokeDash: "shared" } },
    },
  };
}

/** One quantity at one combination of levels; `top` is the end of its scale. */
function panel(quantity: string, at: string, top: number, methods: readonly string[]) {
  const method = { field: "method", type: "nominal" as const, title: null };
  const scale = { domain: [...methods] };
  return {
    width: "container" as const,
    height: 150,
    ...(at === "" ? {} : { title: headingOf(at) }),
    transform: [
      { filter: { field: "quantity", equal: quantity } },
      { filter: { field: "at", equal: at } },
    ],
    mark: { type: "line" as const, point: true, strokeWidth: 2 },
    encoding: {
      x: {
        field: "chunk",
        type: "quantitative" as const,
        title: "bytes in a chunk",
        scale: { type: "log" as const, nice: false },
        axis: { format: "~s", tickCount: 5, grid: false },
      },
      y: {
        field: "value",
        type: "quantitative" as const,
        title: quantity,
        scale: { domain: [0, top], nice: true },
        axis: { tickCount: 4 },
      },
      color: { ...method, scale, legend: { orient: "top" as const } },
      strokeDash: { ...method, scale },
      tooltip: [
        { field: "method" },
        { field: "chunk", title: "bytes in a chunk" },
        ...(at === "" ? [] : [{ field: "at" }]),
        { field: "value", title: quantity },
      ],
    },
  };
}
