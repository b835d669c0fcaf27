import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay, stream } from "../../testing.ts";
import { type Candidate, type DispatchView, SERVER } from "../dispatch.ts";
import { leastAddedWait } from "./least-added-wait.ts";

const MB = 1e6;

test("of those that have given alike the one is taken where the file is sent soonest", () => {
  // 1 MB takes 10 s and 1 s; they will have given 110 s and 101 s of their rates.
  const slow = candidate(0, { rate: 0.1 * MB, given: 10 * MB });
  const fast = candidate(1, { rate: MB, given: 100 * MB });
  assert.is(choice([slow, fast]), 1);
  // 10 MB ahead at the fast one: 21 MB of work take 21 s.
  assert.is(choice([slow, { ...fast, ahead: 10 * MB }]), 0);
});

test("the wait of others counts as much as it is told to", () => {
  // Both will have given 100 s. 1 MB behind 1 MB adds 3 s, or 2 s for itself; alone at 0.4 MB/s, 2.5 s.
  const busy = candidate(0, { ahead: MB, given: 99 * MB });
  const idle = candidate(1, { rate: 0.4 * MB, given: 39 * MB });
  assert.is(choice([busy, idle]), 1);
  assert.is(choice([busy, idle], {}, { others: 0 }), 0);
});

test("a slow volunteer is asked once it has given far less than the mean", () => {
  const fast = candidate(1, { given: 99 * MB }); // 1 s, and 100 s given.
  const slow = (given: number) => candidate(0, { rate: 0.1 * MB, given }); // 10 s.
  // 50 s given, of 94.5 s in the mean: 10 · 50 · (50 / 75.6)⁸ = 18, against 100.
  assert.is(choice([slow(4 * MB), fast]), 0);
  // 70 s, of 96.4: 10 · 70 · (70 / 77.1)⁸ = 323; with the whole mean, 10 · 70 · (70 / 96.4)⁸ = 54.
  assert.is(choice([slow(6 * MB), fast]), 1);
  assert.is(choice([slow(6 * MB), fast], {}, { share: 1 }), 0);
  // 80 s are enough: 10 · 80.
  assert.is(choice([slow(7 * MB), fast]), 1);
});

test("a synchronisation counts as far as the line that both share has no room besides", () => {
  const synchronising = { syncRate: 0.75 * MB, left: 1e12, shared: MB, given: 100 * MB };
  // 0.25 MB/s are left: 4 s, against 1.5 MB at 1 MB/s behind a quarter of a megabyte.
  const other = candidate(1, { ahead: 0.25 * MB, given: 100 * MB });
  assert.is(choice([candidate(0, synchronising), other]), 1);
  assert.is(choice([candidate(0, { ...synchronising, shared: 1.75 * MB }), other]), 0);
});

test("who does not hold the file counts neither as a choice nor in the mean", () => {
  const stale = candidate(0, { belief: "stale", given: 1e12 });
  assert.is(choice([stale, candidate(1, { ahead: 1e9, given: MB })]), 1);
  assert.is(choice([stale]), SERVER);
  const slow = candidate(1, { rate: 0.1 * MB, given: 10 * MB });
  assert.is(choice([stale, slow, candidate(2, { given: 100 * MB })]), 2);
});

test("what costs the same is drawn", () => {
  const { decide } = bind(leastAddedWait);
  const view = dispatchView([candidate(0), candidate(1)]);
  assert.equal(
    [0, 0.49, 0.5, 0.99].map((draw) => decide(view, replay([draw])).to),
    [1, 1, 0, 0],
  );
});

test("the choice is the same at any scale of bytes and of rates", () => {
  const powerOfTwo = fc.integer({ min: -20, max: 20 }).map((power) => 2 ** power);
  const amount = fc.integer({ min: 0, max: 1e9 });
  const volunteer = fc.record({
    ahead: amount,
    given: amount,
    rate: fc.integer({ min: 1, max: 1e8 }),
  });
  fc.assert(
    fc.property(
      fc.array(volunteer, { minLength: 1 }),
      powerOfTwo,
      powerOfTwo,
      (all, bytes, rates) => {
        const decide = (ofBytes: number, ofRates: number) => {
          const candidates = all.map(({ ahead, given, rate }, node) =>
            candidate(node, {
              ahead: ahead * ofBytes,
              given: given * ofBytes,
              rate: rate * ofRates,
            }),
          );
          const view = dispatchView(candidates, { size: MB * ofBytes });
          return bind(leastAddedWait).decide(view, stream(1)).to;
        };
        assert.is(decide(bytes, rates), decide(1, 1));
      },
    ),
  );
});

test.run();

/** The index chosen where no draw is needed. */
function choice(
  candidates: readonly Candidate[],
  facts: Partial<DispatchView> = {},
  params: Readonly<Record<string, number>> = {},
): number {
  const view = dispatchView(candidates, { size: MB, ...facts });
  return bind(leastAddedWait, params).decide(view, replay([])).to;
}
