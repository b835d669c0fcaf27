import { sum } from "d3-array";
import { formatShare } from "../format.ts";
import type { AccessRows, TraceKindRow } from "../trace-data.ts";
import type { Chart } from "./chart.ts";
import { rounded } from "./rows.ts";

/** What is shared out among the kinds, in the order of the bars. */
const MEASURES = [
  { name: "bytes delivered", of: (row: TraceKindRow) => row.uploadBytes },
  { name: "requests", of: (row: TraceKindRow) => row.requests },
  { name: "bytes stored", of: (row: TraceKindRow) => row.bytes },
  { name: "files", of: (row: TraceKindRow) => row.files },
] as const;

/** Which kinds of files the repository holds and delivers: the abstract's Fig. 1 of any trace. */
export function traceKindsChart({ kinds }: AccessRows): Chart | null {
  const values = MEASURES.flatMap(({ name, of }) => {
    const all = sum(kinds, of);
    return all === 0
      ? []
      : kinds.map((row) => ({ measure: name, kind: row.kind, share: rounded(of(row) / all) }));
  });
  if (values.length === 0) return null;
  const told = values
    .filter(({ measure }) => measure === "bytes delivered" || measure === "requests")
    .map(({ measure, kind, share }) => `${kind} ${formatShare(share)} of the ${measure}`);
  return {
    id: "kinds",
    title: "Bytes and requests by kind of file",
    caption:
      "Shares of the bytes delivered, of the requests, of the bytes stored and of the files, for " +
      "each kind: installation images, packages, lists of packages and all else.",
    isLabelled: true,
    spec: {
      width: "container",
      height: { step: 16 },
      autosize: { type: "fit-x", contains: "padding" },
      description: `Bar chart of shares by kind. ${told.join(", ")}.`,
      data: { values },
      mark: { type: "bar", cornerRadiusEnd: 2 },
      encoding: {
        y: { field: "kind", type: "nominal", sort: null, title: null, axis: { ticks: false } },
        yOffset: { field: "measure", sort: MEASURES.map(({ name }) => name) },
        x: {
          field: "share",
          type: "quantitative",
          title: "share",
          axis: { format: ".0%", tickCount: 5 },
          scale: { domain: [0, 1] },
        },
        color: {
          field: "measure",
          type: "nominal",
          title: null,
          scale: { domain: MEASURES.map(({ name }) => name) },
          legend: { columns: 2 },
        },
        tooltip: [
          { field: "kind" },
          { field: "measure" },
          { field: "share", type: "quantitative", format: ".1%" },
        ],
      },
    },
  };
}
