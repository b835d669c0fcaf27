import type { ChokingPolicy } from "./choking.ts";

/** Sends to everybody who asks, as machines of one owner may. */
export const noChoking: ChokingPolicy = {
  name: "none",
  summary: "everybody, whatever they gave",
  source: "baseline; Kraken, whose peers have one owner",
  params: {},
  decide: ({ peers }) => ({
    unchoke: peers.map(({ connection }) => connection),
    reason: "everybody",
  }),
};
