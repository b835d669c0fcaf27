/** A transfer in progress, as the solver sees it. */
export interface Demand {
  /** Indices of the links it crosses, each once. */
  readonly links: readonly number[];
  /** Its share of a link against others; 1 when absent. */
  readonly weight?: number;
  /** Bytes per second it can take at most; unlimited when absent. */
  readonly cap?: number;
}

/**
 * The weighted max-min fair rate of each flow, by progressive filling: the plain version, which
 * `Network` must agree with.
 *
 * All rates rise together, each in proportion to its weight, until a link is full or a flow has
 * reached its cap; what is held back stops rising, and the rest goes on. A flow with neither links
 * nor a cap gets `Infinity`. Rates are in the unit of `capacities` (bytes per second).
 *
 * Source: Bertsekas and Gallager, Data Networks, 2nd ed., section 6.5.2.
 */
export function maxMinRates(flows: readonly Demand[], capacities: readonly number[]): number[] {
  const rates = flows.map(() => Number.NaN);
  const rising = new Set(flows.keys());
  const spare = [...capacities];

  while (rising.size > 0) {
    const level = Math.min(
      ...capacities.map((_, link) => linkLevel(link)),
      ...Array.from(rising, (flow) => capOf(flow) / weightOf(flow)),
    );
    const held = [...rising].filter(
      (flow) =>
        capOf(flow) / weightOf(flow) === level ||
        flows[flow].links.some((link) => linkLevel(link) === level),
    );
    for (const flow of held) {
      rates[flow] = level * weightOf(flow);
      rising.delete(flow);
    }
    for (const flow of held) {
      for (const link of flows[flow].links) {
        spare[link] = Math.max(0, spare[link] - rates[flow]); // Rounding may go a hair below zero.
      }
    }
  }
  return rates;

  /** The rate per weight at which the link would be full if every rising flow on it rose alike. */
  function linkLevel(link: number): number {
    let weights = 0;
    for (const flow of rising) if (flows[flow].links.includes(link)) weights += weightOf(flow);
    return weights === 0 ? Number.POSITIVE_INFINITY : spare[link] / weights;
  }
  function weightOf(flow: number): number {
    return flows[flow].weight ?? 1;
  }
  function capOf(flow: number): number {
    return flows[flow].cap ?? Number.POSITIVE_INFINITY;
  }
}
