import type { Benchmark } from "./benchmark.ts";

/** The benchmarks by name; each is loaded in its own process only. */
export const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  hold: async () => (await import("./hold.ts")).hold,
  star: async () => (await import("./star.ts")).star,
  hot: async () => (await import("./hot.ts")).hot,
  decide: async () => (await import("./decide.ts")).decide,
  trace: async () => (await import("./trace.ts")).trace,
  streams: async () => (await import("./entity-streams.ts")).entityStreams,
  startup: async () => (await import("./start-up.ts")).startUp,
  full: async () => (await import("./full.ts")).full,
};

/** Names that were asked for, or the problem with them. */
export function chosen(only: string | undefined): readonly string[] | { readonly problem: string } {
  const known = Object.keys(BENCHMARKS);
  if (only === undefined) return known;
  const names = only.split(",");
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  return { problem: `unknown benchmark: ${unknown.join(", ")}; known: ${known.join(", ")}` };
}
