import { test } from "uvu";
import * as assert from "uvu/assert";
import { TimeColumns } from "../time-columns.ts";
import { Decisions } from "./decisions.ts";

/** What is known of decisions at given seconds, in three columns of ten seconds. */
function decided(given: readonly (readonly [at: number, reason: string])[]): Decisions {
  const clock = { now: 0 };
  const decisions = new Decisions(clock, new TimeColumns(30, 10));
  for (const [time, reason] of given) {
    clock.now = time;
    decisions.dispatched(0, 0, reason);
  }
  return decisions;
}

test("reasons are counted in all and by columns of time, the most frequent first", () => {
  const decisions = decided([
    ...([
      [0, "idle"],
      [1, "no holder"],
      [2, "no holder"],
    ] as const),
    ...([
      [12, "no holder"],
      [29, "idle"],
    ] as const),
  ]);
  assert.equal(decisions.reasons(), { idle: 2, "no holder": 3 });
  assert.equal(decisions.course(), {
    width: 10,
    reasons: ["no holder", "idle"],
    counts: Float64Array.of(2, 1, 0, 1, 0, 1),
  });
});

test("a decision after the window counts in all, and in no column", () => {
  const decisions = decided([[30, "late"]]);
  assert.equal(decisions.reasons(), { late: 1 });
  assert.equal(decisions.course().reasons, []);
  assert.is(decisions.course().counts.length, 0);
});

test("ten reasons are kept apart; all others are one, and equals are kept by name", () => {
  const names = Array.from({ length: 12 }, (_, at) => `reason ${String(at).padStart(2, "0")}`);
  const decisions = decided([
    ...names.map((name) => [5, name] as const),
    ...names.slice(2).map((name) => [15, name] as const),
  ]);
  const { reasons, counts } = decisions.course();
  assert.equal(reasons, [...names.slice(2), "other"]);
  assert.equal(Array.from(counts.subarray(30)), [2, 0, 0]); // The two that were given once.
  assert.is(Object.keys(decisions.reasons()).length, 12);
});

test("whatever a policy says, a run keeps at most eleven courses, and loses no decision", () => {
  const decisions = decided(Array.from({ length: 500 }, (_, at) => [25, `reason ${at}`] as const));
  const { reasons, counts } = decisions.course();
  assert.is(reasons.length, 11);
  assert.is(counts.length, 33);
  assert.is(
    counts.reduce((sum, count) => sum + count, 0),
    500,
  );
});

test.run();
