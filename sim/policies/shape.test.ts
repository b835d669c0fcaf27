import { test } from "uvu";
import * as assert from "uvu/assert";
import { problemsOf } from "./rules.ts";
import {
  amount,
  flag,
  type Kind,
  list,
  moment,
  number,
  numbers,
  oneOf,
  optional,
  orNull,
  record,
  type Shape,
  text,
  unbounded,
  whole,
} from "./shape.ts";

const of = <T>(kind: Kind<T>, value: unknown) => problemsOf(kind, value, "it").join("\n");

test("a number is one that a policy can reckon with, within its range", () => {
  const { NaN: none, POSITIVE_INFINITY: most, NEGATIVE_INFINITY: least } = Number;
  const cases: readonly (readonly [Kind<number>, right: number[], wrong: [number, string][]])[] = [
    [number, [0, -1.5], [[most, "a finite number; got Infinity"]]],
    [amount, [0, 1.5], [[-1, "0 or more, and finite; got -1"]]],
    [unbounded, [0, most], [[-0.5, "0 or more; got -0.5"]]],
    [moment, [-3, least], [[most, "a time, or -Infinity; got Infinity"]]],
    [whole(), [0, 7], [[0.5, "a whole number, 0 or more; got 0.5"]]],
    [whole(-1), [-1], [[-2, "a whole number, -1 or more; got -2"]]],
  ];
  for (const [kind, right, wrong] of cases) {
    for (const value of right) assert.is(of(kind, value), "");
    for (const [value, problem] of wrong) assert.is(of(kind, value), `it: expected ${problem}`);
    assert.is(of(kind, none), "it: expected a number; got NaN");
    assert.is(of(kind, "1"), 'it: expected a number; got "1"');
    assert.is(of(kind, undefined), "it: expected a number; got undefined");
  }
});

test("texts, flags and names are told apart", () => {
  assert.is(of(text, "") + of(flag, false) + of(oneOf("a", "b"), "b"), "");
  assert.is(of(text, 1), "it: expected text; got 1");
  assert.is(of(flag, null), "it: expected true or false; got null");
  assert.is(of(oneOf("a", "b"), "c"), 'it: expected one of a, b; got "c"');
  assert.is(of(oneOf("a"), "c".repeat(100)), `it: expected one of a; got "${"c".repeat(60)}"`);
});

test("what is optional may be absent, and what may be null is null or right", () => {
  assert.is(of(optional(text), undefined) + of(orNull(text), null), "");
  assert.is(of(optional(text), null), "it: expected text; got null");
  assert.is(of(orNull(text), undefined), "it: expected text; got undefined");
});

interface Thing {
  readonly id: number;
  readonly name?: string;
}

const thing = record<Thing>({ id: whole(), name: optional(text) });

test("an object may have fields of its host's own, by getters too", () => {
  class Hosted {
    readonly url = "";
    get id() {
      return 3;
    }
  }
  assert.is(of(thing, new Hosted()), "");
  for (const [value, found] of [
    [undefined, "undefined"],
    [null, "null"],
    [[], "a list"],
    [of, "a function"],
  ]) {
    assert.is(of(thing, value), `it: expected an object; got ${found}`);
  }
});

test("of a list that says how much of it counts, only that is looked at", () => {
  const shelf = record<{ things: readonly Thing[]; count: number }>({
    things: list(thing, { count: "count", ascending: "id" }),
    count: whole(),
  });
  const things = [{ id: 1 }, { id: 5 }, { id: 5 }, { id: "" }];
  assert.is(of(shelf, { things, count: 2 }), "");
  assert.is(
    of(shelf, { things, count: 3 }),
    "it.things[2].id: expected more than 5 before it; got 5",
  );
  assert.is(of(shelf, { things: [], count: 1 }), "it.things.length: expected 1 or more; got 0");
  const countless = of(shelf, { things: [{ id: 1 }, {}] }).split("\n");
  assert.equal(countless, [
    "it.things[1].id: expected a number; got undefined",
    "it.count: expected a number; got undefined",
  ]);
});

test("numbers may stand in a typed array", () => {
  const bits = numbers(whole());
  assert.is(of(bits, Uint8Array.of(1)) + of(bits, [0, 1]), "");
  assert.is(of(bits, [0, null]), "it[1]: expected a number; got null");
  assert.is(of(bits, "01"), 'it: expected an array of numbers; got "01"');
});

test("of very many problems the first hundred are told, and how many there are besides", () => {
  const problems = problemsOf(list(text), Array.from({ length: 103 }), "it");
  assert.is(problems.length, 101);
  assert.is(problems[99], "it[99]: expected text; got undefined");
  assert.is(problems[100], "3 more problems");
});

/** What does not compile here would not compile beside a view either: `npm run types` is the test. */
export const HELD_EQUAL = {
  right: { id: whole(), name: optional(text) } satisfies Shape<Thing>,
  // @ts-expect-error: a field of the type has no kind.
  missing: { id: whole() } satisfies Shape<Thing>,
  // @ts-expect-error: a kind has no field in the type.
  superfluous: { id: whole(), name: optional(text), size: amount } satisfies Shape<Thing>,
  // @ts-expect-error: the kind is another's.
  other: { id: text, name: optional(text) } satisfies Shape<Thing>,
  // @ts-expect-error: a field that may be absent needs a kind that allows it.
  asked: { id: whole(), name: text } satisfies Shape<Thing>,
  // @ts-expect-error: a field that must be there needs a kind that asks for it.
  lax: { id: optional(whole()), name: optional(text) } satisfies Shape<Thing>,
  // @ts-expect-error: one of the names is forgotten.
  fewer: { on: oneOf("a", "b") } satisfies Shape<{ on: "a" | "b" | "c" }>,
  // @ts-expect-error: the type knows no such name.
  more: { on: oneOf("a", "b") } satisfies Shape<{ on: "a" }>,
};

test.run();
