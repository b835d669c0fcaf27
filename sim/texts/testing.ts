import type { Source } from "./source.ts";

/** A source of three policies at two speeds, as experiments give them: of each cell two metrics. */
export function exampleSource(name = "example"): Source {
  const means: readonly (readonly [policy: string, speed: string, delay: number, fair: number])[] =
    [
      ["random", "slow", 263.4, 0.851],
      ["random", "fast", 100.2, 0.9],
      ["tiers(near=1)", "slow", 263.4, 0.851],
      ["tiers(near=1)", "fast", 100.2, 0.9],
      ["tracker", "slow", 170.24, 0.9642],
      ["tracker", "fast", 0.953, 1],
    ];
  return {
    name,
    fingerprint: "0123456789abcdef",
    dimensions: new Map([
      ["dispatch", ["random", "tiers(near=1)", "tracker"]],
      ["link speed", ["slow", "fast"]],
    ]),
    measures: new Map([
      ["delay.mean", { unit: "s", better: "lower" }],
      ["volunteers.jain", { unit: "ratio", better: "higher" }],
    ]),
    cells: means.map(([dispatch, speed, delay, fair]) => ({
      at: { dispatch, "link speed": speed },
      values: {
        "delay.mean": { mean: delay, low: delay - 10, high: delay + 10 },
        "volunteers.jain": { mean: fair, low: fair, high: fair },
      },
    })),
    figures: new Map([["trade-off", "<svg/>\n"]]),
  };
}
