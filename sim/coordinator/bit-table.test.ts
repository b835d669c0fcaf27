import { deepStrictEqual as same } from "node:assert";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BitTable } from "./bit-table.ts";

/** The pairs of a table among so many. */
function pairsOf(table: BitTable, rows: number, columns: number): string[] {
  const pairs: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (table.has(row, column)) pairs.push(`${row} ${column}`);
    }
  }
  return pairs;
}

test("a table says no of what it has not been told, wherever that is", () => {
  const table = new BitTable(4);
  table.add(1, 2);
  assert.is(table.has(1, 2), true);
  for (const [row, column] of [
    [1, 3],
    [2, 2],
    [0, 2],
    [4, 2],
    [1000, 2],
    [1, 34],
    [1, 1000],
  ]) {
    assert.is(table.has(row, column), false);
    table.remove(row, column); // Is not there: nothing to do.
  }
  assert.is(table.has(1, 2), true);
  table.add(2, 2);
  table.remove(1, 34); // Would be there if rows were a word longer.
  assert.is(table.has(2, 2), true);
  table.remove(2, 2);
  assert.equal(
    [table.word(1, 0), table.word(1, 1), table.word(4, 0), table.word(99, 0)],
    [4, 0, 0, 0],
  );
});

test("rows and columns may grow one by one, and what was there before stays", () => {
  const table = new BitTable(1);
  const expected = [];
  for (let n = 0; n < 100; n++) {
    table.add(n, (7 * n) % 100);
    expected.push(`${n} ${(7 * n) % 100}`);
  }
  assert.equal(pairsOf(table, 120, 130), expected);
  assert.is(table.wordsPerRow, 4);
});

test("room for rows grows by half, so that few additions copy; room for columns by what is needed", () => {
  const table = new BitTable(64);
  assert.is(table.bytes, 64 * 4);
  table.add(64, 0);
  assert.is(table.bytes, 96 * 4);
  table.reserve(1000, 32);
  assert.is(table.bytes, 1000 * 4);
  table.reserve(500, 33);
  assert.is(table.bytes, 1000 * 2 * 4);
  assert.is(table.wordsPerRow, 2);
  table.reserve(1000, 64);
  assert.is(table.bytes, 1000 * 2 * 4);
  table.reserve(1001, 1);
  assert.is(table.bytes, 1500 * 2 * 4);
  assert.equal(pairsOf(table, 1500, 64), ["64 0"]);
});

test("a word holds 32 columns, the first in the lowest bit", () => {
  const table = new BitTable();
  for (const column of [0, 5, 31, 32, 63]) table.add(3, column);
  assert.is(table.word(3, 0), 2 ** 31 + 2 ** 5 + 1);
  assert.is(table.word(3, 1), 2 ** 31 + 1);
  assert.is(table.word(3, 2), 0);
  table.remove(3, 31);
  assert.is(table.word(3, 0), 2 ** 5 + 1);
});

test("a row of another table can be added, which may be wider or narrower", () => {
  const wide = new BitTable();
  const narrow = new BitTable();
  wide.add(2, 40);
  wide.add(3, 41);
  narrow.add(2, 1);
  narrow.addRow(2, wide);
  assert.equal(pairsOf(narrow, 9, 99), ["2 1", "2 40"]);
  narrow.add(2, 70);
  wide.addRow(2, narrow);
  assert.equal(pairsOf(wide, 9, 99), ["2 1", "2 40", "2 70", "3 41"]);
  const long = new BitTable(4);
  wide.add(500, 6);
  long.addRow(500, wide);
  long.addRow(501, wide); // Has none.
  assert.equal(pairsOf(long, 600, 99), ["500 6"]);
});

test("a row or a column is cleared, and nothing beside it", () => {
  const table = new BitTable(4);
  for (let row = 0; row < 4; row++) for (const column of [0, 31, 32, 33]) table.add(row, column);
  table.clearRow(1);
  assert.equal(pairsOf(table, 2, 40), ["0 0", "0 31", "0 32", "0 33"]);
  table.clearColumn(32);
  table.clearColumn(31);
  assert.equal(pairsOf(table, 4, 40), ["0 0", "0 33", "2 0", "2 33", "3 0", "3 33"]);
  table.clearRow(1000); // There is none.
  table.clearColumn(64);
  table.clearColumn(1000);
  assert.is(pairsOf(table, 4, 40).length, 6);
});

test("a column can be cut down to what another table has too", () => {
  const table = new BitTable(4);
  const other = new BitTable(2);
  for (const row of [0, 1, 2, 3]) for (const column of [5, 40]) table.add(row, column);
  other.add(1, 40);
  other.add(2, 5);
  table.keepColumn(40, other);
  assert.equal(pairsOf(table, 9, 64), ["0 5", "1 5", "1 40", "2 5", "3 5"]);
  table.keepColumn(64, other); // There is none.
  table.keepColumn(5, other);
  assert.equal(pairsOf(table, 9, 64), ["1 40", "2 5"]);
  assert.equal(pairsOf(other, 9, 64), ["1 40", "2 5"]);
});

test("what is saved does not depend on the room that was made", () => {
  const roomy = new BitTable();
  roomy.reserve(1000, 100);
  const tight = new BitTable(1);
  for (const table of [roomy, tight]) {
    table.add(70, 33);
    table.add(2, 0);
    table.add(90, 99);
    table.remove(90, 99);
  }
  same(roomy.save(), tight.save());
  same(
    roomy.save().map(({ length }) => length),
    [3, 71],
  );
  same(new BitTable().save(), []);
  const small = new BitTable(2);
  small.load(roomy.save());
  assert.equal(pairsOf(small, 99, 99), ["2 0", "70 33"]);
  const gap = new BitTable();
  gap.add(1, 64);
  same(gap.save(), [new Uint32Array(0), new Uint32Array(0), Uint32Array.of(0, 1)]);
});

test("a table is a set of pairs, through all that can be done with it", () => {
  const pair = { row: fc.nat(100), column: fc.nat(70) };
  const change = fc.record({
    kind: fc.constantFrom(
      "add" as const,
      "add" as const,
      "remove" as const,
      "row" as const,
      "column" as const,
    ),
    ...pair,
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const table = new BitTable(8);
      let pairs: [row: number, column: number][] = [];
      for (const { kind, row, column } of changes) {
        if (kind === "row") table.clearRow(row);
        else if (kind === "column") table.clearColumn(column);
        else table[kind](row, column);
        pairs = pairs.filter(
          ([r, c]) => kind === "column" || r !== row || (kind !== "row" && c !== column),
        );
        if (kind === "column") pairs = pairs.filter(([, c]) => c !== column);
        if (kind === "add") pairs.push([row, column]);
      }
      const copy = new BitTable(2);
      copy.add(1, 1);
      copy.add(99, 99);
      copy.load(table.save());
      const expected = pairs
        .toSorted(([r, c], [s, d]) => r - s || c - d)
        .map(([r, c]) => `${r} ${c}`);
      assert.equal(pairsOf(table, 110, 110), expected);
      assert.equal(pairsOf(copy, 110, 110), expected);
    }),
  );
});

test.run();
