import { test } from "uvu";
import * as assert from "uvu/assert";
import { evaluate, expressionOf } from "./expression.ts";
import type { Source } from "./source.ts";

/** A source of two policies, of which the second is known to take at least 12 h. */
const source: Source = {
  name: "bounds",
  fingerprint: "0123456789abcdef",
  dimensions: new Map([["dispatch", ["fast", "slow"]]]),
  measures: new Map([["visit.p95", { unit: "s", better: "lower" }]]),
  cells: [
    {
      at: { dispatch: "fast" },
      values: { "visit.p95": { mean: 10_800, low: 9000, high: 12_600 } },
    },
    {
      at: { dispatch: "slow" },
      values: { "visit.p95": { mean: 43_200, low: 43_200, high: 43_200, isAtLeast: true } },
    },
  ],
  figures: null,
};

function textOf(expression: string, choice: readonly (readonly [string, string[]])[] = []) {
  const setting = { sources: () => source, from: "bounds", choice: new Map(choice) };
  return evaluate(expressionOf(expression), setting).text;
}

test("a lower bound is told as one, also as a multiple, and has no interval", () => {
  assert.is(textOf("visit.p95 at dispatch=slow as 0 h (0–0)"), "> 12 h");
  assert.is(textOf("visit.p95 at dispatch=slow × 0.5 as 0 h"), "> 6 h");
  assert.is(textOf("visit.p95 at dispatch=fast as 0.0 h (0.0–0.0)"), "3.0 h (2.5–3.5)");
});

test("a quotient is a lower bound where what is divided is, and unknown where the divisor is", () => {
  const [fast, slow] = ["visit.p95 at dispatch=fast", "visit.p95 at dispatch=slow"];
  assert.is(textOf(`${slow} / ${fast} as 0.0`), "> 4.0");
  assert.is(textOf(`${fast} / ${slow} as 0.0`), "–");
  assert.is(textOf(`${slow} / ${slow} as 0.0`), "–");
});

test("several cells of which one is a lower bound are a range without an end", () => {
  assert.is(textOf("visit.p95 as 0 h", [["dispatch", ["fast", "slow"]]]), "3 to > 12 h");
});

test.run();
