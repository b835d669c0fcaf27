import { deepStrictEqual as same } from "node:assert";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Mark, Marks } from "./marks.ts";

/** Transfers named by their marks, unless others are given. */
function marksOf(marks: readonly number[], size = 1000): Marks {
  const all = new Marks();
  for (const mark of marks) all.add({ transfer: mark, size, mark });
  return all;
}

test("without transfers there is no least mark and nothing above", () => {
  const marks = new Marks();
  assert.is(marks.count, 0);
  assert.is(marks.least, Number.POSITIVE_INFINITY);
  assert.is(marks.above(0, 100), 0);
  assert.is(marks.of(3), undefined);
  assert.is(marks.remove(3), false);
  assert.equal(marks.transfers(), []);
  marks.limit(0);
  assert.is(marks.count, 0);
});

test("transfers stand in the order of their marks, equal ones in that of their coming", () => {
  const marks = new Marks();
  for (const [transfer, mark] of [
    [1, 30],
    [2, 10],
    [3, 30],
    [4, 20],
    [5, 30],
  ]) {
    marks.add({ transfer, size: 50, mark });
  }
  assert.equal(marks.transfers(), [2, 4, 1, 3, 5]);
  assert.is(marks.least, 10);
  assert.is(marks.of(4), 20);
  assert.equal(marks.takeFirst(), { transfer: 2, size: 50, mark: 10 });
  assert.is(marks.of(2), undefined);
  assert.is(marks.remove(1), true);
  assert.equal(marks.transfers(), [4, 3, 5]);
  assert.is(marks.count, 3);
  assert.is(marks.above(0, 25), 20 + 25 + 25);
});

test("what marks are above the clock is counted up to a size, from after the first that has gone", () => {
  const marks = marksOf([10, 20, 30]);
  assert.is(marks.above(5, 15), 5 + 15 + 15);
  assert.is(marks.above(5, 20), 5 + 15 + 20);
  assert.is(marks.above(5, 1000), 5 + 15 + 25);
  marks.takeFirst();
  assert.is(marks.above(15, 10), 5 + 10);
  assert.is(marks.above(15, Number.POSITIVE_INFINITY), 5 + 15);
});

test("no mark stays more than its size above the clock, whichever change places by that", () => {
  const marks = new Marks();
  const sizes = [1000, 10, 50, 20, 5];
  for (const [transfer, size] of sizes.entries())
    marks.add({ transfer, size, mark: 100 + transfer });
  marks.limit(60);
  // At most 1060, 70, 110, 80 and 65.
  assert.equal(marks.transfers(), [4, 1, 3, 0, 2]);
  assert.equal(
    sizes.map((_, transfer) => marks.of(transfer)),
    [100, 70, 102, 80, 65],
  );
  assert.is(marks.above(60, 1000), 40 + 10 + 42 + 20 + 5);
});

test("when none is left, the columns are used from the front again", () => {
  const marks = marksOf([1, 2, 3]);
  for (let left = 3; left > 0; left--) marks.takeFirst();
  assert.is(marks.save().first, 3);
  marks.reset();
  assert.equal([marks.count, marks.save().first], [0, 0]);
  marks.add({ transfer: 1, size: 5, mark: 4 });
  assert.is(marks.above(0, 10), 4);
});

test("columns become larger when more than half of them is used, and else are moved to the front", () => {
  const marks = marksOf([1, 2, 3, 4, 5, 6, 7, 8]);
  assert.is(marks.save().room, 8);
  for (let gone = 0; gone < 4; gone++) marks.takeFirst();
  marks.add({ transfer: 9, size: 1000, mark: 9 });
  assert.equal([marks.save().first, marks.save().room], [0, 8]);
  for (const mark of [10, 11, 12]) marks.add({ transfer: mark, size: 1000, mark });
  assert.equal(marks.transfers(), [5, 6, 7, 8, 9, 10, 11, 12]);
  marks.takeFirst();
  marks.add({ transfer: 13, size: 1000, mark: 13 });
  assert.equal([marks.save().first, marks.save().room], [0, 16]);
  assert.is(marks.above(0, 100), 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13);
});

test("what is saved is the same to the last bit, whatever is done with it later", () => {
  const change = fc.record({
    mark: fc.double({ min: 0, max: 1e6, noNaN: true }),
    isTaken: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change), fc.array(change), (before, after) => {
      const one = new Marks();
      const play = (marks: Marks, changes: readonly { mark: number; isTaken: boolean }[]) => {
        for (const [transfer, { mark, isTaken }] of changes.entries()) {
          if (isTaken && marks.count > 0) marks.takeFirst();
          else marks.add({ transfer, size: 1e6, mark } satisfies Mark);
        }
      };
      play(one, before);
      const other = new Marks();
      other.load(one.save());
      play(one, after);
      play(other, after);
      same(other.save(), one.save());
      assert.is(other.above(3, 5e5), one.above(3, 5e5));
    }),
  );
});

test("a mark that stands alone, far from the front, is lowered like any other", () => {
  const marks = marksOf([10, 20, 30, 40], 5);
  for (let taken = 0; taken < 3; taken++) marks.takeFirst();
  marks.limit(12); // The fourth had 28 left, of a size of 5.
  assert.is(marks.of(40), 17);
  assert.is(marks.above(12, 100), 5);
});

test.run();
