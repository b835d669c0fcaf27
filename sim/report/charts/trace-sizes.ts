import { cumsum } from "d3-array";
import { formatShare, formatValue } from "../format.ts";
import type { AccessRows } from "../trace-data.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";
import { sizeTicks } from "./size-ticks.ts";

const MEGABYTE = 1e6;

/** Which share of the files, and of their bytes, is below each size. */
export function traceSizesChart({ sizes }: AccessRows): Chart | null {
  const [first] = sizes;
  if (first === undefined) return null;
  const measures = [
    { name: "files", sums: cumsum(sizes, ({ files }) => files) },
    { name: "bytes", sums: cumsum(sizes, ({ bytes }) => bytes) },
  ];
  const values = measures.flatMap(({ name, sums }) => [
    { measure: name, size: first.from, share: 0 },
    ...sizes.map(({ to }, at) => ({
      measure: name,
      size: to,
      share: rounded((sums[at] ?? 0) / (sums.at(-1) ?? 1)),
    })),
  ]);
  const largest = sizes.at(-1)?.to ?? MEGABYTE;
  const small = measures.map(({ name, sums }) => {
    const at = sizes.findLastIndex(({ to }) => to <= MEGABYTE);
    return `${formatShare((sums[at] ?? 0) / (sums.at(-1) ?? 1))} of the ${name}`;
  });
  return {
    id: "sizes",
    title: "Sizes of the files",
    caption:
      "Share of the files that are smaller than a size, and of all bytes that lie in such files. " +
      "The line stands at 1 MB.",
    isLabelled: true,
    spec: {
      width: "container",
      height: 300,
      description: `Cumulative distributions of file sizes. Below 1 MB are ${small.join(" and ")}; the largest file has at most ${formatValue(largest, "bytes")}.`,
      layer: [
        {
          data: { values: [{ size: MEGABYTE }] },
          mark: { type: "rule", strokeDash: [4, 3] },
          encoding: { x: { field: "size", type: "quantitative" } },
        },
        {
          data: { values },
          mark: { type: "line", strokeWidth: 1.8, point: false },
          encoding: {
            x: {
              field: "size",
              type: "quantitative",
              title: "size of a file",
              scale: { type: "log", nice: false },
              axis: sizeTicks(first.from, largest),
            },
            y: {
              field: "share",
              type: "quantitative",
              title: "share below",
              axis: { format: ".0%", tickCount: 5 },
              scale: { domain: [0, 1] },
            },
            color: {
              field: "measure",
              type: "nominal",
              title: null,
              scale: { domain: ["files", "bytes"] },
            },
            strokeDash: {
              field: "measure",
              type: "nominal",
              title: null,
              scale: {
                domain: ["files", "bytes"],
                range: [
                  [1, 0],
                  [8, 3],
                ],
              },
            },
          },
        },
      ],
    },
  };
}
