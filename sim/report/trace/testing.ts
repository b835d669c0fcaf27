import type { TraceData } from "../trace-data.ts";

/** A trace of both kinds at once, so that tests see every chart of the page. */
export function exampleTrace(): TraceData {
  const hours = Array.from({ length: 48 }, (_, hour) => 100 + (hour === 30 ? 900 : hour));
  return {
    name: "example",
    title: "Downloads: example.mlt",
    summary: "5,748 requests of 300 customers for 4 files in 2 days.",
    figures: [
      { label: "files", value: "4", target: "4" },
      { label: "requests", value: "5,748", target: null },
    ],
    tables: [{ title: "Kinds of files", columns: ["kind", "files"], rows: [["image", "1"]] }],
    access: {
      kinds: ["image", "package", "index", "other"].map((kind, at) => ({
        ...{ kind, files: 1, bytes: 10 ** (9 - at), requests: 10 ** at },
        uploadBytes: 10 ** (9 - at),
      })),
      sizes: [3, 5, 6, 8].map((power) => ({
        ...{ from: 10 ** power, to: 1.26 * 10 ** power, files: 1, bytes: 10 ** power },
      })),
      ranks: [1, 2, 3, 4].map((rank) => ({ rank, requests: Math.round(3000 / rank) })),
      law: [1, 4].map((rank) => ({ rank, requests: 3000 / rank })),
      course: {
        start: -1800,
        width: 3600,
        requests: hours,
        bytes: hours.map((each) => 1e6 * each),
      },
      crowds: [{ start: 106_200, end: 120_000, label: "release red at 1 d 05:30" }],
      hours: Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 0.5 : 1.5)),
    },
    sync: {
      hours: [1.2, 20.5, 0.6],
      nodes: [
        { node: "traced", mean: 7.4, max: 20.5, min: 0.6 },
        { node: "other", mean: 1, max: 2, min: 0.5 },
      ],
    },
    notes: ["access.log: 2 of 10 lines give rows"],
  };
}
