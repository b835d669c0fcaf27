import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { assertMaxMin, networks } from "../testing.ts";
import { type Demand, maxMinRates } from "./max-min.oracle.ts";

test("flows share a link equally", () => {
  assert.equal(maxMinRates([{ links: [0] }, { links: [0] }], [10]), [5, 5]);
});

test("what a bottlenecked flow cannot use goes to the others", () => {
  // Link 0 carries A and B and has 10; link 1 carries only B and has 2.
  // Link 1 fills first: B = 2. Link 0 then gives A the rest: A = 10 - 2 = 8.
  assert.equal(maxMinRates([{ links: [0] }, { links: [0, 1] }], [10, 2]), [8, 2]);
});

test("a weight of two takes two shares, unless a cap holds the flow back", () => {
  // Shares of 12 at weights 1, 2: 4 and 8. With the heavy one capped at 3, the other gets 9.
  assert.equal(maxMinRates([{ links: [0] }, { links: [0], weight: 2 }], [12]), [4, 8]);
  assert.equal(maxMinRates([{ links: [0] }, { links: [0], weight: 2, cap: 3 }], [12]), [9, 3]);
});

test("three links in a row: the long flow gets the least of what the short ones leave", () => {
  // Capacities 6, 4, 10, one short flow on each and one over all: level 2 on the middle link
  // holds the long flow and its neighbour at 2; the others take 6 - 2 and 10 - 2.
  const flows: Demand[] = [{ links: [0, 1, 2] }, { links: [0] }, { links: [1] }, { links: [2] }];
  assert.equal(maxMinRates(flows, [6, 4, 10]), [2, 4, 2, 8]);
});

test("a flow with nothing to hold it back has no finite rate", () => {
  assert.equal(maxMinRates([{ links: [] }, { links: [], cap: 3 }], []), [
    Number.POSITIVE_INFINITY,
    3,
  ]);
});

test("every flow is at its cap or has a bottleneck: a full link on which none has more per weight", () => {
  fc.assert(
    fc.property(networks, ({ flows, capacities }) => {
      assertMaxMin(flows, capacities, maxMinRates(flows, capacities));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("the definition rejects an allocation that is not max-min fair", () => {
  const flows: Demand[] = [{ links: [0] }, { links: [0] }];
  assert.throws(() => assertMaxMin(flows, [10], [6, 4]), /flow 1 has no bottleneck/);
  assert.throws(() => assertMaxMin(flows, [10], [4, 4]), /flow 0 has no bottleneck/);
  assert.throws(() => assertMaxMin(flows, [10], [6, 6]), /link 0 is over capacity/);
});

test.run();
