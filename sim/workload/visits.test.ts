import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { countVisits, numberVisits, SESSION_GAP, visitsByPause } from "./visits.ts";

test("a pause of half an hour is within a visit, a longer one ends it", () => {
  const trace = {
    requests: 5,
    time: Float64Array.of(0, 10, SESSION_GAP, SESSION_GAP + 11, 2 * SESSION_GAP + 12),
    customer: Uint32Array.of(0, 1, 0, 1, 1),
  };
  // Customer 0 pauses for just half an hour; customer 1 for a second more, twice.
  assert.equal([...visitsByPause(trace, 2)], [0, 1, 0, 2, 3]);
});

test("visits are numbered by their first requests, without a gap, and no two customers share one", () => {
  const asks = fc.array(fc.tuple(fc.nat(20_000), fc.nat(3)), { maxLength: 40 });
  fc.assert(
    fc.property(asks, fc.nat(40), (drawn, cut) => {
      const sorted = drawn.toSorted(([a], [b]) => a - b);
      const customer = Uint32Array.from(sorted, ([, who]) => who);
      const time = Float64Array.from(sorted, ([at]) => at);
      const visit = visitsByPause({ requests: sorted.length, time, customer }, 4);
      let seen = 0;
      for (const [request, number] of visit.entries()) {
        assert.ok(number <= seen);
        if (number === seen) seen++;
        assert.is(customer[request], customer[visit.indexOf(number)]);
      }
      const first = visit.subarray(0, cut);
      assert.is(countVisits(visit, first.length), new Set(first).size);
    }),
  );
});

test("whatever numbers tell visits apart, they become those of the order of first requests", () => {
  const visit = Uint32Array.of(7, 3, 7, 0, 3, 9);
  numberVisits(visit);
  assert.equal([...visit], [0, 1, 0, 2, 1, 3]);
  numberVisits(visit);
  assert.equal([...visit], [0, 1, 0, 2, 1, 3]);
  const none = new Uint32Array(0);
  numberVisits(none);
  assert.is(none.length, 0);
});

test.run();
