/** Random networks and the definition of max-min fairness, for the tests of this folder. */
import fc from "fast-check";
import type { Demand } from "./max-min/max-min.oracle.ts";

const TOLERANCE = 1e-9;

/** Up to eight links and twenty flows, with weights and caps on some. */
export const networks = fc
  .array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 })
  .chain((capacities) => {
    const link = fc.nat(capacities.length - 1);
    const demand: fc.Arbitrary<Demand> = fc.record(
      {
        links: fc.uniqueArray(link, { minLength: 1, maxLength: 4 }),
        weight: fc.constantFrom(0.25, 1, 1, 2, 3),
        cap: fc.constantFrom(0.5, 2, 7, 30, 1000),
      },
      { requiredKeys: ["links"] },
    );
    return fc.record({
      capacities: fc.constant(capacities),
      flows: fc.array(demand, { minLength: 1, maxLength: 20 }),
    });
  });

/** Throws unless `rates` is the weighted max-min fair allocation. */
export function assertMaxMin(
  flows: readonly Demand[],
  capacities: readonly number[],
  rates: readonly number[],
): void {
  const perWeight = flows.map((flow, i) => rates[i] / (flow.weight ?? 1));
  const on = (link: number) => [...flows.keys()].filter((i) => flows[i].links.includes(link));
  const used = (link: number) => on(link).reduce((sum, i) => sum + rates[i], 0);
  for (const [link, capacity] of capacities.entries()) {
    if (used(link) > capacity * (1 + TOLERANCE)) throw new Error(`link ${link} is over capacity`);
  }
  for (const [i, flow] of flows.entries()) {
    const cap = flow.cap ?? Number.POSITIVE_INFINITY;
    if (rates[i] > cap * (1 + TOLERANCE)) throw new Error(`flow ${i} is over its cap`);
    if (rates[i] >= cap * (1 - TOLERANCE)) continue;
    const bottleneck = flow.links.some(
      (link) =>
        used(link) >= capacities[link] * (1 - TOLERANCE) &&
        on(link).every((other) => perWeight[other] <= perWeight[i] * (1 + TOLERANCE)),
    );
    if (!bottleneck) throw new Error(`flow ${i} has no bottleneck`);
  }
}
