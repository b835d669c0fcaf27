import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, type Policy, paramProblems } from "./policy.ts";
import { replay } from "./testing.ts";

const params = {
  share: { default: 0.5, min: 0, max: 1, unit: "ratio", summary: "a ratio" },
  copies: { default: 2, min: 1, max: 9, unit: "count", summary: "a count" },
} as const;

/** Answers with its params and with all events so far, to show what `bind` hands to it. */
const echo: Policy<string, string, string, typeof params, string> = {
  name: "echo",
  summary: "says what it was given",
  source: "test",
  params,
  memory: { init: () => "", observe: (memory, event) => memory + event },
  decide: (view, { share, copies }, _random, memory) => `${view} ${share} ${copies} ${memory}`,
};

const noDraws = replay([]);

test("params take their overrides, and else their defaults", () => {
  assert.is(bind(echo).decide("view", noDraws), "view 0.5 2 ");
  assert.is(bind(echo, { share: 0 }).decide("view", noDraws), "view 0 2 ");
  assert.is(bind(echo, { share: 1, copies: 9 }).decide("view", noDraws), "view 1 9 ");
});

test("each bound policy remembers its own events, in order", () => {
  const [one, other] = [bind(echo), bind(echo)];
  one.observe("a");
  one.observe("b");
  assert.is(one.decide("view", noDraws), "view 0.5 2 ab");
  assert.is(other.decide("view", noDraws), "view 0.5 2 ");
});

test("what a policy remembers can be put back into another of its kind", () => {
  const [one, other] = [bind(echo), bind(echo)];
  one.observe("a");
  const { memory } = one;
  one.observe("b");
  other.recall(memory);
  other.observe("c");
  assert.equal([one.remembers, one.memory, other.memory], [true, "ab", "ac"]);
  assert.is(other.decide("view", noDraws), "view 0.5 2 ac");
});

test("the memory of another kind is refused, and the own is kept", () => {
  const bound = bind(echo);
  bound.observe("a");
  for (const wrong of [7, null, undefined, ["a"], { a: "a" }]) {
    assert.throws(() => bound.recall(wrong), /^memory: expected text; got /);
  }
  assert.is(bound.memory, "a");
});

test("of a policy that remembers nothing there is nothing to save", () => {
  const { memory: _, ...forgetful } = echo;
  const bound = bind(forgetful);
  assert.equal([bound.remembers, bound.memory], [false, undefined]);
  bound.recall(undefined);
  bound.recall(null); // What JSON makes of undefined in a list.
  assert.throws(() => bound.recall("a"), /^memory: expected none, since echo remembers nothing$/);
});

test("a policy without memory ignores events", () => {
  const { memory: _, ...forgetful } = echo;
  const bound = bind(forgetful);
  bound.observe("a");
  assert.is(bound.decide("view", noDraws), "view 0.5 2 undefined");
});

test("all problems with params are told at once", () => {
  assert.equal(paramProblems(echo, { share: 0.3, copies: 3 }), []);
  assert.equal(paramProblems(echo, { shares: 1, share: 2, copies: 2.5 }), [
    "unknown param: echo.shares; known: share, copies",
    "invalid param: echo.share = 2; not in [0, 1] ratio",
    "expected whole count: echo.copies; got 2.5",
  ]);
});

test("what is no number, or belongs to every object, is no param", () => {
  assert.equal(paramProblems(echo, { share: "1" }), [
    'invalid param: echo.share = "1"; not in [0, 1] ratio',
  ]);
  assert.is(paramProblems(echo, { share: Number.NaN }).length, 1);
  assert.equal(paramProblems({ name: "plain", params: {} }, { toString: 1 }), [
    "unknown param: plain.toString; known: none",
  ]);
});

test("bind refuses what has problems", () => {
  assert.throws(
    () => bind(echo, { share: -1, copy: 1 }),
    (error: unknown) =>
      error instanceof RangeError &&
      error.message ===
        "invalid param: echo.share = -1; not in [0, 1] ratio\n" +
          "unknown param: echo.copy; known: share, copies",
  );
});

test.run();
