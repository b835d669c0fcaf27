import type { Benchmark } from "./benchmark.ts";

/** The benchmarks by name; each is loaded in its own process only. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  hold: {
    ...{ summary: "the event queue: take the first, put in another", isHeavy: false, rounds: 4 },
    round: async () => (await import("./hold.ts")).hold(),
  },
  star: {
    ...{ summary: "a server, 40 volunteers, up to a million transfers", isHeavy: true, rounds: 2 },
    round: async () => (await import("./star.ts")).star(),
  },
  hot: {
    ...{ summary: "one link, up to 10,000 transfers at once", isHeavy: false, rounds: 3 },
    round: async () => (await import("./hot.ts")).hot(),
  },
  decide: {
    ...{ summary: "decisions over 40 candidates", isHeavy: true, rounds: 2 },
    round: async () => (await import("./decide.ts")).decide(),
  },
  coordinator: {
    ...{ summary: "questions to answers, and the memory of 2.2 million files", isHeavy: true },
    rounds: 2,
    round: async () => (await import("./coordinator.ts")).coordinator(),
  },
  trace: {
    ...{ summary: "reading traces, compiled and as text", isHeavy: true, rounds: 3 },
    round: async () => (await import("./trace.ts")).trace(),
  },
  startup: {
    ...{ summary: "from the command to help and to the first event", isHeavy: false, rounds: 2 },
    round: async () => (await import("./start-up.ts")).startUp(),
  },
  full: {
    ...{
      summary: "ten days of the whole repository, thirty-five of synchronisation",
      isHeavy: true,
      rounds: 1,
    },
    round: async () => (await import("./full.ts")).full(),
  },
  scale: {
    ...{ summary: "experiments/scale.yaml at ten and a hundred times its size", isHeavy: true },
    rounds: 1,
    round: async () => (await import("./scale.ts")).scale(),
  },
  serve: {
    ...{
      summary: "redirects of the live server beside nginx, its memory",
      isHeavy: true,
      rounds: 2,
    },
    round: async () => (await import("./serve.ts")).serve(),
  },
  rows: {
    ...{ summary: "ten million requests, with and without a row for each", isHeavy: true },
    rounds: 1,
    round: async () => (await import("./rows.ts")).rows(),
  },
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
