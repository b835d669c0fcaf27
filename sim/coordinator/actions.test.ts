import { test } from "uvu";
import * as assert from "uvu/assert";
import { type ActionKind, Actions } from "./actions.ts";

const KINDS: readonly ActionKind[] = ["audit", "probe", "place", "drop", "synchronise"];

/** What is taken, in order. */
function taken(actions: Actions): [ActionKind, number, number][] {
  const all: [ActionKind, number, number][] = [];
  actions.take((...action) => all.push(action));
  return all;
}

test("actions are taken once, in the order of their adding", () => {
  const actions = new Actions();
  assert.equal(taken(actions), []);
  const expected = KINDS.map((kind, at): [ActionKind, number, number] => [kind, at, -1 - at]);
  for (const action of expected) actions.add(...action);
  assert.is(actions.count, 5);
  assert.equal(taken(actions), expected);
  assert.is(actions.count, 0);
  assert.equal(taken(actions), []);
});

test("there is room for any number of them, and for large numbers of files", () => {
  const actions = new Actions();
  const expected: [ActionKind, number, number][] = [];
  for (let n = 0; n < 1000; n++) expected.push([KINDS[n % 5], n, 2 ** 40 + n]);
  for (const action of expected) actions.add(...action);
  assert.is(actions.count, 1000);
  assert.equal(taken(actions), expected);
});

test("what taking them adds is taken as well", () => {
  const actions = new Actions();
  actions.add("place", 0, 0);
  const files: number[] = [];
  actions.take((_, volunteer, file) => {
    files.push(file);
    if (file < 100) actions.add("place", volunteer, file + 1);
  });
  assert.is(files.length, 101);
  assert.is(actions.count, 0);
});

test("those that were not taken are saved", () => {
  const actions = new Actions();
  for (let n = 0; n < 100; n++) actions.add(KINDS[n % 5], n, 2 * n);
  const copy = new Actions();
  copy.add("audit", 9, 9);
  copy.load(actions.save());
  assert.equal(taken(copy), taken(actions));
  assert.equal(
    Object.values(actions.save()).map(({ length }) => length),
    [0, 0, 0],
  );
  copy.load(actions.save());
  assert.is(copy.count, 0);
});

test.run();
