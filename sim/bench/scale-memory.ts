import type { Figures } from "./benchmark.ts";
import { figuresOf } from "./script.ts";

/** What grows, and by how much, while everything else stays. */
const BASE = { size: "one", files: 1000, customers: 100_000, requests: 100_000, atOnce: false };
const GROWTHS = {
  File: { change: { files: 5_001_000 }, more: 5_000_000 },
  Customer: { change: { customers: 1_100_000 }, more: 1_000_000 },
  Request: { change: { requests: 4_100_000 }, more: 4_000_000 },
  Volunteer: { change: { size: "volunteers 100" }, more: 9900 },
  ActiveFlow: { change: { atOnce: true }, more: 100_000 },
} as const;

/** Bytes of memory for each further one of a kind: what the most memory of a run grows by. */
export async function memoryGrowth(): Promise<Figures> {
  const peakOf = async (change: object) => {
    const { peakBytes } = await figuresOf(
      "scale-memory-run.ts",
      JSON.stringify({ ...BASE, ...change }),
    );
    return peakBytes;
  };
  const base = await peakOf({});
  const figures: Record<string, number> = { "scale.base.peakBytes": base };
  for (const [name, { change, more }] of Object.entries(GROWTHS)) {
    figures[`scale.bytesPer${name}`] = ((await peakOf(change)) - base) / more;
  }
  return figures;
}
