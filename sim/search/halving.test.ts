import { test } from "uvu";
import * as assert from "uvu/assert";
import { halve, rungsTo } from "./halving.ts";

test("rungs double, as many as halve the candidates down to two, from the least number on", () => {
  assert.equal(rungsTo(16, 16), [2, 4, 8, 16]);
  assert.equal(rungsTo(16, 1000), [1, 2, 4, 8, 16]);
  assert.equal(rungsTo(12, 32, 3), [3, 6, 12]);
  assert.equal(rungsTo(5, 8), [2, 3, 5]);
  assert.equal(rungsTo(1, 8), [1]);
  assert.equal(rungsTo(8, 2), [8]);
});

test("the better half goes on, by what it scored last; the best of the last rung is first", async () => {
  const asked: string[] = [];
  // With one trial a is the best, with four d.
  const scores: Readonly<Record<number, Readonly<Record<string, number>>>> = {
    1: { a: 5, b: 1, c: 3, d: 4, e: 2 },
    4: { a: 1, c: 2, d: 3 },
  };
  const ranked = await halve(["a", "b", "c", "d", "e"], [1, 4], async (left, trials) => {
    asked.push(`${left.join("")} ${trials}`);
    return left.map((each) => scores[trials][each]);
  });
  assert.equal(asked, ["abcde 1", "adc 4"]);
  assert.equal(ranked, [
    { candidate: "d", score: 3 },
    { candidate: "c", score: 2 },
    { candidate: "a", score: 1 },
  ]);
});

test("of equals the earlier candidate is first", async () => {
  const ranked = await halve([1, 2, 3], [1, 2], async (left) => left.map(() => 0));
  assert.is(ranked[0].candidate, 1);
});

test.run();
